import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextReminderAt, ReminderBook } from '../../../main/notifications/reminder-cadence.ts';
import { sampleAlert, sampleChange, sampleNow } from '../../fakes/sample-alert.ts';

const minute = 60_000;

/** Minutes after the beginning at which it is said, when each reminder is said at once. */
function slots(everyMinutes: number, count: number): number[] {
  const said: number[] = [];
  let saidAt = 0;
  while (said.length < count) {
    const next = nextReminderAt({ since: 0, saidAt }, everyMinutes);
    if (next === null) break;
    said.push(next / minute);
    saidAt = next;
  }
  return said;
}

describe('the cadence', () => {
  test('is every five minutes twelve times, then hourly', () => {
    expect(slots(5, 15)).toEqual([5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 120, 180, 240]);
  });

  test('is never slower at first than later', () => {
    expect(slots(90, 14)).toEqual([...Array.from({ length: 12 }, (_, at) => (at + 1) * 90), 1170, 1260]);
  });

  test('is none when reminders are off', () => {
    expect(slots(0, 3)).toEqual([]);
  });

  test('what came shortly before a slot counts as said, what came long before does not', () => {
    expect(nextReminderAt({ since: 0, saidAt: 4 * minute }, 5)).toBe(10 * minute);
    expect(nextReminderAt({ since: 0, saidAt: 2 * minute }, 5)).toBe(5 * minute);
  });

  test('slots that were slept through are not made up for', () => {
    expect(nextReminderAt({ since: 0, saidAt: 26 * minute }, 5)).toBe(30 * minute);
  });

  test('with whatever restarts in between, no slot comes twice and none is nearer than half an interval', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 40 }),
        (everyMinutes, lateSeconds) => {
          let saidAt = 0;
          for (const late of lateSeconds) {
            const next = nextReminderAt({ since: 0, saidAt }, everyMinutes) ?? 0;
            expect(next - saidAt).toBeGreaterThanOrEqual((everyMinutes * minute) / 2);
            expect(next % (everyMinutes * minute) === 0 || next > 12 * everyMinutes * minute).toBe(true);
            saidAt = next + late * 1000;
          }
        },
      ),
    );
  });
});

describe('the book', () => {
  const critical = sampleAlert();

  test('reminds of open critical alerts only', () => {
    const book = new ReminderBook([]);
    book.follow(sampleChange('opened', critical), 5);
    book.follow(sampleChange('opened', sampleAlert({ id: 'A2', priority: 'medium' })), 5);
    expect(book.due(5, sampleNow + 5 * minute).ids).toEqual(['A1']);
    book.follow(sampleChange('acknowledged', { ...critical, state: 'acknowledged' }), 5);
    expect(book.due(5, sampleNow + 5 * minute)).toEqual({ ids: [], nextAt: null });
  });

  test('begins anew when an acknowledgement is taken back, and not at a repeat', () => {
    const book = new ReminderBook([]);
    book.follow(sampleChange('opened', critical), 5);
    const later = sampleNow + 4 * minute;
    expect(book.follow(sampleChange('repeated', critical, { at: later }), 5)).toBe(sampleNow + 5 * minute);
    expect(book.follow(sampleChange('unacknowledged', critical, { at: later }), 5)).toBe(later + 5 * minute);
  });

  test('goes on where the process before stopped', () => {
    const book = new ReminderBook([['A1', { since: sampleNow, saidAt: sampleNow + 60 * minute }]]);
    expect(book.due(5, sampleNow + 65 * minute)).toEqual({ ids: [], nextAt: sampleNow + 120 * minute });
  });

  test('says when to ask again, also right after something was due', () => {
    const book = new ReminderBook([
      ['A1', { since: sampleNow, saidAt: sampleNow }],
      ['A2', { since: sampleNow + minute, saidAt: sampleNow + minute }],
    ]);
    expect(book.due(5, sampleNow + 5 * minute)).toEqual({ ids: ['A1'], nextAt: sampleNow + 6 * minute });
  });
});
