// Until when one may go on call, and what that means. Pure.
import { nextNine } from '../alerts/snooze-choice.ts';

export type OnCallChoice = 'hours8' | 'nine' | 'days7' | 'open';
export const onCallChoices: readonly OnCallChoice[] = ['hours8', 'nine', 'days7', 'open'];

/** The end of the shift in epoch ms, by the local calendar; null: until it is switched off. */
export function onCallUntil(choice: OnCallChoice, now: number): number | null {
  switch (choice) {
    case 'hours8':
      return now + 8 * 3_600_000;
    case 'nine':
      return nextNine(now);
    case 'days7': {
      const end = new Date(now);
      end.setDate(end.getDate() + 7);
      return end.getTime();
    }
    case 'open':
      return null;
  }
}
