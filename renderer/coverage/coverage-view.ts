// What the Coverage screen shows, decided without drawing. Pure; times are epoch ms.
import { assertNever } from '../../shared/assert-never.ts';
import type { Coverage, Gap, GapCause } from '../../shared/coverage.ts';
import type { GapFamily } from '../../shared/text/coverage-screen-text.ts';

export type CoverageDay = Coverage['days'][number];

export interface CoverageSum {
  /** Time that the ledger knows of within the span. */
  readonly knownMs: number;
  readonly missedMs: number;
  /** Of the known time, cut off and never rounded up: only a span without a gap is 1. */
  readonly share: number;
  readonly stretches: number;
  /** The gap that lasts; null: we hear. */
  readonly lasting: Gap | null;
  /** The ledger is older than the span. */
  readonly isWhole: boolean;
}

/** Null while nothing is known yet: the ledger begins with the first source. */
export function coverageSum({ days, gaps, since }: Coverage): CoverageSum | null {
  const knownMs = days.reduce((sum, day) => sum + day.knownMs, 0);
  if (knownMs <= 0) return null;
  const missedMs = Math.max(0, knownMs - days.reduce((sum, day) => sum + day.coveredMs, 0));
  return {
    knownMs,
    missedMs,
    share: shareOf(knownMs, missedMs),
    stretches: gaps.length,
    lasting: gaps.find((gap) => gap.endedAt === null) ?? null,
    isWhole: since <= (days[0]?.startsAt ?? 0),
  };
}

/** Covered share to a thousandth, cut off; 0 when nothing is known. */
export function shareOf(knownMs: number, missedMs: number): number {
  return knownMs <= 0 ? 0 : Math.floor((1 - missedMs / knownMs) * 1000) / 1000;
}

/** What kept us from hearing, in four kinds. */
export function familyOf(cause: GapCause): GapFamily {
  switch (cause) {
    case 'asleep':
    case 'frozen':
    case 'computer-off':
      return 'computer';
    case 'tunnel-starting':
    case 'tunnel-down':
    case 'not-proven':
    case 'unreachable':
    case 'wrong-answer':
    case 'no-network':
      return 'way-in';
    case 'listener-starting':
    case 'listener-down':
    case 'port-taken':
    case 'store-not-writable':
    case 'store-damaged':
    case 'updated':
    case 'crashed':
      return 'app';
    case 'never-set-up':
    case 'all-sources-paused':
    case 'quit':
      return 'choice';
    default:
      return assertNever(cause);
  }
}

/** A piece of a day's strip; `from` and `to` are shares of the day, 0 to 1. */
export interface Stretch {
  readonly kind: 'covered' | 'unknown' | GapFamily;
  readonly from: number;
  readonly to: number;
}

/** A gap of a few seconds must still be seen: five minutes of a day, which is two pixels in a narrow window. */
const narrowest = 5 / 1440;

/**
 * The strip of one day: what is known below, gaps over it; what is to come is left out. Gaps are drawn at least `narrowest`
 * wide and never over each other, so that even thousands of them are a few hundred pieces.
 */
export function stripOf(
  day: CoverageDay,
  { since, now, gaps }: Pick<Coverage, 'since' | 'now' | 'gaps'>,
): Stretch[] {
  const length = day.endsAt - day.startsAt;
  const shareAt = (at: number): number => Math.min(1, Math.max(0, (at - day.startsAt) / length));
  const begun = shareAt(since);
  const today = shareAt(now);
  const strip: Stretch[] = [];
  if (Math.min(begun, today) > 0) strip.push({ kind: 'unknown', from: 0, to: Math.min(begun, today) });
  if (today > begun) strip.push({ kind: 'covered', from: begun, to: today });
  let last: Stretch | null = null;
  for (const gap of gapsOfDay(day, gaps, now).toReversed()) {
    const kind = familyOf(gap.cause);
    const end = shareAt(gap.endedAt ?? now);
    // What the width of the one before has swallowed is not drawn once more.
    if (last !== null && end <= last.to) continue;
    const from: number = Math.max(Math.min(shareAt(gap.startedAt), 1 - narrowest), last?.to ?? 0);
    const to = Math.min(1, Math.max(end, from + narrowest));
    if (last !== null && from <= last.to && kind === last.kind) {
      last = { kind, from: last.from, to };
      strip[strip.length - 1] = last;
    } else {
      last = { kind, from, to };
      strip.push(last);
    }
  }
  return strip;
}

/** The gaps that touch a day, in the order given. */
export function gapsOfDay(day: CoverageDay, gaps: readonly Gap[], now: number): Gap[] {
  return gaps.filter((gap) => gap.startedAt < day.endsAt && (gap.endedAt ?? now) > day.startsAt);
}

/** The hours that are written under a strip, as shares of the day: right also on a day of 23 or 25 hours. */
export function hourMarks(day: CoverageDay): readonly { readonly hour: number; readonly at: number }[] {
  return [0, 6, 12, 18, 24].map((hour) => {
    const moment = new Date(day.startsAt);
    moment.setHours(hour, 0, 0, 0);
    return { hour, at: (moment.getTime() - day.startsAt) / (day.endsAt - day.startsAt) };
  });
}
