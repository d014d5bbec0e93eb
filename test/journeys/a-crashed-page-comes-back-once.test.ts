import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

const windows = (app: DesktopApp) =>
  app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

async function crash(app: DesktopApp): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
}

/** What the window's document says, asked in the page itself. */
const bodyText = (app: DesktopApp) =>
  app.electron.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents;
    if (page === undefined || page.isCrashed() || page.isLoading()) return '';
    // A page that crashes meanwhile never answers.
    const late = new Promise((resolve) => setTimeout(resolve, 500, ''));
    return String(await Promise.race([page.executeJavaScript('document.body.innerText'), late]));
  });

test('the first crash reloads the page, the second closes the window, and the app goes on hearing', async () => {
  const app = await desktop.launch();
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'crash-test' });
  await until(async () => (await bodyText(app)).includes('crash-test'), 10_000);

  await crash(app);
  await until(async () => (await bodyText(app)).includes('crash-test'), 10_000);
  expect(await windows(app)).toBe(1);

  await crash(app);
  await until(async () => (await windows(app)) === 0, 10_000);
  expect(
    (await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'after-it' })).status,
  ).toBe(200);
  await desktop.notifications.toast('after-it');

  await desktop.launchAgain();
  await until(async () => (await bodyText(app)).includes('after-it'), 10_000);
});
