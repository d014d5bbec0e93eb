import { afterEach, beforeEach, expect, test } from 'vitest';
import { settingsText } from '../../shared/text/settings-text.ts';
import { statusText } from '../../shared/text/status-text.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open({ notifications: false });
});
afterEach(() => desktop.close());

test('nobody shows notifications: the alert is listed and counted, its timeline says why there was no toast, and the window says so aloud', async () => {
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'unseen' });
  await desktop.trayMenu('1 critical');
  const { id } = await app.alert('unseen');
  const entry = await until(
    async () => (await app.call('getAlert', { id })).timeline.find(({ kind }) => kind === 'withheld'),
    10_000,
  );
  expect(entry.reason).toBe('presenter-failed');
  expect(entry.text).not.toBe('');

  await desktop.launchAgain();
  const bar = (await app.page()).getByRole('alert', { name: settingsText.en.groups.notifications });
  await bar.waitFor();
  expect(await bar.innerText()).toContain(entry.text);
  expect(await bar.innerText()).toContain(statusText.en.notificationsFailRemedy);
});
