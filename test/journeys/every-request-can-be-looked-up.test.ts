import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
let app: DesktopApp;
let page: Page;
let url: string;
beforeEach(async () => {
  desktop = await Desktop.open();
  app = await desktop.launch();
  page = await app.page();
  const [source] = await app.call('listSources', {});
  ({ localUrl: url } = await app.call('sourceAddress', { id: source?.id ?? '' }));
});
afterEach(() => desktop.close());

const rows = () => page.locator('[role="option"][data-key]');
const openScreen = () => page.getByRole('navigation').getByRole('button', { name: 'Deliveries' }).click();

test('by its body, its source and its verdict, with why and raw, read again, and back to its alert', async () => {
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'shop-1' });
  await fetch(url, { method: 'POST', body: 'nobody knows this format' });
  await openScreen();
  await until(async () => (await rows().count()) === 2);
  await rows().first().getByText('not understood').waitFor();

  await page.getByLabel('Filter by verdict').selectOption('not-understood');
  await until(async () => (await rows().count()) === 1);
  const detail = page.getByRole('region', { name: 'Delivery' });
  await detail.getByText('The body is neither a form nor JSON.').waitFor();
  await detail.getByText('nobody knows this format').waitFor();
  await detail.getByRole('button', { name: 'Parse again' }).click();
  await detail.getByText('Read again; nothing changed.').waitFor();

  await page.getByLabel('Filter by verdict').selectOption('');
  // By keyboard: to the search, what one remembers of the body, into the list, to the detail, back, away.
  await page.keyboard.press('/');
  await page.keyboard.type('shop-1');
  await until(
    async () => (await rows().count()) === 1 && (await rows().first().textContent())?.includes('opened'),
  );
  await page.keyboard.press('Escape');
  await until(async () => (await rows().count()) === 2);
  await page.keyboard.press('Escape');
  // The list is entered where one was.
  await page.keyboard.press('ArrowDown');
  await until(() =>
    rows()
      .last()
      .evaluate((row) => row === document.activeElement),
  );
  await page.keyboard.press('Enter');
  await detail.getByRole('heading', { name: 'opened an alert' }).waitFor();
  await detail.getByRole('button', { name: 'Show A1' }).click();
  await page.getByRole('region', { name: 'Alert', exact: true }).getByText('shop-1').first().waitFor();
});

test('what arrives while somebody reads waits behind a bar and moves nothing', async () => {
  for (let number = 0; number < 130; number += 1)
    await fetch(url, { method: 'POST', body: `message ${number}` });
  await openScreen();
  await until(async () => (await rows().count()) > 8);
  // More than one page: the end of the list asks for what is older.
  await rows().first().click();
  await page.keyboard.press('End');
  await until(async () => {
    await page.keyboard.press('End');
    return (await rows().last().getAttribute('data-key')) === 'D1';
  }, 8000);
  await page.keyboard.press('Home');
  await until(async () => (await rows().first().getAttribute('data-key')) === 'D130');

  await fetch(url, { method: 'POST', body: 'late one' });
  await page.getByRole('button', { name: 'Show the new deliveries' }).waitFor();
  expect(await rows().first().getAttribute('data-key')).toBe('D130');
  await page.getByRole('button', { name: 'Show the new deliveries' }).click();
  await until(async () => (await rows().first().getAttribute('data-key')) === 'D131');
});
