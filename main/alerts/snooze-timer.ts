import type { Actions } from './actions.ts';

/** Never sleeps longer than this: a laptop that was asleep or a clock that was set must not keep a snooze for hours. */
const longestNapMs = 30_000;

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
  schedule(): void {
    this.stop();
    const next = this.#actions.nextDueAt();
    if (next === null) return;
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(0, next - this.#now()), longestNapMs));
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wake(): void {
    try {
      this.#actions.wakeDue();
    } catch (error) {
      this.#onFault(error);
    }
    this.schedule();
  }
}
