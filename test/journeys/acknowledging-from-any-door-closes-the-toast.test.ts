import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

async function row(app: DesktopApp) {
  await desktop.launchAgain();
  const page = await app.page();
  const found = page.getByRole('row').filter({ hasText: 'payments-cpu' });
  await found.waitFor();
  return { page, found };
}

const doors: Readonly<Record<string, (app: DesktopApp) => Promise<void>>> = {
  'the control socket': async (app) => {
    const { id } = await app.alert('payments-cpu');
    await app.call('acknowledgeAlerts', { ids: [id] });
  },
  'the tray menu': async () => {
    await desktop.trayMenu('payments-cpu');
    await desktop.tray.choose(await desktop.tray.item(), 'payments-cpu', 'Acknowledge');
  },
  'the notification button': async () => {
    desktop.notifications.press((await desktop.notifications.toast('payments-cpu')).number, 'acknowledge');
  },
  'the button of the row': async (app) => {
    const { found } = await row(app);
    await found.hover();
    await found.getByRole('button', { name: /^Acknowledge/ }).click();
  },
  'key A on the row': async (app) => {
    const { page, found } = await row(app);
    await found.click();
    await page.keyboard.press('a');
  },
};

describe('acknowledging closes the toast and quiets tray and row, from', () => {
  test.each(Object.entries(doors))('%s', async (_name, acknowledge) => {
    const app = await desktop.launch('--hidden');
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'payments-cpu' });
    await desktop.notifications.toast('payments-cpu');
    await desktop.trayMenu('1 critical');

    await acknowledge(app);

    const alert = await app.alert('payments-cpu', ({ state }) => state === 'acknowledged');
    expect(alert.acknowledgedAt).not.toBeNull();
    await until(() => desktop.notifications.shown.size === 0);
    await desktop.trayMenu('1 acknowledged');
    const { timeline } = await app.call('getAlert', { id: alert.id });
    expect(timeline.map(({ kind }) => kind)).toContain('acknowledged');
    // The window, opened now or before, shows the same.
    await desktop.launchAgain();
    const page = await app.page();
    await page.locator('.row[data-place="acknowledged"]').filter({ hasText: 'payments-cpu' }).waitFor();
  });
});

test('an acknowledgement can be taken back', async () => {
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'payments-cpu' });
  await doors['the control socket']?.(app);
  const { id } = await app.alert('payments-cpu', ({ state }) => state === 'acknowledged');
  await app.call('unacknowledgeAlerts', { ids: [id] });
  await app.alert('payments-cpu', ({ state }) => state === 'open');
  await desktop.trayMenu('1 critical');
});
