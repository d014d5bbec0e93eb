// The announcer as hours pass: storm and cap, reminders, quiet, restart and wake. The clock is simulated.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AlertId } from '../../../shared/alert.ts';
import { announcing } from '../../fakes/announcing.ts';
import { sampleAlert, sampleNow } from '../../fakes/sample-alert.ts';

const minute = 60_000;
const recovered = { state: 'resolved', resolvedAt: sampleNow, resolvedBy: 'recovery' } as const;
const acknowledged = { state: 'acknowledged', acknowledgedAt: sampleNow } as const;

beforeEach(() => {
  vi.useFakeTimers({ now: sampleNow });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const ids = (from: number, to: number): AlertId[] =>
  Array.from({ length: to - from + 1 }, (_, at): AlertId => `A${from + at}`);

describe('a storm', () => {
  test('of 200 alerts in 5 s is at most four toasts, and every alert has its decision', async () => {
    const at = announcing();
    for (let number = 1; number <= 200; number += 1) {
      at.fire(1, 'critical', number);
      await pass(25);
    }
    await pass(5000);
    expect([...at.presenter.up]).toEqual(['A1', 'A2', 'A3', 'summary']);
    expect(at.presenter.toasts.at(-1)?.title).toBe('197 open: 197 critical');
    expect(at.lines().toSorted()).toEqual(
      [
        ...ids(1, 3).map((id) => `${id} notified opened`),
        ...ids(4, 200).map((id) => `${id} notified storm-summary`),
      ].toSorted(),
    );
    expect(at.presenter.asked.length).toBeLessThanOrEqual(8);
    await at.announcer.stop();
  });

  test('sounds once, and once more when something louder comes', async () => {
    const at = announcing();
    for (let number = 1; number <= 60; number += 1) {
      at.fire(1, 'medium', number);
      await pass(400);
    }
    expect(at.played).toEqual(['medium']);
    at.fire(1, 'critical', 61);
    await pass(400);
    at.fire(1, 'critical', 62);
    expect(at.played).toEqual(['medium', 'critical']);
    await at.announcer.stop();
  });

  test('never loses an alert: the summary counts what is left, and goes with the last of it', async () => {
    const at = announcing();
    at.fire(10);
    await pass(100);
    expect(at.presenter.toasts.at(-1)?.title).toBe('7 open: 7 critical');
    at.change('resolved', ids(4, 8), recovered);
    await pass(3000);
    expect(at.presenter.toasts.at(-1)?.title).toBe('2 open: 2 critical');
    at.change('acknowledged', ids(9, 10), acknowledged);
    await pass(0);
    expect([...at.presenter.up]).toEqual(['A1', 'A2', 'A3']);
    await at.announcer.stop();
  });

  test('an alert whose level falls is counted at its new level', async () => {
    const at = announcing();
    at.fire(5);
    await pass(3000);
    at.change('level-fell', ['A5'], { priority: 'medium' });
    await pass(3000);
    expect(at.presenter.toasts.at(-1)?.title).toBe('2 open: 1 critical, 1 medium');
    await at.announcer.stop();
  });

  test('an alert that recovers before the summary told of it is recorded as overtaken', async () => {
    const at = announcing();
    at.fire(4);
    await pass(100);
    at.fire(1, 'critical', 5);
    at.change('resolved', ['A5'], recovered);
    await pass(5000);
    expect(at.lines().filter((line) => line.startsWith('A5'))).toEqual(
      ['A5 withheld overtaken', 'A5 withheld recovered'].toSorted().toReversed(),
    );
    await at.announcer.stop();
  });

  test('a summary that a person took away does not come back to say less, but does to say more', async () => {
    const at = announcing();
    at.fire(6);
    await pass(5000);
    at.presenter.up.delete('summary');
    at.asked();
    at.change('resolved', ['A4'], recovered);
    await pass(10_000);
    expect(at.asked()).toEqual([]);
    at.fire(4, 'critical', 7);
    await pass(5000);
    expect(at.presenter.toasts.at(-1)?.title).toBe('3 open: 3 critical');
    await at.announcer.stop();
  });

  test('acknowledging the summary acknowledges what it counted, not what came since', async () => {
    const at = announcing();
    at.fire(5);
    await pass(100);
    at.fire(1, 'critical', 6);
    at.change('resolved', ['A4'], recovered);
    at.presenter.activate({ toastId: 'summary', action: 'acknowledge' });
    await pass(0);
    expect(at.acknowledged).toEqual(['A5']);
    await pass(5000);
    at.acknowledged.length = 0;
    at.presenter.activate({ toastId: 'summary', action: 'acknowledge' });
    await pass(0);
    expect(at.acknowledged).toEqual(['A5', 'A6']);
    await at.announcer.stop();
  });

  test.each(['open', 'default'] as const)('%s on the summary opens the list', async (action) => {
    const at = announcing();
    at.presenter.actions = false;
    at.presenter.activate({ toastId: 'summary', action });
    await pass(0);
    expect(at.opened).toEqual(['list']);
    expect(at.acknowledged).toEqual([]);
  });

  test('an alert that rises when it is calm leaves the summary for a toast of its own', async () => {
    const at = announcing();
    at.fire(5, 'medium');
    await pass(10_000);
    at.change('level-rose', ['A5'], { priority: 'critical' });
    await pass(3000);
    expect([...at.presenter.up].toSorted()).toEqual(['A1', 'A2', 'A3', 'A5', 'summary']);
    expect(at.presenter.toasts.findLast(({ id }) => id === 'summary')?.title).toBe('1 open: 1 medium');
    await at.announcer.stop();
  });

  test('an alert with a toast of its own that comes again in a storm is in the summary only', async () => {
    const at = announcing();
    at.fire(5, 'medium');
    await pass(100);
    at.change('level-rose', ['A1'], { priority: 'critical' });
    await pass(5000);
    expect([...at.presenter.up].toSorted()).toEqual(['A2', 'A3', 'summary']);
    expect(at.presenter.toasts.at(-1)?.title).toBe('3 open: 1 critical, 2 medium');
    await at.announcer.stop();
  });
});

test('a steady stream of alerts is never more than twenty toasts a minute, and each alert is told', async () => {
  const at = announcing();
  const shownAt: number[] = [];
  for (let number = 1; number <= 90; number += 1) {
    at.fire(1, 'medium', number);
    await pass(2000);
    for (const asked of at.asked()) if (asked.startsWith('show')) shownAt.push(Date.now());
  }
  for (const from of shownAt) {
    const within = shownAt.filter((when) => when >= from && when < from + minute - 2000).length;
    expect(within).toBeLessThanOrEqual(20);
  }
  await pass(minute);
  expect(at.lines().filter((line) => line.endsWith('notified rate-cap')).length).toBeGreaterThan(30);
  expect(new Set(at.records.map(({ alertId }) => alertId)).size).toBe(90);
  await at.announcer.stop();
});

describe('reminders', () => {
  test('replace the toast every five minutes twelve times, then hourly, until somebody acknowledges', async () => {
    const at = announcing();
    at.fire(1);
    await pass(3 * 60 * minute + 1000);
    const reminders = at.records.filter(({ reason }) => reason === 'reminder');
    expect(reminders.map(({ at: when }) => Math.round((when - sampleNow) / minute))).toEqual([
      5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 120, 180,
    ]);
    expect([...at.presenter.up]).toEqual(['A1']);
    expect(new Set(at.presenter.toasts.map(({ id }) => id))).toEqual(new Set(['A1']));
    expect(at.played).toHaveLength(15);
    at.change('acknowledged', ['A1'], acknowledged);
    await pass(10 * 60 * minute);
    expect(at.records.filter(({ reason }) => reason === 'reminder')).toHaveLength(14);
    await at.announcer.stop();
  });

  test('of medium alerts there are none, and 0 minutes turn them off', async () => {
    const at = announcing();
    at.fire(1, 'medium');
    await pass(2 * 60 * minute);
    at.state.settings = { ...at.state.settings, reminderMinutes: 0 };
    at.announcer.rulesChanged();
    at.fire(1, 'critical', 2);
    await pass(2 * 60 * minute);
    expect(at.lines()).toEqual(['A1 notified opened', 'A2 notified opened']);
    await at.announcer.stop();
  });

  test('of an alert in the summary are the summary once more', async () => {
    const at = announcing();
    at.fire(5);
    await pass(10_000);
    at.change('acknowledged', ids(1, 3), acknowledged);
    await pass(0);
    at.asked();
    await pass(5 * minute);
    expect(at.asked()).toEqual(['show summary']);
    expect(at.presenter.toasts.at(-1)?.body).toMatch(/^Still not acknowledged\./);
    expect(at.lines().filter((line) => line.endsWith('reminder'))).toEqual([
      'A4 notified reminder',
      'A5 notified reminder',
    ]);
    await at.announcer.stop();
  });

  test('that were due in a sleep are one', async () => {
    const at = announcing();
    at.fire(1);
    await pass(minute);
    vi.setSystemTime(sampleNow + 43 * minute);
    await pass(31_000);
    expect(at.lines().filter((line) => line.endsWith('reminder'))).toHaveLength(1);
    await at.announcer.stop();
  });

  test('go on over a restart in their slots, and the summary of the restart counts as one', async () => {
    const since = sampleNow - 9 * minute;
    const at = announcing({
      alerts: [sampleAlert({ openedAt: since })],
      reminded: [['A1', { since, saidAt: since + 5 * minute }]],
    });
    await at.announcer.begin();
    await pass(2 * minute);
    expect(at.lines()).toEqual(['A1 notified restated-at-start']);
    await pass(4 * minute);
    expect(at.lines()).toEqual(['A1 notified restated-at-start', 'A1 notified reminder']);
    expect(at.records.at(-1)?.at).toBe(since + 15 * minute);
    await at.announcer.stop();
  });
});

describe('quiet', () => {
  test('medium alerts wait; when it ends, one wrap-up says those that are still open', async () => {
    const at = announcing();
    at.state.quietUntil = sampleNow + 30 * minute;
    at.announcer.rulesChanged();
    at.fire(3, 'medium');
    await pass(minute);
    expect(at.asked()).toEqual([]);
    expect(at.played).toEqual([]);
    at.change('resolved', ['A1'], recovered);
    await pass(30 * minute);
    expect(at.asked()).toEqual(['show summary']);
    expect(at.presenter.toasts[0]).toMatchObject({
      title: '2 open: 2 medium',
      body: 'The quiet time is over.\nMedium · t3\nMedium · t2',
    });
    expect(at.lines()).toEqual([
      ...ids(1, 3).map((id) => `${id} withheld quiet-for-now`),
      'A1 withheld recovered',
      'A2 notified quiet-over',
      'A3 notified quiet-over',
    ]);
    expect(at.played).toEqual(['medium']);
    await at.announcer.stop();
  });

  test('ends without a word when nothing that was withheld is open', async () => {
    const at = announcing();
    at.state.quietUntil = sampleNow + minute;
    at.announcer.rulesChanged();
    at.fire(1, 'medium');
    at.change('acknowledged', ['A1'], acknowledged);
    at.fire(1, 'low', 2);
    await pass(2 * minute);
    expect(at.asked()).toEqual([]);
    await at.announcer.stop();
  });

  test('critical alerts and their reminders go through, unless the setting says otherwise', async () => {
    const at = announcing();
    at.state.quietUntil = sampleNow + 12 * minute;
    at.announcer.rulesChanged();
    at.fire(1);
    await pass(6 * minute);
    expect(at.lines()).toEqual(['A1 notified opened', 'A1 notified reminder']);
    at.state.settings = { ...at.state.settings, criticalInQuietHours: false };
    await pass(5 * minute);
    expect(at.lines().at(-1)).toBe('A1 withheld quiet-for-now');
    await pass(2 * minute);
    expect(at.lines().at(-1)).toBe('A1 notified quiet-over');
    // The cadence goes on: the wrap-up at 12 min is nearer to the slot at 10 than to the one at 15.
    await pass(2 * minute);
    expect(at.lines().at(-1)).toBe('A1 notified reminder');
    expect(at.records.at(-1)?.at).toBe(sampleNow + 15 * minute);
    await at.announcer.stop();
  });

  test('hours come and go by the clock, and say so', async () => {
    const from = new Date(sampleNow + 10 * minute);
    const to = new Date(sampleNow + 20 * minute);
    const time = (when: Date): string => when.toTimeString().slice(0, 5);
    const at = announcing({
      settings: { quietHours: { enabled: true, from: time(from), to: time(to) } },
    });
    await at.announcer.begin();
    expect(at.announcer.quiet).toBeNull();
    await pass(10 * minute);
    expect(at.announcer.quiet).toMatchObject({ reason: 'quiet-hours' });
    expect(at.state.news).toBe(1);
    at.fire(1, 'medium');
    await pass(11 * minute);
    expect(at.announcer.quiet).toBeNull();
    expect(at.state.news).toBe(2);
    expect(at.lines()).toEqual(['A1 withheld quiet-hours', 'A1 notified quiet-over']);
    await at.announcer.stop();
  });
});

describe('what is open is said once', () => {
  const open = [
    sampleAlert({ id: 'A1', openedAt: sampleNow - 3 }),
    sampleAlert({ id: 'A2', priority: 'medium', openedAt: sampleNow - 2 }),
    sampleAlert({ id: 'A3', priority: 'medium', openedAt: sampleNow - 1 }),
    sampleAlert({ id: 'A4', priority: 'low' }),
    sampleAlert({ id: 'A5', ...acknowledged }),
    sampleAlert({ id: 'A6', snoozedUntil: sampleNow + minute }),
  ];

  test('after a start', async () => {
    const at = announcing({ alerts: open });
    await at.announcer.begin();
    await pass(5000);
    expect(at.asked()).toEqual(['show summary']);
    expect(at.presenter.toasts[0]?.title).toBe('3 open: 1 critical, 2 medium');
    expect(at.played).toEqual(['critical']);
    await at.announcer.stop();
  });

  test('after a sleep, in place of the toasts that were up', async () => {
    const at = announcing();
    await at.announcer.begin();
    at.fire(2);
    await pass(10_000);
    at.announcer.wake();
    await pass(5000);
    expect([...at.presenter.up]).toEqual(['summary']);
    expect(at.presenter.toasts.at(-1)?.title).toBe('2 open: 2 critical');
    await at.announcer.stop();
  });

  test('and when nothing is open, nothing is said', async () => {
    const at = announcing({ alerts: open.slice(3) });
    await at.announcer.begin();
    at.announcer.wake();
    at.presenter.comeBack(true);
    await pass(5000);
    expect(at.asked()).toEqual([]);
    expect(at.played).toEqual([]);
    await at.announcer.stop();
  });

  test('when a notification service comes after toasts have failed, and that they failed is known', async () => {
    const at = announcing();
    at.presenter.result = { shown: false, error: 'Nobody is there.' };
    at.fire(1);
    await pass(1000);
    expect(at.announcer.health).toEqual({ state: 'failing', error: 'Nobody is there.', since: sampleNow });
    at.presenter.result = { shown: true };
    at.presenter.comeBack(false);
    await pass(1000);
    expect(at.lines()).toEqual(['A1 withheld presenter-failed', 'A1 notified restated-desktop-back']);
    expect(at.announcer.health).toEqual({ state: 'ok', error: null, since: null });
    expect(at.state.news).toBe(2);
    await at.announcer.stop();
  });

  test('when the service is another one and our toasts went with the one before, but not when it only comes', async () => {
    const at = announcing();
    at.fire(1);
    await pass(1000);
    at.asked();
    at.presenter.comeBack(false);
    await pass(1000);
    expect(at.asked()).toEqual([]);
    at.presenter.comeBack(true);
    await pass(1000);
    expect(at.asked()).toContain('show summary');
    await at.announcer.stop();
  });
});

describe('who makes the sound', () => {
  test('our page: the toast is silent', async () => {
    const at = announcing();
    at.fire(1);
    await pass(5000);
    expect(at.played).toEqual(['critical']);
    expect(at.presenter.toasts.map(({ sound }) => sound)).toEqual([null]);
    await at.announcer.stop();
  });

  test('the toast, shown once more, when the page does not confirm; the next one brings it along at once', async () => {
    const at = announcing();
    at.state.sound = 'no-device';
    at.fire(1);
    await pass(5000);
    at.fire(1, 'medium', 2);
    await pass(5000);
    expect(at.presenter.toasts.map(({ id, sound }) => `${id} ${sound}`)).toEqual([
      'A1 null',
      'A1 critical',
      'A2 medium',
    ]);
    expect(at.lines()).toEqual(['A1 notified opened', 'A2 notified opened']);
    await at.announcer.stop();
  });

  test('nobody, for an alert that is acknowledged before the page has failed', async () => {
    const at = announcing();
    at.state.sound = 'no-answer';
    at.fire(1);
    at.change('acknowledged', ['A1'], acknowledged);
    await pass(5000);
    expect(at.presenter.toasts.filter(({ sound }) => sound !== null)).toEqual([]);
    await at.announcer.stop();
  });

  test('the summary, where a storm finds the page broken', async () => {
    const at = announcing();
    at.state.sound = 'no-device';
    at.fire(4, 'medium');
    await pass(6000);
    at.fire(4, 'critical', 5);
    await pass(6000);
    const sounding = at.presenter.toasts.filter(({ sound }) => sound === 'critical');
    expect(sounding).toHaveLength(1);
    await at.announcer.stop();
  });

  test('our page alone, for a critical alert whose row the person sees', async () => {
    const at = announcing();
    at.state.freeRows = 2;
    at.fire(1);
    await pass(6000);
    at.fire(1, 'medium', 2);
    await pass(100);
    expect(at.played).toEqual(['critical']);
    expect(at.asked()).toEqual([]);
    await at.announcer.stop();
  });

  test('nobody, when sounds are off', async () => {
    const at = announcing({ settings: { sounds: false } });
    at.state.sound = 'no-device';
    at.fire(5);
    await pass(10 * minute);
    expect(at.played).toEqual([]);
    expect(at.presenter.toasts.every(({ sound }) => sound === null)).toBe(true);
    await at.announcer.stop();
  });
});
