import { afterEach, beforeEach, expect, test } from 'vitest';
import { axeFindings } from '../fakes/axe-findings.ts';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('first run, list with detail, sources, deliveries, coverage and settings, light and dark', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await page.getByRole('heading').first().waitFor();
  expect(await axeFindings(page)).toEqual([]);

  for (const [name, level] of [
    ['one', 'CRITICAL'],
    ['two', 'WARN'],
    ['three', 'INFO'],
  ] as const) {
    await app.deliver({ state: 'firing', level, at: Date.now(), name });
  }
  await page.getByRole('row').filter({ hasText: 'one' }).waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await app.call('updateSettings', { changes: { theme } });
    await page.locator(`html[data-theme="${theme}"]`).waitFor();
    for (const screen of ['Sources', 'Deliveries', 'Coverage', 'Settings', 'Alerts']) {
      await page.getByRole('navigation').getByRole('button', { name: screen }).click();
      // A list that is opened anew shows every row, wherever the display's own pointer happens to rest and hold it.
      if (screen === 'Alerts') await page.getByRole('row').filter({ hasText: 'three' }).waitFor();
      await page.waitForTimeout(300);
      expect(await axeFindings(page), `${screen}, ${theme}`).toEqual([]);
    }
  }
});
