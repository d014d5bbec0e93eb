import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
afterEach(() => desktop.close());

describe('on a desktop without a tray host', () => {
  beforeEach(async () => {
    desktop = await Desktop.open({ tray: false });
  });

  test('the app starts hidden, notifies, and a second launch shows the window with the alert', async () => {
    const app = await desktop.launch('--hidden');
    expect(await app.visibleWindows()).toBe(0);
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'no-tray' });
    await desktop.notifications.toast('no-tray');

    const again = await desktop.launchAgain();
    expect(again.code).toBe(0);
    await until(async () => (await app.visibleWindows()) === 1);
    await (await app.page()).getByRole('row').filter({ hasText: 'no-tray' }).waitFor();
  });

  test('closing the window strands nobody: the app goes on and a second launch brings it back', async () => {
    const app = await desktop.launch();
    await app.page();
    await app.closeWindow();
    expect(app.hasEnded).toBe(false);
    expect((await app.call('health', {})).hearing.state).toBe('hearing');
    await desktop.launchAgain();
    await until(async () => (await app.visibleWindows()) === 1);
  });
});

describe('on a desktop with a tray', () => {
  beforeEach(async () => {
    desktop = await Desktop.open();
  });

  test('closing hides to the tray, whose icon and menu bring the window back', async () => {
    const app = await desktop.launch();
    await app.page();
    await app.closeWindow();
    await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'while-closed' });
    await desktop.trayMenu('1 medium');
    await desktop.tray.choose(await desktop.tray.item(), 'Open Tocsin');
    await (await app.page()).getByRole('row').filter({ hasText: 'while-closed' }).waitFor();
  });

  test('Show in the menu opens the window on that alert', async () => {
    const app = await desktop.launch('--hidden');
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'shown-from-tray' });
    await desktop.trayMenu('shown-from-tray');
    await desktop.tray.choose(await desktop.tray.item(), 'shown-from-tray', 'Show');
    await (await app.page()).getByRole('heading', { name: /shown-from-tray/ }).waitFor();
  });

  test('Quit in the menu ends the app', async () => {
    const app = await desktop.launch('--hidden');
    await desktop.trayMenu('Quit');
    await desktop.tray.choose(await desktop.tray.item(), 'Quit');
    await until(() => app.hasEnded);
    expect(app.process.exitCode).toBe(0);
  });
});

test('a second launch with --hidden, as autostart does, leaves the running app alone', async () => {
  desktop = await Desktop.open();
  const app = await desktop.launch('--hidden');
  const again = await desktop.launchAgain('--hidden');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('running already') });
  expect(await app.visibleWindows()).toBe(0);
});
