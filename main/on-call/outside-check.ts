// Somebody else notices that we are off: an outside check that is called every minute as long as all is well, and raises the
// alarm when our calls stay away.

/** `taken`: answered with a 2xx. Whatever it says beside that is not read. */
export type CallOutcome = 'taken' | 'refused';

export interface OutsideCheckParts {
  /** The address of the settings; null: there is none. */
  readonly url: () => string | null;
  /** One call; ends within its time limit and rejects nothing. */
  readonly call: (url: string) => Promise<CallOutcome>;
  /** Milliseconds of a clock that is never set. */
  readonly elapsed: () => number;
}

/** Between two calls, whatever became of the first: what is refused is not asked again in a burst. */
const everyMs = 60_000;

export class OutsideCheck {
  readonly #parts: OutsideCheckParts;
  #calledAt = Number.NEGATIVE_INFINITY;
  #calledUrl: string | null = null;
  #refusals = 0;

  constructor(parts: OutsideCheckParts) {
    this.#parts = parts;
  }

  /** Calls in a row that were not taken. */
  get refusals(): number {
    return this.#refusals;
  }

  /** `mayCall`: on call and hearing. Silence is what raises the alarm outside, so nothing else may keep it silent. */
  tick(mayCall: boolean): void {
    const { url: urlNow, call, elapsed } = this.#parts;
    const url = urlNow();
    if (url !== this.#calledUrl) {
      this.#calledUrl = url;
      this.#calledAt = Number.NEGATIVE_INFINITY;
      this.#refusals = 0;
    }
    if (url === null || !mayCall || elapsed() - this.#calledAt < everyMs) return;
    this.#calledAt = elapsed();
    void call(url).then((outcome) => {
      // Another address was set meanwhile.
      if (url !== this.#calledUrl) return;
      this.#refusals = outcome === 'taken' ? 0 : this.#refusals + 1;
    });
  }

  /** The shift is over: its refusals are nobody's business any more. */
  forget(): void {
    this.#refusals = 0;
  }
}
