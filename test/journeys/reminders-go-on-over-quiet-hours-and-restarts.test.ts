import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

const minuteMs = 60_000;

/** What the timeline says about notifying, one word per time. */
async function said(app: DesktopApp, words: string): Promise<readonly string[]> {
  const { id } = await app.alert(words);
  return (await app.call('getAlert', { id })).timeline
    .filter(({ kind }) => kind === 'notified' || kind === 'withheld')
    .flatMap(({ kind, reason, times }) => Array.from({ length: times }, () => `${kind} ${reason}`));
}

/** Hours of the clock that have begun and last for more than this test. */
function quietNow(): { enabled: true; from: string; to: string } {
  const clock = (at: number): string => new Date(at).toTimeString().slice(0, 5);
  return { enabled: true, from: clock(Date.now() - 60 * minuteMs), to: clock(Date.now() + 60 * minuteMs) };
}

test('a critical alert in quiet hours is said, after a restart once as a summary, and reminds when it is due, once', async () => {
  const first = await desktop.launch('--hidden');
  await first.call('updateSettings', { changes: { reminderMinutes: 1, quietHours: quietNow() } });
  await first.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'burning' });
  await desktop.notifications.toast('burning');
  const { openedAt } = await first.alert('burning');
  await until(async () => (await said(first, 'burning')).length === 1);
  await first.end('SIGTERM');

  const second = await desktop.launch('--hidden');
  await desktop.notifications.toast('1 open: 1 critical');
  await until(async () => (await said(second, 'burning')).includes('notified reminder'), 75_000);
  // On the beat that began when it opened, not with the restart.
  expect(Date.now() - openedAt).toBeGreaterThan(minuteMs - 500);
  expect(Date.now() - openedAt).toBeLessThan(minuteMs + 5000);
  expect(desktop.notifications.shown.size).toBe(1);
  await second.end('SIGKILL');

  const third = await desktop.launch('--hidden');
  await until(
    async () =>
      (await said(third, 'burning')).filter((one) => one === 'notified restated-at-start').length === 2,
  );
  await new Promise((resolve) => setTimeout(resolve, 2000));
  expect(await said(third, 'burning')).toEqual([
    'notified opened',
    'notified restated-at-start',
    'notified reminder',
    'notified restated-at-start',
  ]);
  expect(desktop.notifications.shown.size).toBe(1);
}, 120_000);
