import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('the same callback four times is one alert and one toast, delivered four times', async () => {
  const app = await desktop.launch('--hidden');
  const sample = { state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'retried-disk' } as const;
  for (let time = 0; time < 4; time += 1) expect((await app.deliver(sample)).status).toBe(200);

  const alert = await app.alert('retried-disk', ({ deliveries }) => deliveries === 4);
  expect(alert.count).toBe(1);
  await desktop.trayMenu('1 critical');
  // Whatever would still come has had its turn once a later alert's toast is up.
  await app.deliver({ ...sample, name: 'later-one' });
  await desktop.notifications.toast('later-one');
  expect(
    desktop.notifications.notified.filter(({ summary }) => summary.includes('retried-disk')),
  ).toHaveLength(1);
  const { deliveries } = await app.call('listDeliveries', { verdict: 'retry' });
  expect(deliveries).toHaveLength(3);
});
