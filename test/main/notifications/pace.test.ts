import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pace } from '../../../main/notifications/pace.ts';

const minute = 60_000;

describe('a storm', () => {
  test('begins with the fourth change within five seconds', () => {
    const pace = new Pace();
    expect([0, 1000, 2000, 4999].map((at) => pace.take(at))).toEqual([
      'own-toast',
      'own-toast',
      'own-toast',
      'storm-summary',
    ]);
  });

  test('is none when the changes are five seconds apart from each other by threes', () => {
    const pace = new Pace();
    expect([0, 2000, 4000, 5000, 7000, 9000].map((at) => pace.take(at))).not.toContain('storm-summary');
  });

  test('goes on until it has been calm, and then alerts have toasts of their own again', () => {
    const pace = new Pace();
    for (let at = 0; at < 30_000; at += 100) pace.take(at);
    expect(pace.take(31_000)).toBe('storm-summary');
    expect(pace.take(36_000)).toBe('own-toast');
  });
});

test('a steady stream just below a storm reaches the cap, and the summary has room left', () => {
  const pace = new Pace();
  const ways = Array.from({ length: 36 }, (_, at) => pace.take(at * 1667));
  expect(ways.filter((way) => way === 'own-toast')).toHaveLength(14);
  expect(ways.at(-1)).toBe('rate-cap');
  expect(pace.summaryFrom(35 * 1667)).toBe(35 * 1667);
});

test('the summary is drawn at once, and again not sooner than three seconds later', () => {
  const pace = new Pace();
  expect(pace.summaryFrom(1000)).toBe(1000);
  pace.noteSummary(1000);
  expect(pace.summaryFrom(1500)).toBe(4000);
  expect(pace.summaryFrom(9000)).toBe(9000);
});

test('whatever comes: never more than twenty toasts in any minute, never four of their own in five seconds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 4000 })), {
        maxLength: 400,
      }),
      (gaps) => {
        const pace = new Pace();
        const own: number[] = [];
        const shown: number[] = [];
        let now = 0;
        let drawAt: number | null = null;
        for (const gap of gaps) {
          const next = now + gap;
          // The timer that draws the summary when the pace allows it.
          if (drawAt !== null && drawAt <= next) {
            pace.noteSummary(drawAt);
            shown.push(drawAt);
            drawAt = null;
          }
          now = next;
          if (pace.take(now) === 'own-toast') {
            own.push(now);
            shown.push(now);
          } else {
            drawAt ??= pace.summaryFrom(now);
          }
        }
        const most = (times: readonly number[], windowMs: number): number =>
          Math.max(
            0,
            ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
          );
        expect(most(shown, minute)).toBeLessThanOrEqual(20);
        expect(most(own, 5000)).toBeLessThanOrEqual(3);
      },
    ),
    { numRuns: 300 },
  );
});
