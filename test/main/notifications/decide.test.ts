import { describe, expect, test } from 'vitest';
import { type Decision, type DecisionContext, decide } from '../../../main/notifications/decide.ts';
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

const noisy: DecisionContext = { watched: false, quiet: null, criticalInQuiet: true };
const watching: DecisionContext = { ...noisy, watched: true };

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
    expect(short(decide(change, noisy))).toBe(priority === 'low' ? low : disturbing);
    expect(short(decide(change, watching))).toBe(priority === 'low' ? low : watched);
  });

  test.each(places.filter((place) => place !== 'open'))('never shows an alert that is %s', (place) => {
    for (const priority of priorities) {
      for (const watched of [false, true]) {
        expect(decide(sampleChange(kind, alertAt(place, priority)), { ...noisy, watched }).act).toBe(
          'withhold',
        );
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
  expect(decide(sampleChange('resolved', alert), noisy)).toEqual({
    act: 'withhold',
    reason,
    closeToast: true,
    sound: null,
  });
});

test('a rise of an alert that ends up acknowledged all the same is withheld as acknowledged', () => {
  const alert = alertAt('acknowledged', 'critical');
  expect(short(decide(sampleChange('level-rose', alert), noisy))).toBe('close acknowledged');
});

test.each(kinds)('a change of kind %s by a test message never disturbs', (kind) => {
  const change = sampleChange(kind, alertAt('open', 'critical'), { reason: 'test-message' });
  expect(short(decide(change, noisy))).toBe('keep test-message');
});

test('a critical alert that falls to medium keeps its toast, one that falls to low does not', () => {
  const before = { state: 'open', priority: 'critical', level: 'CRITICAL', snoozedUntil: null } as const;
  const fall = (priority: Priority): string =>
    short(decide(sampleChange('level-fell', alertAt('open', priority), { before }), noisy));
  expect(fall('medium')).toBe('keep level-fell');
  expect(fall('low')).toBe('close level-fell');
});

test('what a person reopens is silent: the undo of closing by hand', () => {
  const change = sampleChange('reopened', alertAt('open', 'critical'), { cause: 'person' });
  expect(decide(change, noisy)).toMatchObject({ act: 'withhold', reason: 'undone-by-person', sound: null });
});

describe('the sound is decided with the toast', () => {
  const sound = (priority: Priority, context: DecisionContext): string | null =>
    decide(sampleChange('opened', alertAt('open', priority)), context).sound;

  test('a critical alert sounds, also when the person sees its row; a medium one sounds with its toast only', () => {
    expect(sound('critical', noisy)).toBe('critical');
    expect(sound('critical', watching)).toBe('critical');
    expect(sound('medium', noisy)).toBe('medium');
    expect(sound('medium', watching)).toBeNull();
    expect(sound('low', noisy)).toBeNull();
  });

  test.each(kinds.filter((kind) => !['opened', 'reopened', 'level-rose', 'snooze-ended'].includes(kind)))(
    'a change of kind %s is silent',
    (kind) => {
      for (const priority of priorities) {
        expect(decide(sampleChange(kind, alertAt('open', priority)), noisy).sound).toBeNull();
      }
    },
  );
});

describe.each(['quiet-hours', 'quiet-for-now'] as const)('while it is quiet (%s)', (quiet) => {
  const opened = (priority: Priority, context: DecisionContext): Decision =>
    decide(sampleChange('opened', alertAt('open', priority)), context);

  test('a medium alert waits in silence, and a toast it has stays up', () => {
    expect(opened('medium', { ...noisy, quiet })).toEqual({
      act: 'withhold',
      reason: quiet,
      closeToast: false,
      sound: null,
    });
  });

  test('a critical one is shown and sounds, unless the setting says otherwise', () => {
    expect(opened('critical', { ...noisy, quiet })).toEqual({
      act: 'show',
      reason: 'opened',
      sound: 'critical',
    });
    expect(opened('critical', { ...watching, quiet, criticalInQuiet: false })).toMatchObject({
      reason: quiet,
      sound: null,
    });
  });

  test('what would not disturb anyway keeps its own reason', () => {
    expect(short(opened('low', { ...noisy, quiet }))).toBe('close low-priority');
    expect(short(decide(sampleChange('repeated'), { ...noisy, quiet, criticalInQuiet: false }))).toBe(
      'keep repeat',
    );
  });
});
