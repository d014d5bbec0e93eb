// How many toasts people can bear: from the fourth change within five seconds on, and past a number a minute, alerts share
// one summary. Deterministic: the clock is an argument.

/** Where something that is to be notified goes. */
export type Way = 'own-toast' | 'storm-summary' | 'rate-cap';

const stormWindowMs = 5000;
/** So many changes within the window have a toast each; the next one begins a storm. */
const calmChanges = 3;
const minuteMs = 60_000;
const perMinute = 20;
/** Kept free for the summary, so that it stays true while the cap holds. */
const forSummary = 6;
/** The summary is drawn anew at most this often: several desktops pop a replaced toast up again. */
const redrawMs = 3000;

export class Pace {
  /** Times of what was to be notified within the window, oldest first. */
  #asked: readonly number[] = [];
  /** Times of what was asked of the desktop within a minute, oldest first. */
  #shown: readonly number[] = [];
  #summaryAt = Number.NEGATIVE_INFINITY;

  /** Finds the way of one more change, and counts it. */
  take(now: number): Way {
    this.#asked = [...since(this.#asked, now - stormWindowMs), now];
    if (this.#asked.length > calmChanges) {
      // A storm needs no more than this to be known as one.
      this.#asked = this.#asked.slice(-(calmChanges + 1));
      return 'storm-summary';
    }
    this.#shown = since(this.#shown, now - minuteMs);
    if (this.#shown.length >= perMinute - forSummary) return 'rate-cap';
    this.#shown = [...this.#shown, now];
    return 'own-toast';
  }

  /** Epoch ms from which on the summary may be drawn; not before `now`. */
  summaryFrom(now: number): number {
    const shown = since(this.#shown, now - minuteMs);
    const free = shown.length < perMinute ? now : (shown[shown.length - perMinute] ?? now) + minuteMs;
    return Math.max(now, free, this.#summaryAt + redrawMs);
  }

  /** The summary is drawn. */
  noteSummary(now: number): void {
    this.#summaryAt = now;
    this.#shown = [...since(this.#shown, now - minuteMs), now];
  }
}

function since(times: readonly number[], from: number): readonly number[] {
  return times.filter((at) => at > from);
}
