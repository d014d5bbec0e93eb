import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('after kill -9 every alert is as it was; what is open is said once in one summary, and no toast is shown again', async () => {
  const first = await desktop.launch('--hidden');
  for (const name of ['open-one', 'seen-one']) {
    await first.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name });
    await desktop.notifications.toast(name);
  }
  const open = await first.alert('open-one');
  const seen = await first.alert('seen-one');
  await first.call('acknowledgeAlerts', { ids: [seen.id], note: 'looking' });
  await until(async () =>
    (await first.call('getAlert', { id: open.id })).timeline.some(({ kind }) => kind === 'notified'),
  );
  const shownBefore = desktop.notifications.notified.length;

  await first.end('SIGKILL');
  const second = await desktop.launch('--hidden');

  expect(await second.alert('open-one')).toEqual(open);
  expect(await second.alert('seen-one')).toMatchObject({
    id: seen.id,
    state: 'acknowledged',
    acknowledgeNote: 'looking',
  });
  await desktop.trayMenu('1 critical, 1 acknowledged');
  // Whatever a restart would replay has had its turn once a new alert's toast is up.
  await second.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'new-one' });
  await desktop.notifications.toast('new-one');
  expect(desktop.notifications.notified.slice(shownBefore).map(({ summary }) => summary)).toEqual([
    '1 open: 1 critical',
    expect.stringContaining('new-one'),
  ]);
});
