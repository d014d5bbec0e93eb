// How much of each day was covered, by the calendar of this computer. Pure.
import type { Coverage, Gap } from '../../shared/coverage.ts';

/** The last `days` calendar days, today among them, oldest first; each from midnight to midnight, of 23 to 25 hours. */
export function coverageDays(
  gaps: readonly Gap[],
  since: number,
  now: number,
  days: number,
): Coverage['days'] {
  return Array.from({ length: days }, (_, index) => {
    const startsAt = midnight(now, index - days + 1);
    const endsAt = midnight(now, index - days + 2);
    const known = { from: Math.max(startsAt, since), to: Math.min(endsAt, now) };
    const knownMs = Math.max(0, known.to - known.from);
    const missedMs = gaps.reduce((sum, gap) => sum + overlapMs(gap, known, now), 0);
    return { startsAt, endsAt, knownMs, coveredMs: Math.max(0, knownMs - missedMs) };
  });
}

/** When the day so many days after that of `now` begins here. */
export function midnight(now: number, daysAfter: number): number {
  const today = new Date(now);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + daysAfter).getTime();
}

function overlapMs(
  gap: Pick<Gap, 'startedAt' | 'endedAt'>,
  span: { readonly from: number; readonly to: number },
  now: number,
): number {
  return Math.max(0, Math.min(gap.endedAt ?? now, span.to) - Math.max(gap.startedAt, span.from));
}
