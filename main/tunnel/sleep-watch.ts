// Whether we ran all the time between two looks at the clocks. Pure.

/** Two clocks that nobody can set, in ms: one counts sleep, the other need not. */
export interface ClockReading {
  /** Since the computer started, sleep included. */
  readonly uptime: number;
  /** Monotonic; stands still during sleep on Linux, runs on macOS and Windows. */
  readonly elapsed: number;
}

export interface Absence {
  /** As `uptime` counts. */
  readonly from: number;
  readonly cause: 'asleep' | 'frozen';
}

/** We look every second; a busy machine may be late by some. */
const longestPauseMs = 10_000;
/** More than two clocks may differ by their grain. */
const sleptMs = 5000;
/** Between the news that the computer will sleep and its sleep. */
const fallingAsleepMs = 30_000;

/** `suspendedAt`: the newest such news of the operating system, as `uptime` counts. */
export function absenceBetween(
  before: ClockReading,
  after: ClockReading,
  suspendedAt: number | null,
): Absence | null {
  const passedMs = after.uptime - before.uptime;
  if (passedMs <= longestPauseMs) return null;
  if (suspendedAt !== null && before.uptime - suspendedAt <= fallingAsleepMs) {
    return { from: suspendedAt, cause: 'asleep' };
  }
  const slept = passedMs - (after.elapsed - before.elapsed) > sleptMs;
  return { from: before.uptime, cause: slept ? 'asleep' : 'frozen' };
}
