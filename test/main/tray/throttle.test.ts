import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThrottle } from '../../../main/tray/throttle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const acted: number[] = [];
  return { acted, throttle: createThrottle<number>(200, (value) => void acted.push(value)) };
}

test('the first value acts at once', () => {
  const { acted, throttle } = setUp();
  throttle.push(1);
  expect(acted).toEqual([1]);
});

test('of a storm the newest acts, once per pause, and the last one always', () => {
  const { acted, throttle } = setUp();
  for (let value = 1; value <= 100; value += 1) {
    throttle.push(value);
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1000);
  expect(acted).toEqual([1, 20, 40, 60, 80, 100]);
});

test('after a pause without values the next one acts at once', () => {
  const { acted, throttle } = setUp();
  throttle.push(1);
  vi.advanceTimersByTime(201);
  throttle.push(2);
  expect(acted).toEqual([1, 2]);
});
