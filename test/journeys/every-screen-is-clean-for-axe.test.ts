import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

/** What axe-core finds on the page as it is, one line each. */
async function findings(page: Page): Promise<string[]> {
  // Through the debugger, which the page's content security policy does not concern.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: onPage } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await onPage.run(document);
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
  });
}

test('first run, list with detail, sources, deliveries and settings, light and dark', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await page.getByRole('heading').first().waitFor();
  expect(await findings(page)).toEqual([]);

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
    for (const screen of ['Sources', 'Deliveries', 'Settings', 'Alerts']) {
      await page.getByRole('navigation').getByRole('button', { name: screen }).click();
      // A list that is opened anew shows every row, wherever the display's own pointer happens to rest and hold it.
      if (screen === 'Alerts') await page.getByRole('row').filter({ hasText: 'three' }).waitFor();
      await page.waitForTimeout(300);
      expect(await findings(page), `${screen}, ${theme}`).toEqual([]);
    }
  }
});
