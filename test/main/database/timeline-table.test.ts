import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { type NewEntry, TimelineTable } from '../../../main/database/timeline-table.ts';

let folder: string;
let db: Store;
let timeline: TimelineTable;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-timeline-'));
  db = openDatabase(join(folder, 'tocsin.db'));
  timeline = new TimelineTable(db);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function entry(kind: NewEntry['kind'], at: number, more: Partial<NewEntry> = {}): NewEntry {
  return { kind, at, text: '', reason: kind, ...more };
}

const brief = (): string[] =>
  timeline.list('A1').map(({ kind, times, at, lastAt }) => `${kind} x${times} ${at}-${lastAt}`);

describe('a chatty sender does not fill the timeline', () => {
  test('equal repeats are one line that counts, with the time of the first and of the last', () => {
    timeline.append('A1', entry('opened', 10));
    for (const at of [20, 30, 40]) timeline.append('A1', entry('repeated', at));
    expect(brief()).toEqual(['opened x1 10-10', 'repeated x3 20-40']);
  });

  test('repeats and the reasons they stay silent fold side by side', () => {
    for (const at of [20, 30]) {
      timeline.append('A1', entry('repeated', at));
      timeline.append('A1', entry('withheld', at + 1, { reason: 'repeat' }));
    }
    expect(brief()).toEqual(['repeated x2 20-30', 'withheld x2 21-31']);
  });

  test('several at once count as several', () => {
    timeline.append('A1', entry('withheld', 5), 4);
    timeline.append('A1', entry('withheld', 6), 2);
    expect(brief()).toEqual(['withheld x6 5-6']);
  });
});

describe('lines are only folded when nothing is lost by it', () => {
  test('anything else in between begins a new line', () => {
    timeline.append('A1', entry('repeated', 10));
    timeline.append('A1', entry('acknowledged', 20));
    timeline.append('A1', entry('repeated', 30));
    expect(brief()).toEqual(['repeated x1 10-10', 'acknowledged x1 20-20', 'repeated x1 30-30']);
  });

  test('another reason or another text is another line', () => {
    timeline.append('A1', entry('withheld', 10, { reason: 'repeat' }));
    timeline.append('A1', entry('withheld', 20, { reason: 'low-priority' }));
    timeline.append('A1', entry('withheld', 30, { reason: 'repeat', text: 'no bus' }));
    expect(timeline.list('A1')).toHaveLength(3);
  });

  test.each(['opened', 'level-changed', 'acknowledged', 'noted', 'notified', 'resolved'] as const)(
    'two equal lines of "%s" stay two',
    (kind) => {
      timeline.append('A1', entry(kind, 10));
      timeline.append('A1', entry(kind, 20));
      expect(timeline.list('A1').map(({ times }) => times)).toEqual([1, 1]);
    },
  );

  test('each alert has its own', () => {
    timeline.append('A1', entry('repeated', 10));
    timeline.append('A2', entry('repeated', 20));
    expect(timeline.list('A1')).toHaveLength(1);
    expect(timeline.list('A2')).toHaveLength(1);
  });

  test('after a restart a new line is begun', () => {
    timeline.append('A1', entry('repeated', 10));
    timeline = new TimelineTable(db);
    timeline.append('A1', entry('repeated', 20));
    expect(brief()).toEqual(['repeated x1 10-10', 'repeated x1 20-20']);
  });

  test('a line that was rolled back is not counted on', () => {
    const failing = db.transaction(() => {
      timeline.append('A1', entry('repeated', 10));
      throw new Error('no');
    });
    expect(failing).toThrow('no');
    timeline.forget();
    timeline.append('A1', entry('repeated', 20));
    expect(brief()).toEqual(['repeated x1 20-20']);
  });
});

test('reminders are one line that counts, also with repeats in between; two toasts are two lines', () => {
  const reminder = (at: number): NewEntry => entry('notified', at, { reason: 'reminder' });
  timeline.append('A1', entry('opened', 10));
  timeline.append('A1', entry('notified', 11, { reason: 'opened' }));
  timeline.append('A1', entry('notified', 12, { reason: 'opened' }));
  timeline.append('A1', reminder(20));
  timeline.append('A1', entry('repeated', 25));
  timeline.append('A1', reminder(30));
  expect(brief()).toEqual([
    'opened x1 10-10',
    'notified x1 11-11',
    'notified x1 12-12',
    'notified x2 20-30',
    'repeated x1 25-25',
  ]);
});

describe('when an alert was last said', () => {
  const opened = (): void => timeline.append('A1', entry('opened', 10));

  test('is null for an alert that was never opened here', () => {
    expect(timeline.lastSaid('A1')).toBeNull();
  });

  test('is when it opened as long as nothing was shown', () => {
    opened();
    timeline.append('A1', entry('withheld', 20, { reason: 'repeat' }));
    expect(timeline.lastSaid('A1')).toEqual({ since: 10, saidAt: 10 });
  });

  test('counts every toast, and what was withheld because of the moment, but not the silence of repeats', () => {
    opened();
    timeline.append('A1', entry('notified', 20, { reason: 'reminder' }));
    timeline.append('A1', entry('notified', 30, { reason: 'reminder' }));
    timeline.append('A1', entry('withheld', 35, { reason: 'repeat' }));
    expect(timeline.lastSaid('A1')).toEqual({ since: 10, saidAt: 30 });
    timeline.append('A1', entry('withheld', 40, { reason: 'quiet-hours' }));
    expect(timeline.lastSaid('A1')).toEqual({ since: 10, saidAt: 40 });
  });

  test.each([
    ['level-changed', 'level-rose', true],
    ['level-changed', 'level-fell', false],
    ['unacknowledged', 'taken-back-by-user', true],
    ['unsnoozed', 'snooze-ended', true],
    ['noted', 'note', false],
  ] as const)('%s (%s) begins anew: %s', (kind, reason, isAnew) => {
    opened();
    timeline.append('A1', entry(kind, 50, { reason }));
    expect(timeline.lastSaid('A1')).toEqual(isAnew ? { since: 50, saidAt: 50 } : { since: 10, saidAt: 10 });
  });
});
