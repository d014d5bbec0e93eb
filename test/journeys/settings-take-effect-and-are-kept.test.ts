import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settingsText } from '../../shared/text/settings-text.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

const t = settingsText.en;

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: t.groups.system }).waitFor();
}

/** A port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a change is marked, applies at once, is there after a restart, and can be reset', async () => {
  const first = await desktop.launch();
  const page = await first.page();
  await openSettings(page);
  expect(await page.getByText(t.changed, { exact: true }).count()).toBe(0);

  await page.getByRole('switch', { name: t.critical }).click();
  await page.getByText(t.criticalWarning).waitFor();
  await page.getByRole('combobox', { name: t.reminders }).selectOption('15');
  await page.getByRole('switch', { name: t.quietHours }).click();
  await page.getByRole('switch', { name: t.quietHours, checked: true }).waitFor();
  await page.getByLabel(t.from, { exact: true }).selectOption('23:30');
  await until(async () => (await first.call('getSettings', {})).quietHours.from === '23:30');
  await until(async () => (await page.getByText(t.changed, { exact: true }).count()) === 3);
  await first.end('SIGTERM');

  const second = await desktop.launch();
  expect(await second.call('getSettings', {})).toMatchObject({
    criticalInQuietHours: false,
    reminderMinutes: 15,
    quietHours: { enabled: true, from: '23:30', to: '07:00' },
  });
  const again = await second.page();
  await openSettings(again);
  await again.getByRole('button', { name: t.resetNamed(t.reminders) }).click();
  await until(async () => (await second.call('getSettings', {})).reminderMinutes === 5);
  await until(async () => (await again.getByText(t.changed, { exact: true }).count()) === 2);
});

test('a new port is listened on as soon as it is saved', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await openSettings(page);
  const port = await freePort();
  await page.getByRole('textbox', { name: t.port }).fill(String(port));
  await page
    .getByRole('region', { name: t.groups.listening })
    .getByRole('button', { name: t.save, exact: true })
    .click();
  await page.getByText(t.portNow(port)).waitFor();
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'on the new port' });
  await app.alert('on the new port');
});

test('start at login is what the system says: written, removed, and seen when somebody else removes it', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await openSettings(page);
  const start = page.getByRole('switch', { name: t.startAtLogin });
  const entry = path.join(
    desktop.environment['XDG_CONFIG_HOME'] ?? '',
    'autostart/app.tocsin.Tocsin.desktop',
  );
  expect(await start.isChecked()).toBe(false);
  await start.click();
  await until(() => existsSync(entry));
  const text = readFileSync(entry, 'utf8');
  expect(text).toContain(`--user-data-dir=${desktop.dataDir}`);
  expect(text).not.toMatch(/inspect|remote-debugging|--port/);
  await page.getByRole('switch', { name: t.startAtLogin, checked: true }).waitFor();

  // The desktop's own settings can take it away as well.
  rmSync(entry);
  await page.getByRole('navigation').getByRole('button', { name: 'Sources' }).click();
  await openSettings(page);
  await page.getByRole('switch', { name: t.startAtLogin, checked: false }).click();
  await until(() => existsSync(entry));
  await page.getByRole('switch', { name: t.startAtLogin, checked: true }).click();
  await until(() => !existsSync(entry));
  await page.getByRole('switch', { name: t.startAtLogin, checked: false }).waitFor();
});

test('keeping the computer awake is asked of the system while on call, and given back', async () => {
  const app = await desktop.launch();
  const isHeld = () =>
    app.electron.evaluate(
      ({ powerSaveBlocker }) => powerSaveBlocker.isStarted(0) || powerSaveBlocker.isStarted(1),
    );
  expect(await isHeld()).toBe(false);
  await app.call('setOnCall', { on: true });
  await until(isHeld);
  await app.call('updateSettings', { changes: { keepAwake: false } });
  await until(async () => !(await isHeld()));
  await app.call('updateSettings', { changes: { keepAwake: true } });
  await until(isHeld);
  await app.call('setOnCall', { on: false });
  await until(async () => !(await isHeld()));
});

test('each sound can be listened to, and the diagnostics that are copied hold no secret', async () => {
  const app = await desktop.launch();
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'confidential-database' });
  const page = await app.page();
  await openSettings(page);
  await page.getByRole('button', { name: t.playNamed(t.sound.critical) }).click();
  await page.getByText(t.soundOutcome.played).waitFor();

  await page.getByRole('button', { name: t.diagnosticsCopy }).click();
  await page.getByText(t.diagnosticsCopied).waitFor();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  const [source] = await app.call('listSources', {});
  const { secret } = await app.call('sourceAddress', { id: source?.id ?? '' });
  expect(copied).toContain('tray host: present');
  expect(copied).toContain('| opened |');
  for (const telling of [secret, 'confidential-database', '/hooks/', desktop.dataDir]) {
    expect(copied).not.toContain(telling);
  }
});
