// Sources that are about to be removed: for some seconds a person may think again. It outlives the screen, so that
// looking elsewhere neither undoes nor hastens what was asked for.
import type { SourceId } from '../../shared/alert.ts';

export const thinkAgainMs = 8000;

export interface Removals {
  readonly start: (id: SourceId) => void;
  readonly keep: (id: SourceId) => void;
  /** The same set until it changes. */
  readonly pending: () => ReadonlySet<SourceId>;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createRemovals(remove: (id: SourceId) => Promise<unknown>): Removals {
  const timers = new Map<SourceId, ReturnType<typeof setTimeout>>();
  const listeners = new Set<() => void>();
  let pending: ReadonlySet<SourceId> = new Set();
  const changed = (): void => {
    pending = new Set(timers.keys());
    for (const listener of listeners) listener();
  };
  const forget = (id: SourceId): void => {
    clearTimeout(timers.get(id));
    if (timers.delete(id)) changed();
  };
  return {
    start: (id) => {
      if (timers.has(id)) return;
      // Refused or done: either way the screen shows what is true again.
      timers.set(
        id,
        setTimeout(() => void remove(id).finally(() => forget(id)), thinkAgainMs),
      );
      changed();
    },
    keep: forget,
    pending: () => pending,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
