import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open({ notifications: false });
});
afterEach(() => desktop.close());

test('nobody shows notifications: the alert is listed and counted, and its timeline says why there was no toast', async () => {
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
});
