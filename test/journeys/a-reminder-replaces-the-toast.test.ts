import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('a critical alert that nobody acknowledges is said again in the same toast, and the timeline has it', async () => {
  const app = await desktop.launch('--hidden');
  await app.call('updateSettings', { changes: { reminderMinutes: 1 } });
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'unheard' });
  const first = await desktop.notifications.toast('unheard');
  const reminder = await until(() => desktop.notifications.notified[1], 75_000);
  expect(reminder).toMatchObject({ number: first.number, replaces: first.number, summary: first.summary });
  expect(reminder.body).toContain('Still open after 1 min');
  expect(desktop.notifications.shown.size).toBe(1);
  const { id } = await app.alert('unheard');
  await until(async () =>
    (await app.call('getAlert', { id })).timeline.some(({ reason }) => reason === 'reminder'),
  );
}, 100_000);
