import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gapAfter, type LedgerFact, movedBack, movedWithClock } from '../../../main/tunnel/gaps.ts';
import type { Gap, GapCause } from '../../../shared/coverage.ts';

const gap = (more: Partial<Gap> = {}): Gap => ({
  id: 1,
  startedAt: 1000,
  endedAt: null,
  cause: 'asleep',
  later: [],
  ...more,
});
const deaf = (cause: GapCause, at: number, from = at): LedgerFact => ({ state: 'deaf', cause, at, from });

describe('a gap', () => {
  test('begins when nothing is heard any more, at the time that is known of its cause', () => {
    expect(gapAfter(null, deaf('unreachable', 9000, 2000), 7)).toEqual(
      gap({ id: 7, startedAt: 2000, cause: 'unreachable' }),
    );
    expect(gapAfter(null, { ...deaf('not-proven', 3000), state: 'starting' } as LedgerFact, 7)).toEqual(
      gap({ id: 7, startedAt: 3000, cause: 'not-proven' }),
    );
  });

  test('goes on as one gap, with what is found later in their order', () => {
    const later = gapAfter(gap(), deaf('no-network', 5000, 1), 7);
    expect(later).toEqual(gap({ later: [{ at: 5000, cause: 'no-network' }] }));
    expect(gapAfter(later, deaf('tunnel-down', 6000), 7)?.later).toEqual([
      { at: 5000, cause: 'no-network' },
      { at: 6000, cause: 'tunnel-down' },
    ]);
  });

  test('says nothing twice, and nothing of attempts to end it', () => {
    const open = gap({ later: [{ at: 2000, cause: 'tunnel-down' }] });
    expect(gapAfter(open, deaf('tunnel-down', 9000), 7)).toBe(open);
    expect(gapAfter(open, deaf('tunnel-starting', 9000), 7)).toBe(open);
    expect(gapAfter(open, { ...deaf('no-network', 9000), state: 'starting' } as LedgerFact, 7)).toBe(open);
  });

  test('ends when something is heard again, never before it began', () => {
    expect(gapAfter(gap(), { state: 'hearing', at: 4000 }, 7)).toEqual(gap({ endedAt: 4000 }));
    expect(gapAfter(gap(), { state: 'hearing', at: 400 }, 7)).toEqual(gap({ endedAt: 1000 }));
    expect(gapAfter(null, { state: 'hearing', at: 400 }, 7)).toBeNull();
  });

  test('of endless to and fro does not grow without end', () => {
    let open: Gap | null = gap();
    for (let at = 2000; at < 4000; at += 1) {
      open = gapAfter(open, deaf(at % 2 === 0 ? 'no-network' : 'tunnel-down', at), 7);
    }
    expect(open?.later).toHaveLength(100);
  });
});

describe('when the clock is set', () => {
  test('what is going on keeps its length', () => {
    const open = gap({ later: [{ at: 1500, cause: 'no-network' }] });
    expect(movedWithClock(open, 10_000, 0)).toEqual(
      gap({ startedAt: 11_000, later: [{ at: 11_500, cause: 'no-network' }] }),
    );
  });

  test('what is known from an earlier run by the clock alone stays where it is', () => {
    const open = gap({ later: [{ at: 1500, cause: 'no-network' }] });
    expect(movedWithClock(open, 10_000, 1200)).toEqual(gap({ later: [{ at: 11_500, cause: 'no-network' }] }));
  });

  test('gaps that would end in the future go back with it', () => {
    const later = [gap({ startedAt: 5000, endedAt: 6000 }), gap({ id: 2, startedAt: 8000, endedAt: 9000 })];
    expect(movedBack(later, -4000, 500)).toEqual([
      gap({ startedAt: 1000, endedAt: 2000 }),
      gap({ id: 2, startedAt: 4000, endedAt: 5000 }),
    ]);
  });

  test('they never overlap, are never negative, and never lie in the future', () => {
    const lengths = fc.array(fc.tuple(fc.nat(5000), fc.nat(5000), fc.nat(5000)), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 50_000 }),
        fc.nat(20_000),
        (spans, back, previousEnd) => {
          let at = previousEnd;
          const gaps = spans.map(([pause, first, second], id): Gap => {
            const startedAt = (at += pause);
            const later = [{ at: (at += first), cause: 'no-network' as const }];
            return { id, startedAt, endedAt: (at += second), cause: 'asleep', later };
          });
          let end = previousEnd;
          for (const moved of movedBack(gaps, -back, previousEnd)) {
            const times = [end, moved.startedAt, ...moved.later.map((one) => one.at), moved.endedAt ?? 0];
            expect(times).toEqual(times.toSorted((a, b) => a - b));
            end = moved.endedAt ?? 0;
          }
          expect(end).toBeLessThanOrEqual(Math.max(previousEnd, at - back));
        },
      ),
    );
  });
});
