import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

test('rows stay under a moving pointer; half a minute after its last movement the new ones come in', async () => {
  const app = await desktop.launch();
  const page = await app.page();
  await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'slow-disk' });
  const row = page.getByRole('row').filter({ hasText: 'slow-disk' });
  await row.waitFor();
  await page.clock.install();
  const box = await until(() => row.boundingBox());
  await page.mouse.move(box.x + 100, box.y + 20);
  await page.mouse.move(box.x + 104, box.y + 24);

  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'orders-down' });
  await page.getByRole('button', { name: 'Show 1 new alert' }).waitFor();
  expect(await page.getByRole('row').count()).toBe(1);

  await page.clock.fastForward(31_000);
  await page.getByRole('row').filter({ hasText: 'orders-down' }).waitFor();
  expect(await page.getByRole('row').first().textContent()).toContain('orders-down');
});
