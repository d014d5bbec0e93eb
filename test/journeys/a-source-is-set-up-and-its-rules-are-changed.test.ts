import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('from the wizard through test and first event to a changed priority, another address and removal', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await page.getByRole('navigation').getByRole('button', { name: 'Sources' }).click();
  await page.getByRole('button', { name: 'Add source' }).click();
  await page.getByLabel('Name').fill('Shop');
  await page.getByLabel('Team').fill('Night');
  await page.getByRole('button', { name: 'Create the address' }).click();
  await page.getByRole('heading', { name: 'Set up Shop' }).waitFor();
  const source = (await app.call('listSources', {})).at(-1);
  expect(source).toMatchObject({ name: 'Shop', team: 'Night', kind: 'cloudmonitor' });
  const id = source?.id ?? '';
  const { localUrl } = await app.call('sourceAddress', { id });

  const mark = (words: string) => page.locator('.setup-marks li').filter({ hasText: words });
  const isSeen = (words: string, seen: boolean) =>
    until(async () => (await mark(words).getAttribute('data-seen')) === String(seen), 5000);
  await isSeen('The address was checked', false);
  await fetch(localUrl);
  await isSeen('The address was checked', true);
  await page.getByRole('button', { name: 'Send test alert' }).click();
  await isSeen('A test arrived', true);
  // Our own test proves nothing about the sender.
  await isSeen('A real event arrived', false);
  await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'shop-1' });
  await isSeen('A real event arrived', true);
  await isSeen('A recovery arrived', false);

  await page.keyboard.press('Escape');
  const card = page.getByRole('region', { name: 'Shop' });
  await card.getByText('Rules', { exact: true }).click();
  await card.getByLabel('Priority of WARN', { exact: true }).selectOption('critical');
  await card.getByText('1 of 2 levels of its last 20 deliveries would have another priority.').waitFor();
  expect((await app.call('listSources', {})).at(-1)?.priorityMap['WARN']).toBe('medium');
  await card.getByRole('button', { name: 'Save rules' }).click();
  await card.getByText('Saved.').waitFor();
  await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'shop-2' });
  expect((await app.alert('shop-2')).priority).toBe('critical');

  // A wall without anybody on it is refused with a sentence, and nothing of it is kept.
  await card.getByLabel('Expected sender addresses').fill('');
  await card.getByLabel('Deliveries from elsewhere').selectOption('wall');
  await card.getByRole('button', { name: 'Save rules' }).click();
  await card.getByRole('alert').filter({ hasText: 'A wall with nobody on its list' }).waitFor();
  expect((await app.call('listSources', {})).at(-1)?.allowList.mode).toBe('hint');

  await card.getByRole('button', { name: 'Make a new address' }).click();
  await card.getByText('Nobody has used it since.').waitFor();
  expect((await fetch(localUrl, { method: 'POST', body: 'still here' })).status).toBe(200);
  await card.getByText(/^The old address works until .* Still used: /).waitFor();

  await card.getByRole('button', { name: 'Remove source' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await card.getByRole('button', { name: 'Remove source' }).click();
  await page.getByText('Shop will be removed in a moment.').waitFor();
  expect((await app.call('listSources', {})).length).toBe(2);
  await until(async () => (await app.call('listSources', {})).length === 1, 12_000);
  expect((await fetch(localUrl)).status).toBe(404);
});
