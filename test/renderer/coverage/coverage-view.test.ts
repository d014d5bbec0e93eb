import { describe, expect, test, vi } from 'vitest';
import {
  coverageSum,
  familyOf,
  hourMarks,
  shareOf,
  stripOf,
} from '../../../renderer/coverage/coverage-view.ts';
import type { CoverageDay } from '../../../renderer/coverage/coverage-view.ts';
import { fakeCoverage, fakeGap } from '../fake-reach.ts';

const hourMs = 3_600_000;
const now = new Date(2026, 4, 6, 18).getTime();
const midnight = new Date(2026, 4, 6).getTime();
const longAgo = now - 90 * 24 * hourMs;

function lastDay(days: readonly CoverageDay[]): CoverageDay {
  const day = days.at(-1);
  if (day === undefined) throw new Error('There is no day.');
  return day;
}

describe('the headline', () => {
  test('adds up what was missed and says that a gap lasts', () => {
    const sum = coverageSum(
      fakeCoverage(now, longAgo, [
        fakeGap(1, now - 50 * hourMs, now - 48 * hourMs, 'asleep'),
        fakeGap(2, now - hourMs, null, 'tunnel-down'),
      ]),
    );
    expect(sum).toMatchObject({ missedMs: 3 * hourMs, stretches: 2, isWhole: true, lasting: { id: 2 } });
  });

  test('claims everything only when not a moment is missing', () => {
    expect(shareOf(30 * 24 * hourMs, 0)).toBe(1);
    expect(shareOf(30 * 24 * hourMs, 1000)).toBe(0.999);
    expect(shareOf(0, 0)).toBe(0);
  });

  test('knows nothing before the ledger begins, and says so', () => {
    expect(coverageSum(fakeCoverage(now, now, []))).toBeNull();
    expect(coverageSum(fakeCoverage(now, now - hourMs, []))).toMatchObject({
      knownMs: hourMs,
      missedMs: 0,
      isWhole: false,
    });
  });
});

describe('the strip of a day', () => {
  const strip = (since: number, ...gaps: Parameters<typeof fakeCoverage>[2]) => {
    const coverage = fakeCoverage(now, since, gaps, 1);
    return stripOf(lastDay(coverage.days), coverage);
  };

  test('leaves what is to come empty and hatches what was before the ledger', () => {
    expect(strip(midnight + 6 * hourMs)).toEqual([
      { kind: 'unknown', from: 0, to: 0.25 },
      { kind: 'covered', from: 0.25, to: 0.75 },
    ]);
  });

  test('puts each gap where it was; one that lasts reaches to now', () => {
    expect(
      strip(
        longAgo,
        fakeGap(1, midnight - 2 * hourMs, midnight + 6 * hourMs, 'asleep'),
        fakeGap(2, now - 6 * hourMs, null, 'unreachable'),
      ).slice(1),
    ).toEqual([
      { kind: 'computer', from: 0, to: 0.25 },
      { kind: 'way-in', from: 0.5, to: 0.75 },
    ]);
  });

  test('shows a gap of a second, and thousands of them as a few hundred pieces that never overlap', () => {
    const [, one] = strip(longAgo, fakeGap(1, midnight + hourMs, midnight + hourMs + 1000, 'crashed'));
    expect((one?.to ?? 0) - (one?.from ?? 0)).toBeGreaterThan(0.003);
    const many = strip(
      longAgo,
      ...Array.from({ length: 4000 }, (_, index) =>
        fakeGap(
          index,
          midnight + index * 16_000,
          midnight + index * 16_000 + 3000,
          index % 2 === 0 ? 'tunnel-down' : 'asleep',
        ),
      ),
    ).slice(1);
    expect(many.length).toBeLessThan(400);
    for (const [index, piece] of many.entries()) {
      expect(piece.from).toBeGreaterThanOrEqual(many[index - 1]?.to ?? 0);
      expect(piece.to).toBeLessThanOrEqual(1 + 1e-9);
    }
  });
});

test('hours stand where they are on the clock, also where a day has 23 of them', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const short = {
    startsAt: new Date(2026, 2, 29).getTime(),
    endsAt: new Date(2026, 2, 30).getTime(),
    knownMs: 0,
    coveredMs: 0,
  };
  expect(short.endsAt - short.startsAt).toBe(23 * hourMs);
  expect(hourMarks(short).map(({ at }) => Math.round(at * 23))).toEqual([0, 5, 11, 17, 23]);
  vi.unstubAllEnvs();

  const day = { startsAt: midnight, endsAt: midnight + 24 * hourMs, knownMs: 0, coveredMs: 0 };
  expect(hourMarks(day).map(({ at }) => at)).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

test('every cause has its kind', () => {
  expect(['asleep', 'unreachable', 'crashed', 'quit'].map((cause) => familyOf(cause as 'asleep'))).toEqual([
    'computer',
    'way-in',
    'app',
    'choice',
  ]);
});
