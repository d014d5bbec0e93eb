// How one gap begins, goes on and ends, and what becomes of the ledger when somebody sets the clock. Pure; times are those
// of the ledger, epoch ms.
import type { Gap, GapCause } from '../../shared/coverage.ts';
import type { Hearing } from '../../shared/hearing.ts';

/** What is true from `at` on. */
export type LedgerFact =
  | { readonly state: 'hearing'; readonly at: number }
  | {
      readonly state: Exclude<Hearing['state'], 'hearing'>;
      readonly cause: GapCause;
      readonly at: number;
      /** Where a gap that begins with this begins: at the event, or at the last proof before it. */
      readonly from: number;
    };

/** Stages on the way back: a gap may begin with one, but none is why it lasts. */
const passing: ReadonlySet<GapCause> = new Set(['listener-starting', 'tunnel-starting', 'not-proven']);

/** What is found within one gap beyond this is not written down any more. */
const mostFindings = 100;

/**
 * The gap after a fact, or null when there is none; the very same object when nothing has changed. A gap that has ended
 * carries its end. While starting or on the way back nothing new is found out about a gap that is open.
 */
export function gapAfter(open: Gap | null, fact: LedgerFact, nextId: number): Gap | null {
  if (fact.state === 'hearing') return open === null ? null : { ...open, endedAt: notBefore(open, fact.at) };
  if (open === null) return { id: nextId, startedAt: fact.from, endedAt: null, cause: fact.cause, later: [] };
  const latest = open.later.at(-1)?.cause ?? open.cause;
  const isNews = fact.state === 'deaf' && !passing.has(fact.cause) && fact.cause !== latest;
  if (!isNews || open.later.length >= mostFindings) return open;
  return { ...open, later: [...open.later, { at: notBefore(open, fact.at), cause: fact.cause }] };
}

function notBefore(gap: Gap, at: number): number {
  return Math.max(gap.later.at(-1)?.at ?? gap.startedAt, at);
}

/**
 * The clock was set by `byMs`. What is going on keeps its length: it moves along, save for what was read from an earlier
 * run and is known by the clock alone (`knownBefore`).
 */
export function movedWithClock(open: Gap, byMs: number, knownBefore: number): Gap {
  const move = (at: number): number => (at < knownBefore ? at : at + byMs);
  const later: Gap['later'] = open.later.map(({ at, cause }) => ({ at: move(at), cause }));
  return { ...open, startedAt: move(open.startedAt), later };
}

/**
 * The clock was set back, so that these gaps, oldest first, would end in the future: they keep their length and their
 * distance to now as far as those before them leave room (`previousEnd`).
 */
export function movedBack(gaps: readonly Gap[], byMs: number, previousEnd: number): Gap[] {
  let floor = previousEnd;
  return gaps.map((gap) => {
    const move = (at: number): number => Math.max(floor, at + byMs);
    const startedAt = move(gap.startedAt);
    const later = gap.later.map(({ at, cause }) => ({ at: move(at), cause }));
    const endedAt = gap.endedAt === null ? null : move(gap.endedAt);
    floor = endedAt ?? startedAt;
    return { ...gap, startedAt, endedAt, later };
  });
}
