import { describe, expect, test } from 'vitest';
import { nextNine, snoozeArgument } from '../../../renderer/alerts/snooze-choice.ts';

describe('snooze choices', () => {
  test('minutes are minutes, recovery has no end of its own', () => {
    expect(snoozeArgument(['A1'], '240', 0)).toEqual({ ids: ['A1'], minutes: 240 });
    expect(snoozeArgument(['A1'], 'recovery', 0)).toEqual({ ids: ['A1'], untilRecovery: true });
  });

  test('until 09:00 is today before nine and tomorrow from nine on', () => {
    const at = (day: number, hour: number, minute: number): number =>
      new Date(2026, 4, day, hour, minute).getTime();
    expect(nextNine(at(6, 3, 10))).toBe(at(6, 9, 0));
    expect(nextNine(at(6, 9, 0))).toBe(at(7, 9, 0));
    expect(nextNine(at(6, 23, 59))).toBe(at(7, 9, 0));
    expect(snoozeArgument(['A1'], 'nine', at(6, 3, 10))).toEqual({ ids: ['A1'], until: at(6, 9, 0) });
  });
});
