import type { Actions } from './actions.ts';

/** Never sleeps longer than this: a laptop that was asleep or a clock that was set must not keep a snooze for hours. */
const longestNapMs = 30_000;
/** While the store does not take it, a due snooze is tried again this often and not without pause. */
const retryMs = 2000;

/** Line C: time passes. Ends snoozes when they are due, through the same transaction and changes as everything else. */
export class SnoozeTimer {
  readonly #actions: Actions;
  readonly #now: () => number;
  readonly #onFault: (error: unknown) => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(actions: Actions, now: () => number, onFault: (error: unknown) => void) {
    this.#actions = actions;
    this.#now = now;
    this.#onFault = onFault;
  }

  /** To be called at start and whenever a snooze may have begun or ended. */
  schedule(notBeforeMs = 0): void {
    this.stop();
    const next = this.#actions.nextDueAt();
    if (next === null) return;
    const wait = Math.min(Math.max(notBeforeMs, next - this.#now()), longestNapMs);
    this.#timer = setTimeout(() => this.#wake(), wait);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wake(): void {
    try {
      this.#actions.wakeDue();
      this.schedule();
    } catch (error) {
      this.#onFault(error);
      this.schedule(retryMs);
    }
  }
}
