import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('a firing callback becomes a toast, a count in the tray and a row in the window', async () => {
  const app = await desktop.launch('--hidden');
  await desktop.trayMenu('Nothing urgent');

  const answer = await app.deliver({
    state: 'firing',
    level: 'CRITICAL',
    at: Date.now(),
    name: 'orders-cpu',
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ status: 'stored' });

  const toast = await desktop.notifications.toast('orders-cpu');
  expect(toast.hints['urgency']).toBe(2);
  expect(toast.expireTimeout).toBe(0);
  expect(toast.actions.map(({ name }) => name)).toContain('acknowledge');
  expect(await desktop.trayMenu('1 critical')).toContain('orders-cpu');

  await desktop.launchAgain();
  const page = await app.page();
  const row = page.getByRole('row').filter({ hasText: 'orders-cpu' });
  await row.waitFor();
  expect(await row.count()).toBe(1);

  const { id } = await app.alert('orders-cpu');
  const { timeline } = await app.call('getAlert', { id });
  expect(timeline.map(({ kind, reason }) => `${kind} ${reason}`)).toContain('notified opened');
});

test('while a person looks at the list there is no toast, and the timeline says so', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await page.getByRole('main').first().waitFor();
  // No window manager hands out the focus here; this is what one does.
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focus());
  await until(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() !== null));

  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'watched-cpu' });
  await page.getByRole('row').filter({ hasText: 'watched-cpu' }).waitFor();
  const { id } = await app.alert('watched-cpu');
  const entry = await until(async () =>
    (await app.call('getAlert', { id })).timeline.find(({ kind }) => kind === 'withheld'),
  );
  expect(entry.reason).toBe('window-watched');
  expect(desktop.notifications.notified).toHaveLength(0);
});
