// The typed stream of committed changes. Subscribed to in app.ts only; everything that reacts to alerts reacts to this.
import type { AlertChange } from '../../shared/alert.ts';

export type ChangesListener = (changes: readonly AlertChange[]) => void;

/** Delivers committed changes in revision order, after the senders have got their 200. */
export class Changes {
  readonly #listeners: ChangesListener[] = [];
  #waiting: AlertChange[] = [];
  #scheduled = false;
  readonly #onFault: (error: unknown) => void;

  /** `onFault`: a listener that throws; the others are told all the same. */
  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  subscribe(listener: ChangesListener): void {
    this.#listeners.push(listener);
  }

  /** Called right after a commit, with revisions rising from call to call. */
  publish(changes: readonly AlertChange[]): void {
    if (changes.length === 0) return;
    this.#waiting.push(...changes);
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Not in this turn: the replies to the senders are written first.
    setImmediate(() => this.flush());
  }

  /** Delivers what waits, now; `stop` uses it so that nothing committed stays untold. */
  flush(): void {
    this.#scheduled = false;
    const changes = this.#waiting;
    this.#waiting = [];
    if (changes.length === 0) return;
    for (const listener of this.#listeners) {
      try {
        listener(changes);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }
}
