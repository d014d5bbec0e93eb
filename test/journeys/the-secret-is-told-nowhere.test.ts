import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

/** Of every file in the data folder that is not Chromium's own and not the one where secrets live. */
function filesHolding(dir: string, words: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name !== 'secrets.json')
    .map((file) => path.join(file.parentPath, file.name))
    .filter((file) => readFileSync(file).includes(words));
}

test('the secret of a source is in no log, no diagnostics, no toast, no tray menu and no text of the window', async () => {
  const app = await desktop.launch('--hidden');
  const [source] = await app.call('listSources', {});
  if (source === undefined) throw new Error('There is no source.');
  const { localUrl } = await app.call('sourceAddress', { id: source.id });
  const secret = new URL(localUrl).pathname.split('/').at(-1) ?? '';
  expect(secret.length).toBeGreaterThan(16);

  // Understood, not understood, refused, and a message that carries its own address.
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'ordinary' });
  await desktop.notifications.toast('ordinary');
  await fetch(localUrl, { method: 'POST', body: 'nothing that anybody knows' });
  await fetch(`${localUrl}x`, { method: 'POST', body: 'wrong' });
  await app.call('sendTestAlert', {});
  const menu = await desktop.trayMenu('ordinary');
  const diagnostics = await app.call('diagnostics', {});
  await desktop.launchAgain();
  const page = await app.page();
  const screens: string[] = [];
  for (const name of ['Alerts', 'Sources', 'Deliveries', 'Settings']) {
    await page.getByRole('navigation').getByRole('button', { name }).click();
    await page.waitForTimeout(300);
    screens.push(await page.locator('body').innerText());
  }
  await app.end('SIGTERM');

  const told = { toasts: desktop.notifications.notified, menu, diagnostics, screens };
  for (const [where, what] of Object.entries(told)) expect(JSON.stringify(what), where).not.toContain(secret);
  expect(filesHolding(desktop.dataDir, secret)).toEqual([]);
}, 60_000);
