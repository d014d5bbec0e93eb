import { describe, expect, test } from 'vitest';
import { nonePresenter } from '../../../main/notifications/presenter.ts';
import { type AnnouncingOptions, announcing } from '../../fakes/announcing.ts';
import { sampleAlert, sampleChange, sampleNow } from '../../fakes/sample-alert.ts';
import { until } from '../../fakes/until.ts';

/** In most tests here the announcer is told of changes only, and the store is empty. */
const setUp = (options: AnnouncingOptions = {}) => announcing(options);

const resolved = sampleAlert({ state: 'resolved', resolvedAt: sampleNow, resolvedBy: 'recovery' });

describe('carrying out', () => {
  test('a critical alert is shown and recorded as notified, with the presenter that did it', async () => {
    const { announcer, presenter, records } = setUp();
    announcer.handle([sampleChange('opened')]);
    await announcer.idle();
    expect(presenter.asked).toEqual(['show A1']);
    expect(records).toEqual([
      { alertId: 'A1', at: expect.any(Number), kind: 'notified', text: 'freedesktop', reason: 'opened' },
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
    const { announcer, records } = setUp({ presenter: nonePresenter });
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
    await until(() => presenter.asked.length > 0);
    announcer.handle([sampleChange('resolved', resolved)]);
    await new Promise(setImmediate);
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
    await until(() => presenter.toasts.length > 0);
    announcer.handle([
      sampleChange('level-rose', sampleAlert({ title: 'first' })),
      sampleChange('snooze-ended', sampleAlert({ title: 'second' })),
    ]);
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
    announcer.handle([sampleChange('opened'), sampleChange('resolved', resolved)]);
    await announcer.idle();
    expect(presenter.asked).toEqual([]);
    expect(lines()).toEqual(['A1 withheld recovered', 'A1 withheld overtaken']);
  });

  test('many closings at once reach the desktop eight at a time, each exactly once', async () => {
    const ids = Array.from({ length: 50 }, (_, at) => `A${at + 1}` as const);
    const { announcer, presenter } = setUp();
    presenter.leftBehind = ids;
    await announcer.begin();
    presenter.hold = true;
    await until(() => presenter.mostAtOnce === 8);
    presenter.release();
    await announcer.idle();
    expect(presenter.mostAtOnce).toBe(8);
    expect(presenter.asked.toSorted()).toEqual(ids.map((id) => `close ${id}`).toSorted());
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
    presenter.activate({ toastId: 'A5', action });
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
  const acknowledged = sampleAlert({ id: 'A2', state: 'acknowledged', acknowledgedAt: sampleNow });
  const low = sampleAlert({ id: 'A3', priority: 'low' });
  const snoozed = sampleAlert({ id: 'A4', snoozedUntil: sampleNow + 60_000 });

  test('give way to one summary of what is open; those of alerts that are over go without a word', async () => {
    const { announcer, presenter, lines } = setUp({ alerts: [sampleAlert(), acknowledged, low, snoozed] });
    presenter.leftBehind = ['A1', 'A2', 'A3', 'A4', 'A5'];
    await announcer.begin();
    await announcer.idle();
    expect([...presenter.up]).toEqual(['summary']);
    expect(presenter.toasts.map(({ title }) => title)).toEqual(['1 open: 1 critical']);
    expect(lines()).toEqual(['A1 notified restated-at-start']);
  });

  test('a summary of nothing that is still open goes', async () => {
    const { announcer, presenter, records } = setUp({ alerts: [acknowledged] });
    presenter.leftBehind = ['summary', 'hearing'];
    await announcer.begin();
    await announcer.idle();
    expect(presenter.asked).toEqual(['close summary', 'close hearing']);
    expect(records).toEqual([]);
  });

  test('stay where nothing is restated because it is quiet', async () => {
    const { announcer, presenter, state, lines } = setUp({ alerts: [sampleAlert({ priority: 'medium' })] });
    state.quietUntil = Date.now() + 60_000;
    presenter.leftBehind = ['A1'];
    await announcer.begin();
    await announcer.idle();
    expect(presenter.asked).toEqual([]);
    expect(lines()).toEqual(['A1 withheld quiet-for-now']);
    await announcer.stop();
  });

  test('are closed when the recovery comes before the desktop has said what is up', async () => {
    const { announcer, presenter, change } = setUp({ alerts: [sampleAlert()] });
    presenter.leftBehind = ['A1'];
    presenter.hold = true;
    const begun = announcer.begin();
    change('resolved', ['A1'], { state: 'resolved', resolvedAt: sampleNow, resolvedBy: 'recovery' });
    presenter.release();
    await begun;
    await announcer.idle();
    expect(presenter.up.size).toBe(0);
  });

  test('an alert that was announced meanwhile keeps its toast', async () => {
    const { announcer, presenter, fire } = setUp();
    presenter.leftBehind = ['A1'];
    const begun = announcer.begin();
    fire(1);
    await begun;
    await announcer.idle();
    expect(presenter.asked).toEqual(['show A1']);
  });

  test('go when we quit', async () => {
    const { announcer, presenter } = setUp({ alerts: [sampleAlert()] });
    presenter.leftBehind = ['A1'];
    await announcer.begin();
    await announcer.idle();
    await announcer.stop();
    expect(presenter.up.size).toBe(0);
    expect(presenter.asked.at(-1)).toBe('stop');
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
