import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('while it is quiet a medium alert waits and a critical one goes through; the end says once what is still open', async () => {
  const app = await desktop.launch('--hidden');
  expect(await app.call('setQuiet', { until: Date.now() + 8000 })).toMatchObject({ reason: 'quiet-for-now' });
  await desktop.trayMenu('quiet until');
  for (const name of ['slow-one', 'slow-two']) {
    await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name });
  }
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'burning' });
  await desktop.notifications.toast('burning');
  const { id } = await app.alert('slow-one');
  const reasons = async (): Promise<string[]> =>
    (await app.call('getAlert', { id })).timeline
      .filter(({ kind }) => kind === 'notified' || kind === 'withheld')
      .map(({ kind, reason }) => `${kind} ${reason}`);
  await until(async () => (await reasons()).includes('withheld quiet-for-now'));
  expect(desktop.notifications.notified).toHaveLength(1);

  const wrapUp = await until(
    () => desktop.notifications.notified.find(({ summary }) => summary === '2 open: 2 medium'),
    12_000,
  );
  expect(wrapUp.body).toContain('The quiet time is over.');
  await until(async () => (await reasons()).includes('notified quiet-over'));
  expect(await desktop.trayMenu('Quiet for now')).not.toContain('quiet until');
  expect((await app.call('health', {})).quiet).toBeNull();
});

test('the quiet chosen in the tray outlives a restart and is ended there', async () => {
  const first = await desktop.launch('--hidden');
  await desktop.trayMenu('Quiet for now');
  await desktop.tray.choose(await desktop.tray.item(), 'Quiet for now', 'For 30 min');
  const quiet = await until(async () => (await first.call('health', {})).quiet);
  await first.end('SIGTERM');

  const second = await desktop.launch('--hidden');
  expect((await second.call('health', {})).quiet).toEqual(quiet);
  await desktop.trayMenu('End the quiet time');
  await desktop.tray.choose(await desktop.tray.item(), 'End the quiet time');
  await until(async () => (await second.call('health', {})).quiet === null);
});
