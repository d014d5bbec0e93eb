import { expect, test } from 'vitest';
import { isSomebodyThere, nobody, restMs } from '../../../renderer/alerts/presence.ts';

test('the list is held while the pointer or the focus is inside and something moved', () => {
  expect(isSomebodyThere({ hasPointer: true, hasFocus: false, stirredAt: 1000 }, 2000)).toBe(true);
  expect(isSomebodyThere({ hasPointer: false, hasFocus: true, stirredAt: 1000 }, 2000)).toBe(true);
  expect(isSomebodyThere({ hasPointer: false, hasFocus: false, stirredAt: 1000 }, 2000)).toBe(false);
});

test('a pointer at rest and a focus left behind hold it for half a minute, not for ever', () => {
  const left = { hasPointer: true, hasFocus: true, stirredAt: 1000 };
  expect(isSomebodyThere(left, 1000 + restMs - 1)).toBe(true);
  expect(isSomebodyThere(left, 1000 + restMs)).toBe(false);
});

test('a focus that was put there when the window opened holds nothing', () => {
  expect(isSomebodyThere({ ...nobody, hasFocus: true }, 1000)).toBe(false);
});
