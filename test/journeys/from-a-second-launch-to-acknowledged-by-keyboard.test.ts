import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { refusalText } from '../../shared/text/refusal-text.ts';
import { settingsText } from '../../shared/text/settings-text.ts';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

const settings = settingsText.en;

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

async function fire(app: DesktopApp, name: string, level: string): Promise<void> {
  await app.deliver({ state: 'firing', level, at: Date.now(), name });
}

/** Presses keys until the alert is acknowledged; how many it took. */
async function press(page: Page, app: DesktopApp, words: string, keys: readonly string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  await app.alert(words, ({ state }) => state === 'acknowledged');
  return keys.length;
}

const focusedRow = (page: Page): Promise<string> =>
  until(() => page.evaluate(() => document.activeElement?.closest('[role="row"]')?.textContent ?? null));

test('the window opens with the focus on the worst alert: one key acknowledges it', async () => {
  const app = await desktop.launch('--hidden');
  await fire(app, 'slow-disk', 'WARN');
  await fire(app, 'orders-down', 'CRITICAL');
  await app.alert('orders-down');
  await desktop.launchAgain();
  const page = await app.page();
  expect(await focusedRow(page)).toContain('orders-down');
  expect(await press(page, app, 'orders-down', ['a'])).toBeLessThanOrEqual(4);
  expect((await app.alert('slow-disk')).state).toBe('open');
});

test('the second row takes two keys, and from the settings it takes no more than four', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  // The worst comes first, so that no other row is ever the current one.
  await fire(app, 'orders-down', 'CRITICAL');
  await page.getByRole('row').filter({ hasText: 'orders-down' }).waitFor();
  await fire(app, 'slow-disk', 'WARN');
  await page.getByRole('row').filter({ hasText: 'slow-disk' }).waitFor();
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await desktop.launchAgain();
  await page.keyboard.press('Escape');
  expect(await focusedRow(page)).toContain('orders-down');
  expect(1 + (await press(page, app, 'slow-disk', ['ArrowDown', 'a']))).toBeLessThanOrEqual(4);
});

test('the focus stays where a person has put it', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await fire(app, 'slow-disk', 'WARN');
  await page.getByRole('row').filter({ hasText: 'slow-disk' }).waitFor();
  await page.getByRole('searchbox').focus();
  await fire(app, 'orders-down', 'CRITICAL');
  await page.getByRole('row').filter({ hasText: 'orders-down' }).waitFor();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
  // Spoken instead.
  await page
    .locator('[aria-live="assertive"]')
    .filter({ hasText: 'orders-down' })
    .waitFor({ state: 'attached' });
});

test('from keys that work everywhere it takes two', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  const choose = page.getByRole('button', { name: settings.shortcutChoose });
  await choose.click();
  await page.getByRole('button', { name: settings.shortcutPress }).waitFor();
  await page.keyboard.press('Escape');
  await choose.click();
  await page.keyboard.press('Control+Alt+F9');
  await until(async () => (await app.call('getSettings', {})).shortcut === 'Control+Alt+F9');
  const has = (keys: string): Promise<boolean> =>
    app.electron.evaluate(({ globalShortcut }, wanted) => globalShortcut.isRegistered(wanted), keys);
  expect(await has('Control+Alt+F9')).toBe(true);
  // Keys that another program has are refused, and those from before stay.
  await app.electron.evaluate(({ globalShortcut }) =>
    globalShortcut.register('Control+Alt+F8', () => undefined),
  );
  await page.getByRole('button', { name: settings.shortcutChoose }).click();
  await page.keyboard.press('Control+Alt+F8');
  await page.getByRole('alert').filter({ hasText: refusalText.en.shortcut }).waitFor();
  expect((await app.call('getSettings', {})).shortcut).toBe('Control+Alt+F9');
  expect(await has('Control+Alt+F9')).toBe(true);
  await app.end('SIGTERM');

  // What the system would call when the keys are pressed: no test can press keys outside of the page.
  const again = await desktop.launch('--hidden');
  await fire(again, 'orders-down', 'CRITICAL');
  await again.alert('orders-down');
  await again.call('updateSettings', { changes: { shortcut: '' } });
  await again.electron.evaluate(({ globalShortcut }) => {
    const register = globalShortcut.register.bind(globalShortcut);
    globalShortcut.register = (keys, onPress) => {
      Object.assign(globalThis, { pressShortcut: onPress });
      return register(keys, onPress);
    };
  });
  await again.call('updateSettings', { changes: { shortcut: 'Super+F9' } });
  await again.electron.evaluate(() =>
    (globalThis as unknown as { pressShortcut: () => void }).pressShortcut(),
  );
  const shown = await again.page();
  expect(await focusedRow(shown)).toContain('orders-down');
  expect(1 + (await press(shown, again, 'orders-down', ['a']))).toBeLessThanOrEqual(4);
});
