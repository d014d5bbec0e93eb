import { afterEach, beforeEach, expect, test } from 'vitest';
import { coverageScreenText } from '../../shared/text/coverage-screen-text.ts';
import { onCallScreenText } from '../../shared/text/on-call-screen-text.ts';
import { windowText } from '../../shared/text/window-text.ts';
import { axeFindings } from '../fakes/axe-findings.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

const c = coverageScreenText.en;
const t = onCallScreenText.en;

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('from the top bar for eight hours, off on the Coverage screen, and the hand-over is there to copy', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'handed over' });
  await page.getByRole('row').filter({ hasText: 'handed over' }).waitFor();

  // By keyboard: the menu opens on the chip, and the first choice is for eight hours.
  await page.getByRole('button', { name: t.offCall }).press('Enter');
  await page.getByRole('menuitem', { name: t.until.hours8 }).press('Enter');
  const onCall = await until(async () => (await app.call('health', {})).onCall);
  expect((onCall.until ?? 0) - onCall.since).toBeGreaterThan(8 * 3_600_000 - 60_000);
  await page.getByRole('button', { name: t.onCall }).waitFor();

  await page.getByRole('navigation').getByRole('button', { name: c.title }).click();
  await page.getByRole('heading', { name: t.onCall, exact: true }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: t.switchOff }).click();
  await page.getByText(c.handOverReady).waitFor();
  expect(await page.locator('.hand-over pre').innerText()).toContain('handed over');
  expect((await app.call('health', {})).onCall).toBeNull();

  await page.getByRole('button', { name: c.copyMarkdown }).click();
  await page.getByText(windowText.en.copied).waitFor();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toContain('handed over');
});
