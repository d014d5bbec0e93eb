import { expect, test } from 'vitest';
import { onCallUntil } from '../../../renderer/on-call/on-call-choice.ts';

const at = (day: number, hour: number): number => new Date(2026, 4, day, hour, 30).getTime();

test('each choice ends when its words say', () => {
  expect(onCallUntil('hours8', at(6, 22))).toBe(at(7, 6));
  expect(onCallUntil('nine', at(6, 22))).toBe(new Date(2026, 4, 7, 9).getTime());
  expect(onCallUntil('days7', at(6, 22))).toBe(at(13, 22));
  expect(onCallUntil('open', at(6, 22))).toBeNull();
});
