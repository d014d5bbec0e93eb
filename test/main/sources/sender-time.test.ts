import { describe, expect, test } from 'vitest';
import {
  episodeStart,
  formatDuration,
  readDuration,
  readSenderTime,
} from '../../../main/sources/sender-time.ts';

describe('a timestamp', () => {
  test.each([
    ['1741226400123', 1741226400123],
    ['1741226400', 1741226400000],
    ['1741226400.5', 1741226400500],
    ['1000000000000', 1000000000000],
    ['999999999999', null],
    ['20250306T100000.250+0800', 1741226400250],
    ['2025-03-06T02:00:00Z', 1741226400000],
    ['2025-03-06T02:00:00.123456Z', 1741226400123],
    ['2025-03-06T10:00:00+08:00', 1741226400000],
    ['2025-03-05T21:30:00-0430', 1741226400000],
    ['2025-03-06T04:00:00+02', 1741226400000],
  ])('%s is read by its size or its offset', (text, at) => {
    expect(readSenderTime(text)).toEqual({ at, assumedZone: false });
  });

  test('without an offset is taken for China Standard Time, and says so', () => {
    expect(readSenderTime('2025-03-06 10:00:00')).toEqual({ at: 1741226400000, assumedZone: true });
  });

  test.each([
    null,
    '',
    '0',
    '-1741226400',
    '12',
    '1e12',
    'yesterday',
    '99999999999999999',
    '2025-02-30T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-03-06T25:00:00Z',
    '1'.repeat(100),
  ])('%s is unreadable', (text) => {
    expect(readSenderTime(text).at).toBeNull();
  });
});

describe('the start of an episode', () => {
  test('is the time inside a UUIDv1', () => {
    expect(episodeStart('b5f5d000-fa2e-11ef-9c3f-0242c0a80011')).toBe(1741226400000);
    // RFC 9562, appendix A.1: 2022-02-22T19:22:22Z.
    expect(episodeStart('C232AB00-9414-11EC-B3C8-9F6BDECED846')).toBe(Date.UTC(2022, 1, 22, 19, 22, 22));
  });

  test('is found although the documentation masks the end', () => {
    expect(episodeStart('b5f5d000-fa2e-11ef-9c3f-0242c0a8****')).toBe(1741226400000);
  });

  test.each([
    null,
    '',
    'b5f5d000-fa2e-41ef-9c3f-0242c0a80011',
    'b5f5d000fa2e11ef',
    '00000000-0000-1000-8000-000000000000',
  ])('%s holds none', (transId) => {
    expect(episodeStart(transId)).toBeNull();
  });
});

describe('a duration', () => {
  test.each([
    ['0分钟', 0],
    ['14小时26分钟', 51_960_000],
    ['3小时', 10_800_000],
    ['2天1小时', 176_400_000],
    ['45秒', 45_000],
    ['2 minutes', 120_000],
    ['1 hour 5 minutes', 3_900_000],
    ['3 days', 259_200_000],
    ['long ago', null],
    ['', null],
    [null, null],
  ])('%s is read', (text, ms) => {
    expect(readDuration(text)).toBe(ms);
  });

  test.each([
    [59_999, 'less than a minute'],
    [60_000, '1 min'],
    [12_960_000, '3 h 36 min'],
    [10_800_000, '3 h'],
    [187_200_000, '2 d 4 h'],
  ])('of %d ms is written as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
