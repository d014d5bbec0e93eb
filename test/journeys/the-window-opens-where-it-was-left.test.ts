import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

const bounds = (app: DesktopApp) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds() ?? null);

test('size and place survive closing the window and quitting the app', async () => {
  const left = { x: 120, y: 90, width: 720, height: 500 };
  const first = await desktop.launch();
  await first.page();
  expect(await bounds(first)).toMatchObject({ width: 960, height: 640 });
  await first.electron.evaluate(
    ({ BrowserWindow }, given) => BrowserWindow.getAllWindows()[0]?.setBounds(given),
    left,
  );
  await until(async () => (await bounds(first))?.width === left.width);

  await first.closeWindow();
  await desktop.launchAgain();
  await until(async () => (await first.visibleWindows()) === 1);
  expect(await bounds(first)).toEqual(left);

  await first.end('SIGTERM');
  const second = await desktop.launch();
  await second.page();
  expect(await bounds(second)).toEqual(left);
});
