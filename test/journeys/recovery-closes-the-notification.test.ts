import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

/** A sample recovers twelve minutes after it fired. */
const lastedMs = 12 * 60_000;

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('OK closes the toast over the bus, resolves the row and quiets the tray', async () => {
  const app = await desktop.launch('--hidden');
  const firedAt = Date.now() - lastedMs;
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: firedAt, name: 'replica-lag' });
  const { number } = await desktop.notifications.toast('replica-lag');
  await desktop.launchAgain();
  const page = await app.page();
  const openRow = page.locator('.row[data-place="open"]').filter({ hasText: 'replica-lag' });
  await openRow.waitFor();

  await app.deliver({ state: 'recovered', level: 'CRITICAL', at: firedAt + lastedMs, name: 'replica-lag' });

  await until(() => desktop.notifications.closeCalls.includes(number));
  expect(desktop.notifications.shown.size).toBe(0);
  const alert = await app.alert('replica-lag', ({ state }) => state === 'resolved');
  expect(alert.resolvedBy).toBe('recovery');
  expect(await desktop.trayMenu('Nothing urgent')).not.toContain('replica-lag');
  // The row may stay where it is while the focus is inside the list, but it says that it is over.
  await openRow.waitFor({ state: 'detached' });
  expect(desktop.notifications.notified).toHaveLength(1);
});

test('the next firing after OK is a new alert with a toast of its own', async () => {
  const app = await desktop.launch('--hidden');
  const firedAt = Date.now() - lastedMs - 1000;
  await app.deliver({ state: 'firing', level: 'WARN', at: firedAt, name: 'flapping' });
  await desktop.notifications.toast('flapping');
  await app.deliver({ state: 'recovered', level: 'WARN', at: firedAt + lastedMs, name: 'flapping' });
  const first = await app.alert('flapping', ({ state }) => state === 'resolved');
  await app.deliver({ state: 'firing', level: 'WARN', at: firedAt + lastedMs + 1000, name: 'flapping' });
  const second = await app.alert('flapping', ({ state }) => state === 'open');
  expect(second.id).not.toBe(first.id);
  expect(second.episode).toBe(first.episode + 1);
  await until(() => desktop.notifications.notified.length === 2);
});
