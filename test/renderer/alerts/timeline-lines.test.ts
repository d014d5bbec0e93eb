import { describe, expect, test } from 'vitest';
import { timelineLines } from '../../../renderer/alerts/timeline-lines.ts';
import type { Entry } from '../../../shared/alert.ts';

/** `at` in seconds; `to`: when it was counted up last. */
function entry(at: number, kind: Entry['kind'], reason: string, times = 1, to = at): Entry {
  return { at: at * 1000, kind, text: '', reason, times, lastAt: to * 1000 };
}

/** As a person reads them, newest first: `opened`, `noted (note)`, `withheld quiet-hours`. */
function read(...entries: readonly Entry[]): readonly string[] {
  return timelineLines(entries).map(({ entry: { kind, reason }, silence }) =>
    kind === 'withheld' ? `withheld ${reason}` : silence === null ? kind : `${kind} (${silence})`,
  );
}

describe('a decision not to notify', () => {
  test('stands behind the change that never notifies', () => {
    expect(
      read(
        entry(1, 'opened', 'opened'),
        entry(1, 'notified', 'opened'),
        entry(5, 'noted', 'note'),
        entry(5, 'withheld', 'note'),
        entry(9, 'resolved', 'recovered'),
        entry(9, 'withheld', 'recovered'),
      ),
    ).toEqual(['resolved (recovered)', 'noted (note)', 'notified', 'opened']);
  });

  test('has a line of its own where the moment was the reason', () => {
    expect(read(entry(1, 'opened', 'opened'), entry(1, 'withheld', 'quiet-hours'))).toEqual([
      'withheld quiet-hours',
      'opened',
    ]);
  });

  test('that was counted up covers as many changes, also those of another line', () => {
    expect(
      read(
        entry(1, 'repeated', 'repeat', 3, 3),
        entry(3, 'withheld', 'repeat', 4, 5),
        entry(4, 'noted', 'note'),
        entry(5, 'repeated', 'repeat'),
        entry(5, 'withheld', 'note'),
      ),
    ).toEqual(['repeated (repeat)', 'noted (note)', 'repeated (repeat)']);
  });

  test('is never put behind a change that came later, was another or was shown', () => {
    expect(read(entry(1, 'withheld', 'note'), entry(2, 'noted', 'note'))).toEqual(['noted', 'withheld note']);
    expect(
      read(
        entry(1, 'level-changed', 'level-rose'),
        entry(1, 'notified', 'level-rose'),
        entry(2, 'withheld', 'level-fell'),
      ),
    ).toEqual(['withheld level-fell', 'notified', 'level-changed']);
  });

  test('that is two for one line counts as one', () => {
    expect(
      read(
        entry(1, 'repeated', 'repeat', 4, 8),
        entry(1, 'withheld', 'repeat', 2, 2),
        entry(4, 'notified', 'reminder'),
        entry(6, 'withheld', 'repeat', 2, 8),
      ),
    ).toEqual(['repeated (repeat)', 'notified']);
  });
});
