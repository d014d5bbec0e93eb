import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { coverageDays } from '../../../main/tunnel/coverage.ts';
import type { Gap } from '../../../shared/coverage.ts';

const hour = 3_600_000;
const zone = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const at = (text: string): number => new Date(text).getTime();
const gap = (from: number, to: number | null, id = 1): Gap => ({
  id,
  startedAt: from,
  endedAt: to,
  cause: 'asleep',
  later: [],
});
const long = at('2026-01-01T00:00');

test('a day goes from midnight to midnight here, and today is known up to now', () => {
  const now = at('2026-11-21T15:00');
  const days = coverageDays([], long, now, 3);
  expect(days.map(({ startsAt }) => startsAt)).toEqual([
    at('2026-11-19T00:00'),
    at('2026-11-20T00:00'),
    at('2026-11-21T00:00'),
  ]);
  expect(days.map(({ knownMs }) => knownMs / hour)).toEqual([24, 24, 15]);
  expect(days.map(({ coveredMs }) => coveredMs / hour)).toEqual([24, 24, 15]);
});

test('a gap over midnight counts for both days, and one that lasts up to now', () => {
  const now = at('2026-11-21T15:00');
  const gaps = [gap(at('2026-11-19T22:00'), at('2026-11-20T03:00')), gap(at('2026-11-21T14:00'), null, 2)];
  expect(coverageDays(gaps, long, now, 3).map(({ coveredMs }) => coveredMs / hour)).toEqual([22, 21, 14]);
});

test('the days on which clocks change have 25 and 23 hours', () => {
  const night = [gap(at('2026-10-25T01:00'), at('2026-10-25T04:00'))];
  const [autumn] = coverageDays(night, long, at('2026-10-26T12:00'), 2);
  expect([autumn?.knownMs, autumn?.coveredMs]).toEqual([25 * hour, 21 * hour]);
  const [spring] = coverageDays([], long, at('2026-03-30T12:00'), 2);
  expect(spring?.knownMs).toBe(23 * hour);
});

test('nothing is known before the ledger began, nor of days to come', () => {
  const now = at('2026-11-21T15:00');
  const since = at('2026-11-20T18:00');
  expect(coverageDays([], since, now, 3).map(({ knownMs }) => knownMs / hour)).toEqual([0, 6, 15]);
});

test('covered and missed make up what is known, whatever the gaps', () => {
  const now = at('2026-11-02T15:00');
  const spans = fc.array(fc.tuple(fc.nat(40 * hour), fc.nat(40 * hour)), { maxLength: 30 });
  fc.assert(
    fc.property(spans, fc.integer({ min: 1, max: 40 }), (pairs, count) => {
      let end = long + 290 * 24 * hour;
      const gaps = pairs
        .map(([pause, length], id) => gap((end += pause), (end += length), id))
        .map((one) => ({ ...one, endedAt: Math.min(one.endedAt ?? now, now) }))
        .filter(({ startedAt }) => startedAt < now);
      const days = coverageDays(gaps, long, now, count);
      const first = days[0]?.startsAt ?? 0;
      const missed = gaps.reduce(
        (sum, one) => sum + Math.max(0, one.endedAt - Math.max(first, one.startedAt)),
        0,
      );
      const known = days.reduce((sum, { knownMs }) => sum + knownMs, 0);
      expect(days).toHaveLength(count);
      expect(known).toBe(now - first);
      expect(days.reduce((sum, { coveredMs }) => sum + coveredMs, 0)).toBe(known - missed);
    }),
  );
});
