import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setupText } from '../../shared/text/setup-text.ts';
import { tunnelSetupText } from '../../shared/text/tunnel-setup-text.ts';
import { axeFindings } from '../fakes/axe-findings.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

const t = setupText.en;
const w = tunnelSetupText.en;

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open({ firstRun: true });
});
afterEach(() => desktop.close());

/** Presses Tab until the focus is on what is called `name`, as a person without a mouse does. */
async function tabTo(page: Page, name: string): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const group = element?.closest('fieldset')?.querySelector('legend')?.textContent ?? '';
      const label = element?.closest('label')?.textContent ?? element?.textContent ?? '';
      return `${group} ${label}`.trim();
    });
    if (focused.includes(name)) return;
    seen.push(focused);
  }
  throw new Error(`The focus never came to "${name}", but to: ${seen.join(' / ')}`);
}

test('from the welcome to the end without a mouse: started at login, tested by the real way, cleared by itself', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await page.getByRole('heading', { name: t.welcome }).waitFor();
  await page.getByLabel(t.startAtLogin).waitFor();

  await tabTo(page, t.next);
  await page.keyboard.press('Enter');
  // The way in may be left for later.
  await page.getByRole('heading', { name: w.setupStep }).waitFor();
  await page.getByRole('radio', { name: w.ways.ngrok.name }).waitFor();
  await tabTo(page, t.next);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: t.address }).waitFor();
  expect((await app.call('desktopFacts', {})).startAtLogin.state).toBe('on');
  const entry = path.join(
    desktop.environment['XDG_CONFIG_HOME'] ?? '',
    'autostart/app.tocsin.Tocsin.desktop',
  );
  expect(readFileSync(entry, 'utf8')).toMatch(/^Exec=.*--hidden$/m);
  // The secret is covered until somebody asks.
  const [source] = await app.call('listSources', {});
  const { secret } = await app.call('sourceAddress', { id: source?.id ?? '' });
  expect(await page.locator('main').innerText()).not.toContain(secret);

  await tabTo(page, t.next);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: t.test }).waitFor();
  await tabTo(page, t.testSend);
  await page.keyboard.press('Enter');
  await page.locator('.stations li[data-state="lit"]').nth(3).waitFor();
  await until(() => desktop.notifications.shown.size === 1);

  for (const question of [t.seen, t.heard]) {
    await tabTo(page, question);
    await page.keyboard.press('Space');
  }
  await tabTo(page, t.icon);
  await page.keyboard.press('ArrowRight');
  await page.getByText(t.iconHelp.linux[0] ?? '').waitFor();

  await tabTo(page, t.next);
  await page.keyboard.press('Enter');
  await page.getByText(t.cleared).waitFor();
  await page.getByRole('heading', { name: t.notReady }).waitFor();
  await until(() => desktop.notifications.shown.size === 0);
  expect((await app.call('health', {})).counts.open.critical).toBe(0);

  await tabTo(page, t.finish);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: t.notReady }).waitFor({ state: 'detached' });
  expect(await app.call('getSettings', {})).toMatchObject({ setupDone: true });
});

test('it is not offered twice, but can be opened again from Settings', async () => {
  const first = await desktop.launch();
  await (await first.page()).getByRole('button', { name: t.leave }).click();
  await until(async () => (await first.call('getSettings', {})).setupDone);
  await first.end('SIGTERM');

  const second = await desktop.launch();
  const page = await second.page();
  await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Run it again' }).click();
  await page.getByRole('heading', { name: t.welcome }).waitFor();
  // Now the truth is shown, and nothing is offered as chosen.
  await page.getByLabel(t.startAtLogin).waitFor();
  expect(await page.getByLabel(t.startAtLogin).isChecked()).toBe(false);
});

test('an alert that comes before anybody has begun is shown, not the set-up', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await page.getByRole('heading', { name: t.welcome }).waitFor();
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'no time for this' });
  await page.getByRole('row').filter({ hasText: 'no time for this' }).waitFor();
});

test('axe-core finds nothing on any step, with every help open', async () => {
  const page = await (await desktop.launch()).page();
  await page.getByLabel(t.startAtLogin).waitFor();
  expect(await axeFindings(page), 'welcome').toEqual([]);
  const goOn = page.getByRole('button', { name: t.next });
  await goOn.click();
  for (const way of Object.values(w.ways)) {
    await page.getByRole('radio', { name: way.name }).check();
    expect(await axeFindings(page), way.name).toEqual([]);
  }
  await goOn.click();
  await page.getByRole('heading', { name: t.address }).waitFor();
  expect(await axeFindings(page), 'address').toEqual([]);
  await goOn.click();
  await page.getByRole('button', { name: t.testSend }).click();
  await page.locator('.stations li[data-state="lit"]').nth(3).waitFor();
  for (const no of await page.getByText(t.no, { exact: true }).all()) await no.click();
  await page.getByText(t.iconHelp.linux[0] ?? '').waitFor();
  expect(await axeFindings(page), 'test').toEqual([]);
  await goOn.click();
  await page.getByText(t.cleared).waitFor();
  expect(await axeFindings(page), 'done').toEqual([]);
});
