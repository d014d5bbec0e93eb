import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

const storm = 200;

test('200 alerts in five seconds are at most four toasts, 200 rows and 200 decisions; Acknowledge on the summary is for all it counts', async () => {
  const app = await desktop.launch('--hidden');
  const startedAt = performance.now();
  for (let number = 0; number < storm; number += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        app.deliver({
          state: 'firing',
          level: at === 7 ? 'CRITICAL' : 'WARN',
          at: Date.now(),
          name: `shard-${number + at}`,
        }),
      ),
    );
  }
  const tookMs = performance.now() - startedAt;

  await desktop.notifications.toast(`${storm - 3} open: 1`);
  expect(desktop.notifications.shown.size).toBeLessThanOrEqual(4);
  expect(new Set(desktop.notifications.notified.map(({ number }) => number)).size).toBeLessThanOrEqual(4);
  // Drawn anew in place, not more often than people can bear.
  expect(desktop.notifications.notified.length).toBeLessThanOrEqual(4 + Math.ceil(tookMs / 3000) + 1);

  const { alerts } = await app.call('listAlerts', { limit: 500 });
  expect(alerts).toHaveLength(storm);
  const decisions = await until(async () => {
    const details = await Promise.all(alerts.map(({ id }) => app.call('getAlert', { id })));
    const reasons = details.flatMap(({ timeline }) =>
      timeline.filter(({ kind }) => kind === 'notified' || kind === 'withheld').map(({ reason }) => reason),
    );
    return reasons.length >= storm ? reasons : null;
  }, 10_000);
  expect(decisions).toHaveLength(storm);
  expect(decisions.filter((reason) => reason === 'storm-summary')).toHaveLength(storm - 3);

  const summary = await desktop.notifications.toast(`${storm - 3} open`);
  expect(summary.actions.map(({ label }) => label)).toContain(`Acknowledge all ${storm - 3}`);
  expect(summary.body.split('\n').length).toBeGreaterThanOrEqual(4);
  desktop.notifications.press(summary.number, 'acknowledge');
  await until(async () => (await app.call('health', {})).counts.acknowledged === storm - 3);
  await until(
    () => ![...desktop.notifications.shown.values()].some(({ summary: title }) => title.includes('open')),
  );
});
