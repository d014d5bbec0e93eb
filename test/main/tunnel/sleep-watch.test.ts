import { expect, test } from 'vitest';
import { absenceBetween } from '../../../main/tunnel/sleep-watch.ts';

const before = { uptime: 100_000, elapsed: 40_000 };
const after = (uptimeMs: number, elapsedMs: number) => ({
  uptime: before.uptime + uptimeMs,
  elapsed: before.elapsed + elapsedMs,
});

test('a second, or ten on a busy machine, is no absence', () => {
  expect(absenceBetween(before, after(1000, 1000), null)).toBeNull();
  expect(absenceBetween(before, after(10_000, 10_000), null)).toBeNull();
});

test('the computer slept when a clock that stands still in sleep stood still', () => {
  expect(absenceBetween(before, after(3_600_000, 1500), null)).toEqual({ from: 100_000, cause: 'asleep' });
});

test('we stood still when both clocks ran', () => {
  expect(absenceBetween(before, after(60_000, 60_000), null)).toEqual({ from: 100_000, cause: 'frozen' });
  expect(absenceBetween(before, after(60_000, 55_500), null)).toEqual({ from: 100_000, cause: 'frozen' });
});

test('where no clock stands still in sleep, the word of the operating system decides, and says since when', () => {
  expect(absenceBetween(before, after(60_000, 60_000), 98_000)).toEqual({ from: 98_000, cause: 'asleep' });
});

test('word of a sleep that never came is forgotten', () => {
  expect(absenceBetween(before, after(60_000, 60_000), 60_000)).toEqual({ from: 100_000, cause: 'frozen' });
});
