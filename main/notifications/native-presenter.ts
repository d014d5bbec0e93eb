// Toasts by the operating system's own notification class, which is handed in: this file runs in plain Node.
// What differs between Electron 33 and 45 ends here.
import type { Presenter, ShowResult, Toast, ToastActivation, ToastId } from './presenter.ts';

/** The part of Electron's `Notification` that we need. Arguments of events differ by version, so they are unknown. */
export interface NativeNotification {
  on(
    event: 'show' | 'failed' | 'click' | 'action' | 'close',
    listener: (...details: unknown[]) => void,
  ): unknown;
  show(): void;
  close(): void;
}

export interface NativeToastOptions {
  /** Same id, same place in the notification centre (Electron 42 and newer on macOS and Windows). */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly urgency: 'critical' | 'normal';
  readonly timeoutType: 'default' | 'never';
  /** True: the system plays no sound with it. */
  readonly silent: boolean;
  readonly actions: { readonly type: 'button'; readonly text: string }[];
}

export interface NativePresenterParts {
  /** A toast asked for before waits for it: creating one earlier throws. */
  readonly ready: Promise<void>;
  readonly isSupported: () => boolean;
  readonly create: (options: NativeToastOptions) => NativeNotification;
  /** Takes a delivered notification out of the notification centre by its id; null where the system cannot. */
  readonly remove: ((id: string) => void) | null;
  readonly hasActions: boolean;
  /** After this long without word from the system a toast counts as not shown. 2 s when absent. */
  readonly limitMs?: number;
}

export function createNativePresenter(parts: NativePresenterParts): Presenter {
  const { limitMs = 2000 } = parts;
  const listeners: ((activation: ToastActivation) => void)[] = [];
  /** Collected objects lose their clicks (electron/electron#12690), so each is kept until we close it. */
  const kept = new Map<ToastId, NativeNotification>();
  /** Those on the screen: kept ones may have gone to the notification centre. */
  const up = new Set<ToastId>();

  function take(toastId: ToastId): void {
    const notification = kept.get(toastId);
    kept.delete(toastId);
    up.delete(toastId);
    notification?.close();
    parts.remove?.(toastId);
  }

  function tell(toastId: ToastId, action: ToastActivation['action']): void {
    for (const listener of listeners) listener({ toastId, action });
  }

  function showNow(toast: Toast): Promise<ShowResult> {
    // Before the new one: both may carry the same id, and closing would take the new one away.
    take(toast.id);
    const notification = parts.create({
      id: toast.id,
      title: toast.title,
      body: toast.body,
      urgency: toast.urgency,
      timeoutType: toast.expires ? 'default' : 'never',
      silent: toast.sound === null,
      actions: toast.actions.map(({ label }) => ({ type: 'button', text: label })),
    });
    kept.set(toast.id, notification);
    notification.on('click', () => tell(toast.id, 'default'));
    notification.on('action', (...details) => {
      const action = toast.actions[actionIndex(details)];
      if (action !== undefined) tell(toast.id, action.id);
    });
    notification.on('close', (...details) => {
      if (kept.get(toast.id) !== notification) return;
      up.delete(toast.id);
      if (isGoneForGood(details)) kept.delete(toast.id);
    });
    return new Promise((resolve) => {
      const limit = setTimeout(
        () => resolve({ shown: false, error: `The system did not answer within ${limitMs / 1000} s.` }),
        limitMs,
      );
      const settle = (result: ShowResult): void => {
        clearTimeout(limit);
        resolve(result);
      };
      notification.on('show', () => {
        if (kept.get(toast.id) === notification) up.add(toast.id);
        settle({ shown: true });
      });
      notification.on('failed', (...details) => {
        if (kept.get(toast.id) === notification) kept.delete(toast.id);
        settle({ shown: false, error: failureText(details) });
      });
      notification.show();
    });
  }

  return {
    name: 'electron',
    show: async (toast) => {
      await parts.ready;
      if (!parts.isSupported()) return { shown: false, error: 'This system shows no notifications.' };
      try {
        return await showNow(toast);
      } catch (error) {
        return { shown: false, error: error instanceof Error ? error.message : String(error) };
      }
    },
    close: async (toastId) => take(toastId),
    isUp: (toastId) => up.has(toastId),
    // Systems that show these either drop them with the process or do not let its successor ask.
    shownBefore: () => Promise.resolve([]),
    hasActions: () => Promise.resolve(parts.hasActions),
    onActivation: (listener) => listeners.push(listener),
    // These systems do not tell.
    onDesktopBack: () => undefined,
    stop: async () => {
      for (const toastId of kept.keys()) take(toastId);
    },
  };
}

/** Electron 33: `(event, index)`. Electron 45: `(details, index)`, where `index` is deprecated in favour of `details.actionIndex`. */
export function actionIndex(details: readonly unknown[]): number {
  const [first, second] = details;
  const named = fieldOf(first, 'actionIndex');
  if (typeof named === 'number') return named;
  return typeof second === 'number' ? second : -1;
}

/**
 * Electron 40 and newer name the reason. A toast that timed out or was hidden lives on in the notification centre of
 * Windows, from where only the same object can take it (electron/electron#40197). Without a reason we cannot know, so we keep it.
 */
export function isGoneForGood(details: readonly unknown[]): boolean {
  return fieldOf(details[0], 'reason') === 'userCanceled';
}

function failureText(details: readonly unknown[]): string {
  const text = details[1];
  return typeof text === 'string' && text !== '' ? text : 'The system refused to show the notification.';
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
