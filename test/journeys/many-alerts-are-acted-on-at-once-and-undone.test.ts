import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silenceText } from '../../shared/text/entry-text.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';
import { windowText } from '../../shared/text/window-text.ts';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { axeFindings } from '../fakes/axe-findings.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
let app: DesktopApp;
let page: Page;
beforeEach(async () => {
  desktop = await Desktop.open();
  app = await desktop.launch();
  page = await app.page();
  for (const name of ['one', 'two', 'three', 'four']) {
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: `disk-${name}` });
  }
  await page.getByRole('row').nth(3).waitFor();
});
afterEach(() => desktop.close());

const bar = () => page.getByRole('toolbar');
const states = async (): Promise<string[]> => {
  const { alerts } = await app.call('listAlerts', {
    states: ['open', 'acknowledged', 'snoozed', 'resolved'],
  });
  return alerts.map(({ state, snoozedUntil }) => (snoozedUntil === null ? state : 'snoozed')).toSorted();
};
const become = (...wanted: readonly string[]) =>
  until(async () => (await states()).join() === wanted.join(), 4000);

test('Space and Shift with arrows select, Shift A acknowledges what is selected, and undo takes it back', async () => {
  await page.getByRole('row').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowUp');
  await bar().getByText('2 selected').waitFor();
  await page.keyboard.press('Shift+A');
  await become('acknowledged', 'acknowledged', 'open', 'open');
  expect(await bar().count()).toBe(0);
  await page.keyboard.press('Control+z');
  await become('open', 'open', 'open', 'open');
});

test('all that is shown is selected at once; what is closed by mistake opens again as it was', async () => {
  await app.call('snoozeAlerts', { ids: [(await app.alert('disk-two')).id], minutes: 60 });
  await app.call('acknowledgeAlerts', { ids: [(await app.alert('disk-three')).id], note: 'on it' });
  const row = page.getByRole('row').filter({ hasText: 'disk-one' });
  // The box is drawn in the pointed row only.
  await row.hover({ position: { x: 16, y: 27 } });
  await row.locator('.row-select').click();
  await bar().getByRole('button', { name: 'Select all 4' }).click();
  await bar().getByText('4 selected').waitFor();
  expect(await bar().getByRole('button', { name: 'Acknowledge 2' }).isEnabled()).toBe(true);
  expect(await axeFindings(page)).toEqual([]);

  await bar().getByRole('button', { name: 'Resolve' }).click();
  await become('resolved', 'resolved', 'resolved', 'resolved');
  await page.getByRole('button', { name: 'Undo' }).click();
  await become('acknowledged', 'open', 'open', 'snoozed');
  const { acknowledgeNote } = await app.alert('disk-three');
  expect(acknowledgeNote).toBe('on it');
  const { id } = await app.alert('disk-one');
  await until(async () => {
    const { timeline } = await app.call('getAlert', { id });
    const said = timeline.map(({ kind, reason }) => `${kind} ${reason}`);
    return said.includes('opened reopened-by-user') && said.includes('withheld undone-by-person');
  });
});

test('a filter that hides everything says how many, and shows them again', async () => {
  await page.getByRole('searchbox').fill('no such thing');
  await page.getByText('4 alerts are hidden by the filter.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show all' }).last().click();
  await until(async () => (await page.getByRole('row').count()) === 4);
});

test('the bar that offers to undo speaks the language that is chosen meanwhile, and a note has its silence behind it', async () => {
  const row = page.getByRole('row').filter({ hasText: 'disk-one' });
  await row.click();
  await app.call('addNote', { id: (await app.alert('disk-one')).id, text: 'a deploy' });
  const note = page.locator('.timeline li').filter({ hasText: 'a deploy' });
  await note.filter({ hasText: silenceText('en', 'note') }).waitFor();
  expect(await page.getByText(reasonSentence('en', 'note')).count()).toBe(0);

  await app.call('updateSettings', { changes: { undoSeconds: 30 } });
  await row.focus();
  await page.keyboard.press('a');
  await page
    .getByRole('status')
    .filter({ hasText: windowText.en.didAcknowledge(1) })
    .waitFor();
  await app.call('updateSettings', { changes: { language: 'zh-CN' } });
  await page
    .getByRole('status')
    .filter({ hasText: windowText['zh-CN'].didAcknowledge(1) })
    .waitFor();
  await page.getByRole('button', { name: windowText['zh-CN'].undo, exact: true }).click();
  await become('open', 'open', 'open', 'open');
});

test('the buttons of a row lie below its title and its age', async () => {
  const row = page.getByRole('row').nth(1);
  await row.hover();
  const top = (await row.locator('.row-actions').boundingBox())?.y ?? 0;
  for (const part of ['.row-title', '.row-age']) {
    const box = await row.locator(part).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(top + 1);
  }
});
