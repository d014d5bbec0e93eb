import { afterEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
afterEach(() => desktop.close());

const settle = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));

test('a page that confirms plays it, and the toast is silent', async () => {
  desktop = await Desktop.open();
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'loud' });
  const toast = await desktop.notifications.toast('loud');
  expect(toast.hints).toMatchObject({ 'suppress-sound': true });
  await settle(3000);
  expect(desktop.notifications.notified).toHaveLength(1);
  // The sound is made in no window, so nothing can have taken the focus.
  expect(await app.visibleWindows()).toBe(0);
  expect(await app.call('playSound', { name: 'medium' })).toBe('played');
});

test('the page goes soon after the last sound, and the next one is heard all the same', async () => {
  desktop = await Desktop.open();
  const app = await desktop.launch('--hidden');
  const pages = (): Promise<number> =>
    app.electron.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  for (const name of ['medium', 'critical'] as const) {
    expect(await app.call('playSound', { name })).toBe('played');
    expect(await pages()).toBe(1);
    await until(async () => (await pages()) === 0, 12_000);
  }
}, 40_000);

test('a page that finds no device does not: the toast is shown once more, with the sound of the desktop', async () => {
  desktop = await Desktop.open({ audio: false });
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'mute-box' });
  const first = await desktop.notifications.toast('mute-box');
  const second = await until(() => desktop.notifications.notified[1], 5000);
  expect(second).toMatchObject({ number: first.number, replaces: first.number, summary: first.summary });
  expect(second.hints).toMatchObject({ 'sound-name': 'alarm-clock-elapsed' });
  expect(second.hints).not.toHaveProperty('suppress-sound');
});

test('a page that hangs does not either', async () => {
  desktop = await Desktop.open();
  const app = await desktop.launch('--hidden');
  await app.electron.evaluate(({ app: main }) => {
    main.on('web-contents-created', (_event, contents) => {
      contents.on(
        'dom-ready',
        () => void contents.executeJavaScript('window.playSound = () => new Promise(() => 0); 0'),
      );
    });
  });
  const from = performance.now();
  await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'hanging' });
  const second = await until(() => desktop.notifications.notified[1], 6000);
  expect(second.hints).toMatchObject({ 'sound-name': 'message-new-instant' });
  expect(performance.now() - from).toBeGreaterThan(1900);
});

test('with sounds off nothing sounds and nothing is asked to', async () => {
  desktop = await Desktop.open({ audio: false });
  const app = await desktop.launch('--hidden');
  await app.call('updateSettings', { changes: { sounds: false } });
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'silent' });
  const toast = await desktop.notifications.toast('silent');
  expect(toast.hints).toMatchObject({ 'suppress-sound': true });
  await settle(3000);
  expect(desktop.notifications.notified).toHaveLength(1);
  expect(await app.call('playSound', { name: 'critical' })).toBe('muted');
});
