import { afterEach, beforeEach, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { pictureName } from '../fakes/tray-picture.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

/** The picture the panel was given, as soon as it is one whose name begins with `wanted`. */
async function picture(wanted: string): Promise<string> {
  const item = await desktop.tray.item();
  let name: string | null = null;
  await until(async () => {
    const { pixmaps } = await desktop.tray.read(item);
    name = pixmaps[0] === undefined ? null : pictureName(pixmaps[0]);
    return name?.startsWith(wanted);
  }).catch(() => undefined);
  return String(name);
}

test('the panel shows the drawing of the worst unacknowledged alert, then of what is left', async () => {
  const app = await desktop.launch('--hidden');
  expect(await picture('quiet')).toMatch(/^quiet-/u);

  await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'disk-slow' });
  expect(await picture('firing-medium-1')).toMatch(/^firing-medium-1-/u);
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'disk-full' });
  expect(await picture('firing-critical-2')).toMatch(/^firing-critical-2-/u);

  const full = await app.alert('disk-full');
  const slow = await app.alert('disk-slow');
  await app.call('acknowledgeAlerts', { ids: [full.id] });
  expect(await picture('firing-medium-1')).toMatch(/^firing-medium-1-/u);
  await app.call('snoozeAlerts', { ids: [slow.id], minutes: 15 });
  expect(await picture('acknowledged')).toMatch(/^acknowledged-/u);
  await app.call('resolveAlerts', { ids: [full.id] });
  expect(await picture('snoozed')).toMatch(/^snoozed-/u);
  await app.call('resolveAlerts', { ids: [slow.id] });
  expect(await picture('quiet')).toMatch(/^quiet-/u);
});

test('a storm of changes reaches the panel as a few redraws, the last of them right', async () => {
  const app = await desktop.launch('--hidden');
  await picture('quiet');
  const before = desktop.tray.menuChanges;
  const from = performance.now();
  for (let at = 0; at < 60; at += 1) {
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: `burst-${at}` });
  }
  await desktop.trayMenu('Acknowledge all (60)');
  const tookMs = performance.now() - from;
  // Electron says it twice for each menu.
  const redraws = (desktop.tray.menuChanges - before) / 2;
  expect(redraws).toBeGreaterThan(0);
  expect(redraws).toBeLessThanOrEqual(tookMs / 200 + 2);
  expect(await picture('firing-critical-9plus')).toMatch(/^firing-critical-9plus-/u);
});
