import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

/** A sample recovers twelve minutes after it fired. */
const lastedMs = 12 * 60_000;

let desktop: Desktop;
let firedAt: number;
beforeEach(async () => {
  desktop = await Desktop.open();
  firedAt = Date.now() - lastedMs;
});
afterEach(() => desktop.close());

/** A critical toast on the screen whose process was killed, and the process after it. */
async function crashWithToast(name: string): Promise<{ number: number; next: DesktopApp }> {
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: firedAt, name });
  const { number } = await desktop.notifications.toast(name);
  const { id } = await app.alert(name);
  await until(async () =>
    (await app.call('getAlert', { id })).timeline.some(({ kind }) => kind === 'notified'),
  );
  await app.end('SIGKILL');
  const next = await desktop.launch('--hidden');
  expect([...desktop.notifications.shown.keys()]).toEqual([number]);
  return { number, next };
}

test('OK after kill -9 and a restart closes the toast of the process before', async () => {
  const { number, next } = await crashWithToast('shard-lag');
  await next.deliver({ state: 'recovered', level: 'CRITICAL', at: firedAt + lastedMs, name: 'shard-lag' });
  await until(() => desktop.notifications.closeCalls.includes(number));
  expect(desktop.notifications.shown.size).toBe(0);
  expect(desktop.notifications.notified).toHaveLength(1);
});

test('the button of a toast of the process before acknowledges', async () => {
  const { number, next } = await crashWithToast('queue-depth');
  // The control socket answers before the desktop has been asked whose toasts are up.
  await until(async () => {
    desktop.notifications.press(number, 'acknowledge');
    return (await next.alert('queue-depth')).state === 'acknowledged';
  });
});

test('a toast whose alert is over before we come back goes by itself', async () => {
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: firedAt, name: 'dead-letter' });
  const { number } = await desktop.notifications.toast('dead-letter');
  const { id } = await app.alert('dead-letter');
  await until(async () =>
    (await app.call('getAlert', { id })).timeline.some(({ kind }) => kind === 'notified'),
  );
  // The daemon hangs, so that the close never reaches the screen before the crash.
  desktop.notifications.silent = true;
  await app.call('acknowledgeAlerts', { ids: [id] });
  await app.end('SIGKILL');
  desktop.notifications.forgetHeld();
  expect(desktop.notifications.shown.has(number)).toBe(true);
  await desktop.launch('--hidden');
  await until(() => desktop.notifications.shown.size === 0);
  expect(desktop.notifications.closeCalls).toEqual([number]);
});
