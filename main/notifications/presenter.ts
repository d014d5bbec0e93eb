import type { AlertId } from '../../shared/alert.ts';

/** One notification of the operating system, about one alert. Showing the same alert again replaces it, never stacks. */
export interface Toast {
  readonly alertId: AlertId;
  /** Plain text. */
  readonly title: string;
  readonly body: string;
  readonly urgency: 'critical' | 'normal';
  /** False: stays until it is closed (critical). */
  readonly expires: boolean;
  readonly actions: readonly ToastAction[];
}

export interface ToastAction {
  readonly id: 'acknowledge' | 'open';
  readonly label: string;
}

export type ShowResult =
  | { readonly shown: true }
  | {
      readonly shown: false;
      /** The operating system's own sentence. */
      readonly error: string;
      /** Present when only the time limit has passed: what the desktop answers in the end, if it ever does. Never rejects. */
      readonly later?: Promise<ShowResult>;
    };

/** What a person did to a toast. `default` is a click on its body. */
export interface ToastActivation {
  readonly alertId: AlertId;
  readonly action: ToastAction['id'] | 'default';
}

/** Carries decisions out; decides nothing. */
export interface Presenter {
  /** Named in the timeline beside each decision. */
  readonly name: 'electron' | 'freedesktop' | 'none';
  show(toast: Toast): Promise<ShowResult>;
  /** Takes the toast off the screen and out of the notification centre; nothing happens when there is none. */
  close(alertId: AlertId): Promise<void>;
  /**
   * Alerts whose toast a process before this one raised and left on the screen when it was killed. From then on those are
   * like our own: they can be closed and replaced, and what a person does to them is heard. Never rejects.
   */
  shownBefore(): Promise<readonly AlertId[]>;
  /** Whether buttons can be shown; without them a click acknowledges instead of opening. */
  hasActions(): Promise<boolean>;
  onActivation(listener: (activation: ToastActivation) => void): void;
  stop(): Promise<void>;
}

/** For headless: decisions are made and recorded, nothing is shown. */
export const nonePresenter: Presenter = {
  name: 'none',
  show: () => Promise.resolve({ shown: true }),
  close: () => Promise.resolve(),
  shownBefore: () => Promise.resolve([]),
  hasActions: () => Promise.resolve(false),
  onActivation: () => undefined,
  stop: () => Promise.resolve(),
};
