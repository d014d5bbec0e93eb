import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('a replaced store is told in the window until it is put away, and Settings shows what it holds', async () => {
  const first = await desktop.launch();
  await first.end('SIGTERM');
  writeFileSync(path.join(desktop.dataDir, 'tocsin.db'), 'a shopping list '.repeat(500));

  const second = await desktop.launch();
  const page = await second.page();
  const bar = page.getByRole('status').filter({ hasText: 'could not be read' });
  await bar.waitFor();
  expect(await bar.textContent()).toContain('damaged-');
  expect(
    (await second.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'heard' })).status,
  ).toBe(200);
  await page.getByRole('button', { name: 'Settings' }).click();
  const storage = page.getByRole('region', { name: 'Storage' });
  await storage.getByText('1 unresolved, 0 resolved').waitFor();
  await storage.getByText('None yet').waitFor();
  await bar.getByRole('button', { name: 'Dismiss' }).click();
  await bar.waitFor({ state: 'detached' });
  expect((await second.call('health', {})).notices).toEqual([]);
});
