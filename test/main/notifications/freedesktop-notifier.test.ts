import { createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sessionBus, Message } from '@particle/dbus-next';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFreedesktopPresenter } from '../../../main/notifications/freedesktop-notifier.ts';
import type { Presenter, Toast, ToastActivation } from '../../../main/notifications/presenter.ts';
import { sessionBusAddress } from '../../../main/notifications/session-bus.ts';
import type { ToastMemoryKeeper } from '../../../main/notifications/toast-numbers.ts';
import { NotificationDaemon } from '../../fakes/notification-daemon.ts';
import { type PrivateBus, startPrivateBus } from '../../fakes/private-bus.ts';
import { until } from '../../fakes/until.ts';

const critical: Toast = {
  id: 'A1',
  title: 'Critical · Queue is full',
  body: 'queue-7: 98 % >= 90 %',
  urgency: 'critical',
  expires: false,
  sound: null,
  actions: [
    { id: 'acknowledge', label: 'Acknowledge' },
    { id: 'open', label: 'Open' },
  ],
};
const medium: Toast = {
  ...critical,
  id: 'A2',
  title: 'Medium · Slow disk',
  urgency: 'normal',
  expires: true,
};

const noMemory: ToastMemoryKeeper = { read: () => null, write: () => undefined };

let bus: PrivateBus;
let presenter: Presenter;
let daemons: NotificationDaemon[];
let activations: ToastActivation[];

beforeEach(async () => {
  bus = await startPrivateBus();
  daemons = [];
  activations = [];
  presenter = present(bus.address);
});

afterEach(async () => {
  await presenter.stop();
  for (const daemon of daemons) daemon.stop();
  await bus.stop();
});

function present(address: string, limitMs = 2000): Presenter {
  const made = createFreedesktopPresenter({
    address,
    appName: 'Tocsin',
    desktopEntry: 'app.tocsin.Tocsin',
    limitMs,
    memory: noMemory,
  });
  made.onActivation((activation) => activations.push(activation));
  return made;
}

async function startDaemon(capabilities?: readonly string[], firstNumber = 1): Promise<NotificationDaemon> {
  const daemon = await NotificationDaemon.start(
    { address: bus.address, ...(capabilities && { capabilities }) },
    firstNumber,
  );
  daemons.push(daemon);
  return daemon;
}

describe('showing', () => {
  test('a critical toast has urgency 2, never expires, and carries its buttons', async () => {
    const daemon = await startDaemon();
    expect(await presenter.show(critical)).toEqual({ shown: true });
    expect(daemon.notified).toMatchObject([
      {
        appName: 'Tocsin',
        replaces: 0,
        summary: 'Critical · Queue is full',
        expireTimeout: 0,
        hints: { urgency: 2, 'desktop-entry': 'app.tocsin.Tocsin', category: 'x-tocsin.alert' },
        actions: [
          { name: 'default', label: 'Open' },
          { name: 'acknowledge', label: 'Acknowledge' },
          { name: 'open', label: 'Open' },
        ],
      },
    ]);
  });

  test('a medium toast has urgency 1 and the daemon chooses when it goes', async () => {
    const daemon = await startDaemon();
    await presenter.show(medium);
    expect(daemon.notified).toMatchObject([{ expireTimeout: -1, hints: { urgency: 1 } }]);
  });

  test('a toast without a sound forbids the daemon its own; one with a sound names it by the naming specification', async () => {
    const daemon = await startDaemon();
    await presenter.show(critical);
    await presenter.show({ ...critical, sound: 'critical' });
    await presenter.show({ ...medium, sound: 'medium' });
    expect(daemon.notified.map(({ hints }) => [hints['suppress-sound'], hints['sound-name']])).toEqual([
      [true, undefined],
      [undefined, 'alarm-clock-elapsed'],
      [undefined, 'message-new-instant'],
    ]);
  });

  test('is up until a person takes it away or we do', async () => {
    const daemon = await startDaemon();
    await presenter.show(critical);
    await presenter.show({ ...critical, id: 'summary' });
    expect([presenter.isUp('A1'), presenter.isUp('summary')]).toEqual([true, true]);
    daemon.dismiss(daemon.notified[0]?.number ?? 0);
    await until(() => !presenter.isUp('A1'));
    await presenter.close('summary');
    expect(presenter.isUp('summary')).toBe(false);
  });

  test('showing the same alert again replaces its toast', async () => {
    const daemon = await startDaemon();
    await presenter.show(critical);
    await presenter.show(medium);
    await presenter.show({ ...critical, body: 'queue-7: 99 % >= 90 %' });
    expect(daemon.shown.size).toBe(2);
    expect([...daemon.shown.values()].map(({ body }) => body)).toContain('queue-7: 99 % &gt;= 90 %');
  });

  test('a toast that the person dismissed is shown as a new one next time', async () => {
    const daemon = await startDaemon();
    await presenter.show(critical);
    daemon.dismiss(1);
    // The answer to this one comes behind the news of the dismissal.
    await presenter.show(medium);
    await presenter.show(critical);
    expect(daemon.notified.at(-1)).toMatchObject({ replaces: 0, summary: critical.title });
  });

  test('what looks like markup is escaped only where the daemon reads markup', async () => {
    const body = '<b>a</b> & b > c';
    const reading = await startDaemon();
    await presenter.show({ ...critical, body });
    reading.stop();
    const plain = await startDaemon(['body', 'actions']);
    await until(async () => (await presenter.show({ ...critical, body })).shown);
    expect(reading.notified[0]?.body).toBe('&lt;b&gt;a&lt;/b&gt; &amp; b &gt; c');
    expect(plain.notified[0]?.body).toBe(body);
  });

  test('a daemon without buttons gets none, and the presenter says so', async () => {
    const daemon = await startDaemon(['body']);
    expect(await presenter.hasActions()).toBe(false);
    await presenter.show(critical);
    expect(daemon.notified[0]?.actions).toEqual([]);
  });

  test('a NUL in the text does not cost the connection', async () => {
    const daemon = await startDaemon();
    expect(await presenter.show({ ...critical, title: 'Critical · a\0b', body: '\0' })).toEqual({
      shown: true,
    });
    expect(daemon.notified[0]?.summary).toBe('Critical · ab');
  });
});

describe('closing', () => {
  test('close takes the toast of this alert off the screen and leaves the others', async () => {
    const daemon = await startDaemon();
    await presenter.show(critical);
    await presenter.show(medium);
    await presenter.close('A1');
    expect(daemon.closeCalls).toEqual([1]);
    expect([...daemon.shown.keys()]).toEqual([2]);
  });

  test('closing what is not there asks the daemon nothing', async () => {
    const daemon = await startDaemon();
    await presenter.close('A9');
    await presenter.show(critical);
    expect(daemon.closeCalls).toEqual([]);
  });
});

describe('what a person does', () => {
  test.each(['acknowledge', 'open', 'default'] as const)(
    '%s reaches the listener with its alert',
    async (action) => {
      const daemon = await startDaemon();
      await presenter.show(medium);
      await presenter.show(critical);
      daemon.press(2, action);
      await until(() => activations.length > 0);
      expect(activations).toEqual([{ toastId: 'A1', action }]);
    },
  );

  test('a click that arrives after the toast has closed still counts', async () => {
    const daemon = await startDaemon();
    await presenter.show(critical);
    daemon.expire(1);
    daemon.press(1, 'open');
    await until(() => activations.length > 0);
    expect(activations).toEqual([{ toastId: 'A1', action: 'open' }]);
  });

  test('another process cannot press our buttons', async () => {
    const daemon = await startDaemon();
    await presenter.show(critical);
    const other = sessionBus({ busAddress: bus.address });
    await new Promise((resolve) => other.once('connect', () => resolve(undefined)));
    other.send(signal('ActionInvoked', 'us', [1, 'acknowledge']));
    // A method call behind the signal: its answer proves that the bus has passed the signal on.
    await other.call(
      new Message({
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'ListNames',
      }),
    );
    daemon.press(1, 'open');
    await until(() => activations.length > 0);
    other.disconnect();
    expect(activations).toEqual([{ toastId: 'A1', action: 'open' }]);
  });

  function signal(member: string, signature: string, body: unknown[]): Message {
    return Message.newSignal(
      '/org/freedesktop/Notifications',
      'org.freedesktop.Notifications',
      member,
      signature,
      body,
    );
  }
});

describe('when the desktop is not there', () => {
  test('without a daemon the toast is not shown and the error names it', async () => {
    const result = await presenter.show(critical);
    expect(result).toMatchObject({ shown: false });
    expect(result.shown === false && result.error).toMatch(/org\.freedesktop\.Notifications/u);
    expect(await presenter.hasActions()).toBe(false);
  });

  test('without a bus the toast is not shown', async () => {
    const nowhere = present('unix:path=/nonexistent/tocsin-bus');
    expect(await nowhere.show(critical)).toMatchObject({
      shown: false,
      error: expect.stringMatching(/ENOENT/u),
    });
    await nowhere.stop();
  });

  test.each(['', 'nonsense', 'autolaunch:', 'unix:'])(
    'the unusable address "%s" is an answer, not a crash',
    async (address) => {
      const nowhere = present(address, 200);
      expect(await nowhere.show(critical)).toMatchObject({ shown: false });
      await nowhere.close('A1');
      await nowhere.stop();
    },
  );

  test('a daemon that refuses is quoted', async () => {
    const daemon = await startDaemon();
    daemon.refusal = 'Too many toasts.';
    expect(await presenter.show(critical)).toEqual({ shown: false, error: 'Too many toasts.' });
  });

  test('a daemon that does not answer costs the time limit and no more', async () => {
    const daemon = await startDaemon();
    const quick = present(bus.address, 150);
    await quick.hasActions();
    daemon.silent = true;
    const before = performance.now();
    expect(await quick.show(critical)).toMatchObject({
      shown: false,
      error: 'The desktop did not answer within 0.15 s.',
    });
    expect(performance.now() - before).toBeLessThan(1000);
    await quick.stop();
  });

  test('a socket that is not a bus costs the time limit and no more', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-bus-'));
    const mute = createServer().listen(join(folder, 'bus'));
    const quick = present(`unix:path=${join(folder, 'bus')}`, 150);
    expect(await quick.show(critical)).toMatchObject({ shown: false });
    await quick.stop();
    mute.close();
    await rm(folder, { recursive: true });
  });

  test('a toast that appears after it was given up and closed is taken off the screen again', async () => {
    const daemon = await startDaemon();
    const quick = present(bus.address, 150);
    await quick.hasActions();
    daemon.silent = true;
    await quick.show(critical);
    await quick.close('A1');
    daemon.answerHeld();
    await until(() => daemon.closeCalls.length > 0);
    expect(daemon.shown.size).toBe(0);
    await quick.stop();
  });

  test('what the desktop answers behind the time limit is told later', async () => {
    const daemon = await startDaemon();
    const quick = present(bus.address, 150);
    await quick.hasActions();
    daemon.silent = true;
    const result = await quick.show(critical);
    daemon.answerHeld();
    expect(result).toMatchObject({ shown: false, later: expect.any(Promise) });
    expect(result.shown === false && (await result.later)).toEqual({ shown: true });
    await quick.stop();
  });

  test('a toast that was closed before the late answer is not told as shown', async () => {
    const daemon = await startDaemon();
    const quick = present(bus.address, 150);
    await quick.hasActions();
    daemon.silent = true;
    const result = await quick.show(critical);
    await quick.close('A1');
    daemon.answerHeld();
    expect(result.shown === false && (await result.later)).toMatchObject({ shown: false });
    await quick.stop();
  });

  test('a toast that was closed while the daemon was silent from the start never appears', async () => {
    const daemon = await startDaemon();
    daemon.silent = true;
    const quick = present(bus.address, 150);
    const result = await quick.show(critical);
    await quick.close('A1');
    daemon.answerHeld();
    expect(result.shown === false && (await result.later)).toMatchObject({ shown: false });
    expect(daemon.notified).toEqual([]);
    await quick.stop();
  });

  test('a toast over which the daemon dies is shown by the one that takes over', async () => {
    const first = await startDaemon();
    const quick = present(bus.address, 150);
    await quick.hasActions();
    first.silent = true;
    const result = await quick.show(critical);
    const heir = await startDaemon();
    first.stop();
    expect(result.shown === false && (await result.later)).toEqual({ shown: true });
    expect(heir.notified).toMatchObject([{ replaces: 0, summary: critical.title }]);
    await quick.stop();
  });

  test('a toast that appears after it was given up can still be closed', async () => {
    const daemon = await startDaemon();
    const quick = present(bus.address, 150);
    await quick.hasActions();
    daemon.silent = true;
    await quick.show(critical);
    daemon.answerHeld();
    await daemon.toast('Queue is full');
    await until(async () => {
      await quick.close('A1');
      return daemon.shown.size === 0;
    });
    await quick.stop();
  });
});

describe('when the desktop comes and goes', () => {
  test('a restarted daemon is not asked about the toasts of the one before', async () => {
    const first = await startDaemon();
    await presenter.show(critical);
    first.stop();
    const second = await startDaemon(undefined, 1);
    expect(await presenter.show(medium)).toEqual({ shown: true });
    await presenter.close('A1');
    expect(second.closeCalls).toEqual([]);
    expect(second.notified).toMatchObject([{ number: 1, replaces: 0 }]);
    second.press(1, 'open');
    await until(() => activations.length > 0);
    expect(activations).toEqual([{ toastId: 'A2', action: 'open' }]);
  });

  test.each([
    ['while nothing was shown, the next toast is shown all the same', false],
    ['and a toast failed meanwhile, the next one is shown again', true],
  ] as const)('after the bus has gone and come back %s', async (_what, triesMeanwhile) => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-bus-'));
    const address = `unix:path=${join(folder, 'bus')}`;
    const first = await startPrivateBus(address);
    const firstDaemon = await NotificationDaemon.start({ address });
    const lasting = present(address);
    expect(await lasting.show(critical)).toEqual({ shown: true });
    firstDaemon.stop();
    await first.stop();
    if (triesMeanwhile) expect(await lasting.show(critical)).toMatchObject({ shown: false });
    const second = await startPrivateBus(address);
    const secondDaemon = await NotificationDaemon.start({ address });
    expect(await lasting.show(medium)).toEqual({ shown: true });
    expect(secondDaemon.notified).toMatchObject([{ replaces: 0, summary: medium.title }]);
    await lasting.stop();
    secondDaemon.stop();
    await second.stop();
    await rm(folder, { recursive: true });
  });
});

test('the bus address comes from the environment alone', () => {
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/b' }, () => true)).toBe(
    'unix:path=/tmp/b',
  );
  expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: '' }, () => true)).toBeNull();
  expect(sessionBusAddress({}, () => true)).toBeNull();
  // What Electron puts there when nothing was: the bus may be in its usual place all the same.
  const electron = { DBUS_SESSION_BUS_ADDRESS: 'disabled:', XDG_RUNTIME_DIR: '/run/user/7' };
  expect(sessionBusAddress(electron, (path) => path === '/run/user/7/bus')).toBe('unix:path=/run/user/7/bus');
  expect(sessionBusAddress(electron, () => false)).toBeNull();
});

describe('a notification service that comes', () => {
  let back: boolean[];
  beforeEach(() => {
    back = [];
    presenter.onDesktopBack((toastsLost) => back.push(toastsLost));
  });

  test('is told once somebody asked in vain', async () => {
    expect(await presenter.show(critical)).toMatchObject({ shown: false });
    await startDaemon();
    await until(() => back.length > 0);
    expect(back).toEqual([false]);
    expect(await presenter.show(critical)).toEqual({ shown: true });
  });

  test('after another one has gone takes the toasts with it', async () => {
    const first = await startDaemon();
    await presenter.show(critical);
    first.stop();
    await until(() => !presenter.isUp('A1'));
    await startDaemon([], 100);
    await until(() => back.length > 0);
    expect(back).toEqual([true]);
  });
});
