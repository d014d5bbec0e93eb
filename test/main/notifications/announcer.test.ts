import { describe, expect, test } from 'vitest';
import { type NotificationRecord, createAnnouncer } from '../../../main/notifications/announcer.ts';
import { nonePresenter } from '../../../main/notifications/presenter.ts';
import type { Alert, AlertId } from '../../../shared/alert.ts';
import { textsOf } from '../../../shared/text/texts.ts';
import { RecordingPresenter } from '../../fakes/recording-presenter.ts';
import { sampleAlert, sampleChange, sampleNow } from '../../fakes/sample-alert.ts';
import { until } from '../../fakes/until.ts';

function setUp(presenter = new RecordingPresenter()) {
  const records: NotificationRecord[] = [];
  const acknowledged: AlertId[] = [];
  const opened: AlertId[] = [];
  const reported: unknown[] = [];
  const state = { freeRows: 0 };
  const parts = {
    record: (entry: NotificationRecord) => void records.push(entry),
    texts: () => textsOf('en'),
    takeVisibleRow: () => {
      state.freeRows -= 1;
      return state.freeRows >= 0;
    },
    now: () => sampleNow,
    acknowledge: (ids: readonly AlertId[]) => void acknowledged.push(...ids),
    open: (id: AlertId) => void opened.push(id),
    report: (error: unknown) => void reported.push(error),
  };
  const announcer = createAnnouncer({ ...parts, presenter });
  const lines = () => records.map(({ alertId, kind, reason }) => `${alertId} ${kind} ${reason}`);
  return { announcer, presenter, parts, state, records, lines, acknowledged, opened, reported };
}

const resolved = sampleAlert({ state: 'resolved', resolvedAt: sampleNow, resolvedBy: 'recovery' });

describe('carrying out', () => {
  test('a critical alert is shown and recorded as notified, with the presenter that did it', async () => {
    const { announcer, presenter, records } = setUp();
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    expect(presenter.asked).toEqual(['show A1']);
    expect(records).toEqual([
      { alertId: 'A1', at: sampleNow, kind: 'notified', text: 'freedesktop', reason: 'opened' },
    ]);
  });

  test('recovery closes the toast and is recorded as withheld', async () => {
    const { announcer, presenter, lines } = setUp();
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    announcer.handle([sampleChange('resolved', resolved)]);
    await announcer.idle();
    expect(presenter.asked).toEqual(['show A1', 'close A1']);
    expect(lines()).toEqual(['A1 notified opened', 'A1 withheld recovered']);
  });

  test('recovery of an alert without a toast asks nothing of the desktop', async () => {
    const { announcer, presenter, lines } = setUp();
    announcer.handle([sampleChange('resolved', resolved)]);
    await announcer.idle();
    expect(presenter.asked).toEqual([]);
    expect(lines()).toEqual(['A1 withheld recovered']);
  });

  test('every change leaves one recorded line, also the silent ones', async () => {
    const { announcer, lines } = setUp();
    announcer.handle([
      sampleChange('opened', sampleAlert({ priority: 'low' })),
      sampleChange('repeated', sampleAlert({ id: 'A2' })),
      sampleChange('noted', sampleAlert({ id: 'A3' })),
    ]);
    await announcer.idle();
    expect(lines()).toEqual(['A1 withheld low-priority', 'A2 withheld repeat', 'A3 withheld note']);
  });

  test('while the person looks at the list nothing is shown, and an older toast goes', async () => {
    const { announcer, presenter, state, lines } = setUp();
    announcer.handle([sampleChange('opened', sampleAlert({ priority: 'medium' }))]);
    await announcer.idle();
    state.freeRows = 1;
    announcer.handle([sampleChange('level-rose')]);
    await announcer.idle();
    expect(presenter.asked).toEqual(['show A1', 'close A1']);
    expect(lines().at(-1)).toBe('A1 withheld window-watched');
  });

  test('a burst uses up the rows that the person can see, and the rest is shown', async () => {
    const { announcer, presenter, state, lines } = setUp();
    state.freeRows = 1;
    announcer.handle(
      (['A1', 'A2', 'A3'] as const).map((id) =>
        sampleChange('opened', sampleAlert({ id, priority: 'critical' })),
      ),
    );
    await announcer.idle();
    expect(presenter.asked).toEqual(['show A2', 'show A3']);
    expect(lines().filter((line) => line.includes('window-watched'))).toEqual(['A1 withheld window-watched']);
  });

  test('what the desktop refuses is recorded with its own words', async () => {
    const { announcer, presenter, records } = setUp();
    presenter.result = { shown: false, error: 'Notifications are off.' };
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    expect(records).toMatchObject([
      { kind: 'withheld', reason: 'presenter-failed', text: 'Notifications are off.' },
    ]);
  });

  test('a presenter that throws is recorded and reported, and the next toast is shown', async () => {
    const { announcer, presenter, lines, reported } = setUp();
    presenter.result = new Error('broken');
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    presenter.result = { shown: true };
    announcer.handle([sampleChange('opened', sampleAlert({ id: 'A2' }))]);
    await announcer.idle();
    expect(lines()).toEqual(['A1 withheld presenter-failed', 'A2 notified opened']);
    expect(reported).toHaveLength(1);
  });

  test('without a desktop the same decisions are recorded', async () => {
    const { parts, records } = setUp();
    const announcer = createAnnouncer({ ...parts, presenter: nonePresenter });
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    expect(records).toMatchObject([{ kind: 'notified', reason: 'opened', text: 'none' }]);
  });
});

describe('order', () => {
  test('a close never overtakes the show it belongs to', async () => {
    const { announcer, presenter } = setUp();
    presenter.hold = true;
    announcer.handle([sampleChange('opened')]);
    announcer.handle([sampleChange('resolved', resolved)]);
    await until(() => presenter.asked.length > 0);
    expect(presenter.asked).toEqual(['show A1']);
    presenter.release();
    await announcer.idle();
    expect(presenter.asked).toEqual(['show A1', 'close A1']);
    expect(presenter.up.size).toBe(0);
  });

  test('of what waits for one alert only the newest is carried out, and the rest is recorded as overtaken', async () => {
    const { announcer, presenter, lines } = setUp();
    presenter.hold = true;
    announcer.handle([sampleChange('opened', sampleAlert({ priority: 'medium' }))]);
    announcer.handle([
      sampleChange('level-rose', sampleAlert({ title: 'first' })),
      sampleChange('snooze-ended', sampleAlert({ title: 'second' })),
    ]);
    await until(() => presenter.toasts.length > 0);
    presenter.release();
    await announcer.idle();
    expect(presenter.toasts.map(({ title }) => title)).toEqual([
      'Medium · Queue is full',
      'Critical · second',
    ]);
    expect(lines()).toEqual(['A1 withheld overtaken', 'A1 notified opened', 'A1 notified snooze-ended']);
  });

  test('a show that waits is dropped when the alert recovers first', async () => {
    const { announcer, presenter, lines } = setUp();
    presenter.hold = true;
    const busy = Array.from({ length: 8 }, (_, at) =>
      sampleChange('opened', sampleAlert({ id: `A${100 + at}` })),
    );
    announcer.handle([...busy, sampleChange('opened')]);
    announcer.handle([sampleChange('resolved', resolved)]);
    presenter.release();
    await announcer.idle();
    expect(presenter.asked).not.toContain('show A1');
    expect(lines()).toContain('A1 withheld overtaken');
  });

  test('many alerts at once reach the desktop eight at a time, each exactly once', async () => {
    const { announcer, presenter, lines } = setUp();
    presenter.hold = true;
    announcer.handle(
      Array.from({ length: 50 }, (_, at) => sampleChange('opened', sampleAlert({ id: `A${at + 1}` }))),
    );
    await until(() => presenter.mostAtOnce === 8);
    presenter.release();
    await announcer.idle();
    expect(presenter.mostAtOnce).toBe(8);
    expect(new Set(presenter.asked).size).toBe(50);
    expect(presenter.asked).toHaveLength(50);
    expect(lines()).toHaveLength(50);
  });
});

describe('what a person does to a toast', () => {
  test.each([
    ['acknowledge', true, 'acknowledged'],
    ['acknowledge', false, 'acknowledged'],
    ['open', true, 'opened'],
    ['default', true, 'opened'],
    ['default', false, 'acknowledged'],
  ] as const)('%s with buttons %s: the alert is %s', async (action, actions, outcome) => {
    const { presenter, acknowledged, opened } = setUp();
    presenter.actions = actions;
    presenter.activate({ alertId: 'A5', action });
    await until(() => acknowledged.length + opened.length > 0);
    expect(outcome === 'opened' ? opened : acknowledged).toEqual(['A5']);
  });
});

describe('a desktop that answers behind the time limit', () => {
  const failed = { shown: false, error: 'The desktop did not answer.' } as const;

  test('is recorded as failed first and as notified when it has answered', async () => {
    const { announcer, presenter, lines } = setUp();
    presenter.result = { ...failed, later: Promise.resolve({ shown: true }) };
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    await until(() => lines().length === 2);
    expect(lines()).toEqual(['A1 withheld presenter-failed', 'A1 notified opened']);
  });

  test('and refuses even then is recorded once', async () => {
    const { announcer, presenter, lines } = setUp();
    const later = Promise.resolve(failed);
    presenter.result = { ...failed, later };
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    await later;
    expect(lines()).toEqual(['A1 withheld presenter-failed']);
  });
});

describe('toasts that a killed process left on the screen', () => {
  const open = sampleAlert();
  const acknowledged = sampleAlert({ id: 'A2', state: 'acknowledged', acknowledgedAt: sampleNow });
  const low = sampleAlert({ id: 'A3', priority: 'low' });
  const snoozed = sampleAlert({ id: 'A4', snoozedUntil: sampleNow + 60_000 });

  test('stay while their alert is open, and go when it is over, acknowledged, snoozed or low', async () => {
    const { announcer, presenter, records } = setUp();
    presenter.leftBehind = ['A1', 'A2', 'A3', 'A4', 'A5'];
    const now = [open, acknowledged, low, snoozed];
    await announcer.adopt((id) => now.find((alert) => alert.id === id) ?? null);
    await announcer.idle();
    expect([...presenter.up]).toEqual(['A1']);
    expect(presenter.asked).toEqual(['close A2', 'close A3', 'close A4', 'close A5']);
    expect(records).toEqual([]);
  });

  test('are closed on recovery like our own', async () => {
    const { announcer, presenter } = setUp();
    presenter.leftBehind = ['A1'];
    await announcer.adopt(() => open);
    announcer.handle([sampleChange('resolved', resolved)]);
    await announcer.idle();
    expect(presenter.asked).toEqual(['close A1']);
  });

  test('are closed when the recovery comes before the desktop has said what is up', async () => {
    const { announcer, presenter } = setUp();
    presenter.leftBehind = ['A1'];
    presenter.hold = true;
    let now: Alert | null = open;
    const adopted = announcer.adopt(() => now);
    now = null;
    announcer.handle([sampleChange('resolved', resolved)]);
    presenter.release();
    await adopted;
    await announcer.idle();
    expect(presenter.up.size).toBe(0);
  });

  test('go when we quit', async () => {
    const { announcer, presenter } = setUp();
    presenter.leftBehind = ['A1'];
    await announcer.adopt(() => open);
    await announcer.stop();
    expect(presenter.asked).toEqual(['close A1', 'stop']);
  });
});

describe('stopping', () => {
  test('every toast we raised goes, then the presenter stops', async () => {
    const { announcer, presenter } = setUp();
    announcer.handle([sampleChange('opened'), sampleChange('opened', sampleAlert({ id: 'A2' }))]);
    await announcer.idle();
    await announcer.stop();
    expect(presenter.up.size).toBe(0);
    expect(presenter.asked.at(-1)).toBe('stop');
  });

  test('a desktop that does not answer holds quitting up by half a second at most', async () => {
    const { announcer, presenter } = setUp();
    presenter.hold = true;
    announcer.handle([sampleChange('opened')]);
    const before = performance.now();
    await announcer.stop();
    expect(performance.now() - before).toBeLessThan(800);
  });

  test('what is decided while quitting is recorded and not shown', async () => {
    const { announcer, presenter, lines } = setUp();
    await announcer.stop();
    announcer.handle([sampleChange('opened')]);
    expect(presenter.asked).toEqual(['stop']);
    expect(lines()).toEqual(['A1 withheld stopping']);
  });
});
