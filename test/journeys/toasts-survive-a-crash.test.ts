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

/** A critical toast on the screen whose process was killed, and the process after it, whose summary stands for it. */
async function crashWithToast(name: string): Promise<{ number: number; summary: number; next: DesktopApp }> {
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: firedAt, name });
  const { number } = await desktop.notifications.toast(name);
  const { id } = await app.alert(name);
  await until(async () =>
    (await app.call('getAlert', { id })).timeline.some(({ kind }) => kind === 'notified'),
  );
  await app.end('SIGKILL');
  const next = await desktop.launch('--hidden');
  const { number: summary } = await desktop.notifications.toast('1 open: 1 critical');
  await until(() => !desktop.notifications.shown.has(number));
  return { number, summary, next };
}

test('after kill -9 and a restart one summary takes the place of the toast, and OK closes it', async () => {
  const { summary, next } = await crashWithToast('shard-lag');
  await next.deliver({ state: 'recovered', level: 'CRITICAL', at: firedAt + lastedMs, name: 'shard-lag' });
  await until(() => desktop.notifications.closeCalls.includes(summary));
  expect(desktop.notifications.shown.size).toBe(0);
  expect(desktop.notifications.notified).toHaveLength(2);
});

test.each(['number', 'summary'] as const)(
  'after it the button of the toast of the process before (%s) or of its successor acknowledges',
  async (which) => {
    const { next, ...numbers } = await crashWithToast('queue-depth');
    desktop.notifications.press(numbers[which], 'acknowledge');
    await next.alert('queue-depth', ({ state }) => state === 'acknowledged');
  },
);

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
