// The choices of the snooze menu and what they mean. Pure.
import type { AlertId } from '../../shared/alert.ts';
import type { Snooze } from '../../shared/bridge.ts';

export type SnoozeChoice = '15' | '60' | '240' | 'nine' | 'recovery';
export const snoozeChoices: readonly SnoozeChoice[] = ['15', '60', '240', 'nine', 'recovery'];

/** The argument of `snoozeAlerts`. `now` is epoch ms; 09:00 is the next one of the local clock. */
export function snoozeArgument(ids: readonly AlertId[], choice: SnoozeChoice, now: number): Snooze {
  switch (choice) {
    case '15':
      return { ids: [...ids], minutes: 15 };
    case '60':
      return { ids: [...ids], minutes: 60 };
    case '240':
      return { ids: [...ids], minutes: 240 };
    case 'nine':
      return { ids: [...ids], until: nextNine(now) };
    case 'recovery':
      return { ids: [...ids], untilRecovery: true };
  }
}

/** The next 09:00 by the local clock, strictly later than `now`. Calendar arithmetic, so a change of daylight saving is right. */
export function nextNine(now: number): number {
  const nine = new Date(now);
  nine.setHours(9, 0, 0, 0);
  if (nine.getTime() <= now) nine.setDate(nine.getDate() + 1);
  return nine.getTime();
}
