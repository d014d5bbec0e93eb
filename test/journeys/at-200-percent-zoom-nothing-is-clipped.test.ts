import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { setupText } from '../../shared/text/setup-text.ts';
import { tunnelSetupText } from '../../shared/text/tunnel-setup-text.ts';
import { windowText } from '../../shared/text/window-text.ts';
import { clippedOn } from '../fakes/clipped.ts';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';

let desktop: Desktop;
afterEach(() => desktop.close());

/** The window as it opens first, everything in it twice as large: 480 by 320 px are left. */
async function enlarge(app: DesktopApp): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(960, 640);
    window?.webContents.setZoomFactor(2);
  });
  await (await app.page()).waitForFunction(() => Math.abs(innerWidth - 480) < 2);
}

async function goTo(page: Page, at: number): Promise<void> {
  await page.getByRole('navigation').getByRole('button').nth(at).click();
  await page.waitForTimeout(300);
}

describe.each(['en', 'zh-CN'] as const)('twice as large, in %s', (language) => {
  test('no screen cuts words off, and the list keeps room for rows', async () => {
    desktop = await Desktop.open();
    const app = await desktop.launch();
    const page = await app.page();
    await app.call('updateSettings', { changes: { language } });
    await page.locator(`html[lang="${language}"]`).waitFor();
    await app.deliver({
      state: 'firing',
      level: 'CRITICAL',
      at: Date.now(),
      name: 'A name that is longer than any window is wide, as people write them',
    });
    const added = await app.call('addSource', { kind: 'universal', name: 'Scripts of the platform team' });
    await fetch(added.localUrl, { method: 'POST', body: 'nothing that anybody knows' });
    await enlarge(app);
    const found: Record<string, readonly string[]> = {};
    for (const [at, name] of ['alerts', 'sources', 'deliveries', 'coverage', 'settings'].entries()) {
      await goTo(page, at);
      found[name] = await clippedOn(page);
    }
    await goTo(page, 1);
    for (const fold of await page.locator('details.fold > summary').all()) await fold.click();
    found['sources, unfolded'] = await clippedOn(page);
    await goTo(page, 2);
    await page.locator('.delivery-row').first().click();
    await page.waitForTimeout(300);
    found['delivery'] = await clippedOn(page);
    await goTo(page, 0);
    const row = page.getByRole('row').first();
    const list = await page.getByRole('grid').boundingBox();
    expect(list?.height).toBeGreaterThan(2 * ((await row.boundingBox())?.height ?? 0) * 0.9);
    await row.click();
    await page.getByRole('button', { name: windowText[language].back }).waitFor();
    found['alert'] = await clippedOn(page);
    expect(Object.entries(found).flatMap(([name, lines]) => lines.map((line) => `${name}: ${line}`))).toEqual(
      [],
    );
  }, 60_000);

  test('nor does the first run', async () => {
    desktop = await Desktop.open({ firstRun: true });
    const app = await desktop.launch();
    const page = await app.page();
    await app.call('updateSettings', { changes: { language } });
    const t = setupText[language];
    await page.getByRole('heading', { name: t.welcome }).waitFor();
    await enlarge(app);
    expect(await clippedOn(page)).toEqual([]);
    await page.getByRole('button', { name: t.next }).click();
    await page.getByRole('heading', { name: tunnelSetupText[language].setupStep }).waitFor();
    for (const way of await page.getByRole('radio').all()) {
      await way.check();
      expect(await clippedOn(page)).toEqual([]);
    }
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: t.next }).click();
    await page.getByRole('heading', { name: t.address }).waitFor();
    expect(await clippedOn(page)).toEqual([]);
    await page.getByRole('button', { name: t.next }).click();
    await page.getByRole('button', { name: t.testSend }).click();
    await page.locator('.stations li[data-state="lit"]').nth(3).waitFor();
    expect(await clippedOn(page)).toEqual([]);
    for (const no of await page.locator('.segment').filter({ hasText: t.no }).all()) await no.click();
    expect(await clippedOn(page)).toEqual([]);
  }, 60_000);
});
