import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';

let desktop: Desktop;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(() => desktop.close());

describe('quitting', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it cleanly within a second', async (signal) => {
    const app = await desktop.launch();
    await app.page();
    const { code, tookMs } = await app.end(signal);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(1000);
  });

  test('the toasts it raised leave with it: a dead app cannot act on them', async () => {
    const app = await desktop.launch('--hidden');
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'quit-with-toast' });
    await desktop.notifications.toast('quit-with-toast');
    expect((await app.end('SIGTERM')).tookMs).toBeLessThan(1000);
    expect(desktop.notifications.shown.size).toBe(0);
  });

  test('even a stop that never comes to an end is cut short', async () => {
    const app = await desktop.launch('--hidden');
    await app.electron.evaluate(() => {
      // Servers that wait for ever: neither the listener nor the control socket ever says that it has closed.
      process.getBuiltinModule('node:net').Server.prototype.close = function () {
        return this;
      };
      process.getBuiltinModule('node:http').Server.prototype.close = function () {
        return this;
      };
    });
    const { code, tookMs } = await app.end('SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeGreaterThan(700);
    expect(tookMs).toBeLessThan(1000);
  });

  test('a notification daemon that has stopped answering does not hold it up', async () => {
    const app = await desktop.launch('--hidden');
    desktop.notifications.silent = true;
    await app.deliver({ state: 'firing', level: 'CRITICAL', at: Date.now(), name: 'hanging-daemon' });
    const { code, tookMs } = await app.end('SIGTERM');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(1000);
  });
});
