import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nextMorning, nextQuietChange, quietAt, type QuietRules } from '../../../main/notifications/quiet.ts';

const zoneBefore = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterEach(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

const local = (text: string): number => new Date(text).getTime();
const hours = (from: string, to: string): QuietRules => ({
  quietHours: { enabled: true, from, to },
  quietUntil: null,
});
const night = hours('22:00', '07:00');

describe('quiet hours', () => {
  test.each([
    ['2031-03-04T21:59:59', null],
    ['2031-03-04T22:00:00', '2031-03-05T07:00:00'],
    ['2031-03-05T00:00:00', '2031-03-05T07:00:00'],
    ['2031-03-05T06:59:59', '2031-03-05T07:00:00'],
    ['2031-03-05T07:00:00', null],
  ])('over midnight: at %s quiet until %s', (at, until) => {
    expect(quietAt(night, local(at))).toEqual(
      until === null ? null : { reason: 'quiet-hours', until: local(until) },
    );
  });

  test('within a day: around noon', () => {
    const noon = hours('12:00', '13:30');
    expect(quietAt(noon, local('2031-03-04T13:29:00'))?.until).toBe(local('2031-03-04T13:30:00'));
    expect(quietAt(noon, local('2031-03-04T13:30:00'))).toBeNull();
    expect(quietAt(noon, local('2031-03-04T02:00:00'))).toBeNull();
  });

  test('that are off, or begin when they end, are never', () => {
    const off = { ...night, quietHours: { ...night.quietHours, enabled: false } };
    const midnight = local('2031-03-05T00:00:00');
    expect(quietAt(off, midnight)).toBeNull();
    expect(nextQuietChange(off, midnight)).toBeNull();
    expect(quietAt(hours('22:00', '22:00'), midnight)).toBeNull();
  });

  test('begin again the same evening', () => {
    expect(nextQuietChange(night, local('2031-03-05T07:00:00'))).toBe(local('2031-03-05T22:00:00'));
    expect(nextQuietChange(night, local('2031-03-05T23:00:00'))).toBe(local('2031-03-06T07:00:00'));
  });
});

describe('when the clocks change', () => {
  test('the night in which they go forward is an hour shorter, and ends by the clock', () => {
    const quiet = quietAt(night, local('2031-03-29T23:00:00'));
    expect(quiet?.until).toBe(Date.UTC(2031, 2, 30, 5));
  });

  test('the night in which they go back is an hour longer', () => {
    expect(quietAt(night, local('2031-10-25T23:00:00'))?.until).toBe(Date.UTC(2031, 9, 26, 6));
  });

  test('an end that the clocks show twice is an end once', () => {
    const early = hours('22:00', '02:30');
    // 00:30 UTC is the first 02:30; at 01:10 UTC the clocks show 02:10 for the second time.
    expect(quietAt(early, Date.UTC(2031, 9, 26, 0, 29))?.until).toBe(Date.UTC(2031, 9, 26, 0, 30));
    expect(quietAt(early, Date.UTC(2031, 9, 26, 1, 10))).toBeNull();
  });

  test('an end that the clocks skip comes all the same', () => {
    const early = hours('22:00', '02:30');
    const until = quietAt(early, local('2031-03-30T00:00:00'))?.until ?? 0;
    expect(quietAt(early, until)).toBeNull();
    expect(until).toBe(Date.UTC(2031, 2, 30, 1, 30));
  });
});

describe('the quiet that somebody asked for', () => {
  const now = local('2031-03-04T21:50:00');

  test('ends by itself', () => {
    const rules = { ...hours('12:00', '13:00'), quietUntil: now + 1000 };
    expect(quietAt(rules, now)).toEqual({ reason: 'quiet-for-now', until: now + 1000 });
    expect(quietAt(rules, now + 1000)).toBeNull();
  });

  test('gives way to quiet hours that end later, and outlasts those that end sooner', () => {
    const half = { ...night, quietUntil: local('2031-03-04T22:20:00') };
    expect(quietAt(half, local('2031-03-04T22:10:00'))).toMatchObject({ reason: 'quiet-hours' });
    const long = { ...night, quietUntil: local('2031-03-05T09:00:00') };
    expect(quietAt(long, local('2031-03-04T22:10:00'))).toEqual({
      reason: 'quiet-for-now',
      until: local('2031-03-05T09:00:00'),
    });
  });
});

test('until morning is the next nine o’clock', () => {
  expect(nextMorning(local('2031-03-05T01:00:00'))).toBe(local('2031-03-05T09:00:00'));
  expect(nextMorning(local('2031-03-05T09:00:00'))).toBe(local('2031-03-06T09:00:00'));
  expect(nextMorning(local('2031-10-25T10:00:00'))).toBe(local('2031-10-26T09:00:00'));
});

test('in every zone and at every moment it stays as it is until the next change, and is otherwise right after it', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const aroundChanges = fc.oneof(
    fc.integer({ min: Date.UTC(2031, 2, 28), max: Date.UTC(2031, 3, 1) }),
    fc.integer({ min: Date.UTC(2031, 9, 24), max: Date.UTC(2031, 10, 4) }),
    fc.integer({ min: Date.UTC(2031, 0, 1), max: Date.UTC(2031, 11, 31) }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Australia/Lord_Howe'),
      time,
      time,
      aroundChanges,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (zone, from, to, now, part) => {
        process.env['TZ'] = zone;
        const rules = hours(from, to);
        const next = nextQuietChange(rules, now);
        if (from === to) {
          expect(next).toBeNull();
          return;
        }
        expect(next).toBeGreaterThan(now);
        const before = quietAt(rules, now);
        const between = Math.floor(now + part * ((next ?? now) - 1 - now));
        expect(quietAt(rules, between)).toEqual(before);
        expect(quietAt(rules, next ?? now)?.until).not.toBe(before?.until);
        if (before === null) expect(quietAt(rules, next ?? now)).not.toBeNull();
        else expect(before.until - now).toBeLessThanOrEqual(25 * 3_600_000);
      },
    ),
    { numRuns: 500 },
  );
});
