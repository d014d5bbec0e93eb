import { describe, expect, test } from 'vitest';
import { type Decision, decide } from '../../../main/notifications/decide.ts';
import type { Alert, AlertChangeKind } from '../../../shared/alert.ts';
import { type Place, places } from '../../../shared/alert-order.ts';
import { type Priority, priorities } from '../../../shared/priority.ts';
import { sampleAlert, sampleChange, sampleNow } from '../../fakes/sample-alert.ts';

/** The whole table. Columns: critical and medium, low, and critical and medium while the person looks at the list. */
const table: Record<AlertChangeKind, readonly [disturbing: string, low: string, watched: string]> = {
  opened: ['show opened', 'close low-priority', 'close window-watched'],
  reopened: ['show reopened', 'close low-priority', 'close window-watched'],
  'level-rose': ['show level-rose', 'close low-priority', 'close window-watched'],
  'snooze-ended': ['show snooze-ended', 'close low-priority', 'close window-watched'],
  repeated: ['keep repeat', 'keep repeat', 'keep repeat'],
  'level-fell': ['keep level-fell', 'close level-fell', 'keep level-fell'],
  'level-changed': ['keep level-changed', 'keep level-changed', 'keep level-changed'],
  acknowledged: ['close acknowledged', 'close acknowledged', 'close acknowledged'],
  unacknowledged: ['keep undone-by-person', 'keep undone-by-person', 'keep undone-by-person'],
  snoozed: ['close snoozed', 'close snoozed', 'close snoozed'],
  unsnoozed: ['keep undone-by-person', 'keep undone-by-person', 'keep undone-by-person'],
  noted: ['keep note', 'keep note', 'keep note'],
  resolved: ['close recovered', 'close recovered', 'close recovered'],
};
const kinds = Object.keys(table) as AlertChangeKind[];

function short(decision: Decision): string {
  if (decision.act === 'show') return `show ${decision.reason}`;
  return `${decision.closeToast ? 'close' : 'keep'} ${decision.reason}`;
}

function alertAt(place: Place, priority: Priority): Alert {
  switch (place) {
    case 'open':
      return sampleAlert({ priority });
    case 'acknowledged':
      return sampleAlert({ priority, state: 'acknowledged', acknowledgedAt: sampleNow });
    case 'snoozed':
      return sampleAlert({ priority, snoozedUntil: sampleNow + 900_000 });
    case 'resolved':
      return sampleAlert({ priority, state: 'resolved', resolvedAt: sampleNow, resolvedBy: 'recovery' });
  }
}

describe.each(kinds)('a change of kind %s', (kind) => {
  test.each(priorities)('of an open alert of %s priority is decided as the table says', (priority) => {
    const change = sampleChange(kind, alertAt('open', priority));
    const [disturbing, low, watched] = table[kind];
    expect(short(decide(change, { watched: false }))).toBe(priority === 'low' ? low : disturbing);
    expect(short(decide(change, { watched: true }))).toBe(priority === 'low' ? low : watched);
  });

  test.each(places.filter((place) => place !== 'open'))('never shows an alert that is %s', (place) => {
    for (const priority of priorities) {
      for (const watched of [false, true]) {
        expect(decide(sampleChange(kind, alertAt(place, priority)), { watched }).act).toBe('withhold');
      }
    }
  });
});

test.each([
  ['recovery', 'recovered'],
  ['user', 'closed-by-user'],
  ['time', 'closed-by-time'],
  ['superseded', 'superseded'],
] as const)('an alert resolved by %s closes its toast as %s', (resolvedBy, reason) => {
  const alert = { ...alertAt('resolved', 'critical'), resolvedBy };
  expect(decide(sampleChange('resolved', alert), { watched: false })).toEqual({
    act: 'withhold',
    reason,
    closeToast: true,
  });
});

test('a rise of an alert that ends up acknowledged all the same is withheld as acknowledged', () => {
  const alert = alertAt('acknowledged', 'critical');
  expect(short(decide(sampleChange('level-rose', alert), { watched: false }))).toBe('close acknowledged');
});

test.each(kinds)('a change of kind %s by a test message never disturbs', (kind) => {
  const change = sampleChange(kind, alertAt('open', 'critical'), { reason: 'test-message' });
  expect(short(decide(change, { watched: false }))).toBe('keep test-message');
});

test('a critical alert that falls to medium keeps its toast, one that falls to low does not', () => {
  const before = { state: 'open', priority: 'critical', level: 'CRITICAL', snoozedUntil: null } as const;
  const fall = (priority: Priority): string =>
    short(decide(sampleChange('level-fell', alertAt('open', priority), { before }), { watched: false }));
  expect(fall('medium')).toBe('keep level-fell');
  expect(fall('low')).toBe('close level-fell');
});
