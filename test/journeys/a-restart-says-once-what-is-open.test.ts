import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { NotificationDaemon } from '../fakes/notification-daemon.ts';
import { until } from '../fakes/until.ts';

let desktop: Desktop;
afterEach(() => desktop.close());

const isTold = async (app: DesktopApp, words: string): Promise<boolean> => {
  const { id } = await app.alert(words);
  return (await app.call('getAlert', { id })).timeline.some(({ kind }) => kind === 'notified');
};

describe('with a notification service', () => {
  beforeEach(async () => {
    desktop = await Desktop.open();
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)('after %s', async (signal) => {
    const first = await desktop.launch('--hidden');
    for (const [name, level] of [
      ['burning', 'CRITICAL'],
      ['slow', 'WARN'],
      ['seen', 'CRITICAL'],
    ] as const) {
      await first.deliver({ state: 'firing', level, at: Date.now(), name });
      await until(() => isTold(first, name));
    }
    await first.call('acknowledgeAlerts', { ids: [(await first.alert('seen')).id] });
    await until(() => desktop.notifications.shown.size === 2);
    await first.end(signal);
    const before = desktop.notifications.notified.length;

    const second = await desktop.launch('--hidden');
    const summary = await desktop.notifications.toast('2 open: 1 critical, 1 medium');
    expect(summary.body).toContain('burning');
    // Whatever a restart would replay has had its turn once a new alert's toast is up.
    await second.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'later' });
    await desktop.notifications.toast('later');
    expect(desktop.notifications.notified).toHaveLength(before + 2);
    expect(desktop.notifications.shown.size).toBe(2);

    desktop.notifications.press(summary.number, 'open');
    await until(async () => (await second.visibleWindows()) === 1, 10_000);
  });

  test('and after a sleep', async () => {
    const app = await desktop.launch('--hidden');
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'burning' });
    const { number } = await desktop.notifications.toast('burning');
    await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
    const summary = await desktop.notifications.toast('1 open: 1 critical');
    expect(summary.body).toContain('asleep');
    await until(() => !desktop.notifications.shown.has(number));
  });

  test('and says nothing when nothing is open', async () => {
    const first = await desktop.launch('--hidden');
    await first.end('SIGKILL');
    const second = await desktop.launch('--hidden');
    await second.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: 'later' });
    await desktop.notifications.toast('later');
    expect(desktop.notifications.notified).toHaveLength(1);
  });
});

test('a notification service that comes later hears what is open, and until then everybody can see that toasts fail', async () => {
  desktop = await Desktop.open({ notifications: false });
  const app = await desktop.launch('--hidden');
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'unseen' });
  const { notifications } = await until(async () => {
    const health = await app.call('health', {});
    return health.notifications.state === 'failing' ? health : null;
  }, 10_000);
  expect(notifications.error).toMatch(/\S/);
  await desktop.trayMenu('NOTIFICATIONS FAIL');

  const daemon = await NotificationDaemon.start({
    address: desktop.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '',
  });
  const toast = await daemon.toast('1 open: 1 critical');
  expect(toast.body).toContain('unseen');
  await until(async () => (await app.call('health', {})).notifications.state === 'ok');
  await desktop.trayMenu('1 critical · listening on this computer only · last heard');
  daemon.stop();
});
