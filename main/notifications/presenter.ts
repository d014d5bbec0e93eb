import type { AlertId } from '../../shared/alert.ts';

import type { SoundName } from '../../shared/sound.ts';

/** Those about ourselves: whether we hear, another public address, warnings while on call, the end of a shift. */
export const ownToastIds = ['hearing', 'address', 'on-call', 'hand-over'] as const;
export type OwnToastId = (typeof ownToastIds)[number];

/** An alert's own toast, the one that stands for several alerts, or one about ourselves. */
export type ToastId = AlertId | 'summary' | OwnToastId;

export function isOwnToast(id: string): id is OwnToastId {
  return ownToastIds.some((own) => own === id);
}

/** One notification of the operating system. Showing the same id again replaces it, never stacks. */
export interface Toast {
  readonly id: ToastId;
  /** Plain text. */
  readonly title: string;
  readonly body: string;
  readonly urgency: 'critical' | 'normal';
  /** False: stays until it is closed (critical). */
  readonly expires: boolean;
  /** What the desktop itself is to play; null: nothing, because our own page plays it or because it is silent. */
  readonly sound: SoundName | null;
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
  readonly toastId: ToastId;
  readonly action: ToastAction['id'] | 'default';
}

/** Carries decisions out; decides nothing. */
export interface Presenter {
  /** Named in the timeline beside each decision. */
  readonly name: 'electron' | 'freedesktop' | 'none';
  show(toast: Toast): Promise<ShowResult>;
  /** Takes the toast off the screen and out of the notification centre; nothing happens when there is none. */
  close(toastId: ToastId): Promise<void>;
  /** Whether it is on the screen, as far as the desktop tells: false once a person or the desktop has taken it away. */
  isUp(toastId: ToastId): boolean;
  /**
   * The toasts that a process before this one raised and left on the screen when it was killed. From then on those are
   * like our own: they can be closed and replaced, and what a person does to them is heard. Never rejects.
   */
  shownBefore(): Promise<readonly ToastId[]>;
  /** Whether buttons can be shown; without them a click acknowledges instead of opening. */
  hasActions(): Promise<boolean>;
  onActivation(listener: (activation: ToastActivation) => void): void;
  /** Somebody who shows notifications has come. `toastsLost`: those we had on the screen went with the one before. */
  onDesktopBack(listener: (toastsLost: boolean) => void): void;
  stop(): Promise<void>;
}

/** For headless: decisions are made and recorded, nothing is shown. */
export const nonePresenter: Presenter = {
  name: 'none',
  show: () => Promise.resolve({ shown: true }),
  close: () => Promise.resolve(),
  isUp: () => false,
  shownBefore: () => Promise.resolve([]),
  hasActions: () => Promise.resolve(false),
  onActivation: () => undefined,
  onDesktopBack: () => undefined,
  stop: () => Promise.resolve(),
};
