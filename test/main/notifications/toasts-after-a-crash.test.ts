import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFreedesktopPresenter } from '../../../main/notifications/freedesktop-notifier.ts';
import type { Presenter, Toast, ToastActivation } from '../../../main/notifications/presenter.ts';
import { toastFile } from '../../../main/notifications/toast-file.ts';
import { NotificationDaemon } from '../../fakes/notification-daemon.ts';
import { type PrivateBus, startPrivateBus } from '../../fakes/private-bus.ts';
import { until } from '../../fakes/until.ts';

const critical: Toast = {
  id: 'A41',
  title: 'Critical · Log volume is full',
  body: 'archive-3: 97 % >= 95 %',
  urgency: 'critical',
  expires: false,
  sound: null,
  actions: [
    { id: 'acknowledge', label: 'Acknowledge' },
    { id: 'open', label: 'Open' },
  ],
};
const other: Toast = { ...critical, id: 'A42', title: 'Critical · Certificate has expired' };

let folder: string;
let file: string;
let bus: PrivateBus;
let daemon: NotificationDaemon;
let ends: (() => unknown)[];
let activations: ToastActivation[];
let troubles: string[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-toasts-'));
  file = path.join(folder, 'toasts.json');
  ends = [];
  activations = [];
  troubles = [];
  bus = await startPrivateBus();
  daemon = await startDaemon(bus);
});

afterEach(async () => {
  for (const end of ends) await end();
  await bus.stop();
  rmSync(folder, { recursive: true });
});

async function startDaemon(on: PrivateBus, firstNumber = 7): Promise<NotificationDaemon> {
  const started = await NotificationDaemon.start({ address: on.address }, firstNumber);
  ends.push(() => started.stop());
  return started;
}

/** A process of ours. Its `stop` only leaves the bus, which is all that a killed one does. */
function startPresenter(address = bus.address): Presenter {
  const presenter = createFreedesktopPresenter({
    address,
    appName: 'Tocsin',
    desktopEntry: 'app.tocsin.Tocsin',
    memory: toastFile(file, (what) => troubles.push(what)),
  });
  presenter.onActivation((activation) => activations.push(activation));
  ends.push(() => presenter.stop());
  return presenter;
}

/** The toasts were raised by a process that is gone. */
async function raiseAndCrash(...toasts: readonly Toast[]): Promise<void> {
  const presenter = startPresenter();
  for (const toast of toasts) expect(await presenter.show(toast)).toEqual({ shown: true });
  await presenter.stop();
}

describe('with the same daemon still there, the toasts of a killed process', () => {
  test('are known to the next one', async () => {
    await raiseAndCrash(critical, other);
    expect(await startPresenter().shownBefore()).toEqual(['A41', 'A42']);
  });

  test('are closed by it', async () => {
    await raiseAndCrash(critical, other);
    await startPresenter().close('A41');
    expect(daemon.closeCalls).toEqual([7]);
    expect([...daemon.shown.keys()]).toEqual([8]);
  });

  test('are replaced by it, not stacked', async () => {
    await raiseAndCrash(critical);
    await startPresenter().show({ ...critical, body: 'archive-3: 99 % >= 95 %' });
    expect(daemon.notified.at(-1)).toMatchObject({ replaces: 7, number: 7 });
    expect(daemon.shown.size).toBe(1);
  });

  test.each(['acknowledge', 'open', 'default'] as const)('answer to %s', async (action) => {
    await raiseAndCrash(critical);
    await startPresenter().shownBefore();
    daemon.press(7, action);
    await until(() => activations.length > 0);
    expect(activations).toEqual([{ toastId: 'A41', action }]);
  });

  test('are forgotten when a person dismisses them', async () => {
    await raiseAndCrash(critical);
    const presenter = startPresenter();
    await presenter.shownBefore();
    daemon.dismiss(7);
    await until(() => !existsSync(file));
    await presenter.close('A41');
    expect(daemon.closeCalls).toEqual([]);
  });

  test('outlive a second crash', async () => {
    await raiseAndCrash(critical);
    await raiseAndCrash(other);
    expect(await startPresenter().shownBefore()).toEqual(['A41', 'A42']);
  });
});

describe('the file', () => {
  test('is there the moment a toast counts as shown, and holds no text of the alert', async () => {
    await startPresenter().show(critical);
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ toasts: { A41: 7 } });
    expect(text).not.toContain('archive-3');
    expect(readdirSync(folder)).toEqual(['toasts.json']);
  });

  test('goes with the last toast', async () => {
    const presenter = startPresenter();
    await presenter.show(critical);
    await presenter.show(other);
    await presenter.close('A41');
    await until(() => !readFileSync(file, 'utf8').includes('A41'));
    await presenter.close('A42');
    await until(() => !existsSync(file));
  });

  test.each([
    ['half', (text: string) => text.slice(0, -9)],
    ['empty', () => ''],
    ['of another shape', () => '{"bus":1,"toasts":[]}'],
    ['with a number that no daemon gives', (text: string) => text.replace(':7}', ':0}')],
    ['with an alert that cannot be', (text: string) => text.replace('A41', 'A-1')],
  ])('%s is the same as none, and the next toast is shown', async (_how, broken) => {
    await raiseAndCrash(critical);
    writeFileSync(file, broken(readFileSync(file, 'utf8')));
    const presenter = startPresenter();
    expect(await presenter.shownBefore()).toEqual([]);
    expect(await presenter.show(critical)).toEqual({ shown: true });
    expect(daemon.notified.at(-1)).toMatchObject({ replaces: 0 });
  });

  test('that cannot be written costs no toast, and is told once', async () => {
    file = path.join(folder, 'missing', 'toasts.json');
    const presenter = startPresenter();
    expect(await presenter.show(critical)).toEqual({ shown: true });
    expect(await presenter.show(other)).toEqual({ shown: true });
    await presenter.close('A41');
    expect(daemon.closeCalls).toEqual([7]);
    expect(troubles).toHaveLength(1);
  });
});

describe('a number never reaches a daemon that did not give it', () => {
  async function expectForgotten(presenter: Presenter, now: NotificationDaemon): Promise<void> {
    expect(await presenter.shownBefore()).toEqual([]);
    expect(existsSync(file)).toBe(false);
    await presenter.close('A41');
    expect(await presenter.show(critical)).toEqual({ shown: true });
    expect(now.notified).toMatchObject([{ replaces: 0 }]);
    expect(now.closeCalls).toEqual([]);
  }

  test('when the daemon was started again while we were away', async () => {
    await raiseAndCrash(critical);
    daemon.stop();
    const second = await startDaemon(bus);
    await expectForgotten(startPresenter(), second);
  });

  test('when the session is a new one, even if the daemon has the same name there', async () => {
    await raiseAndCrash(critical);
    const session = await startPrivateBus();
    ends.push(() => session.stop());
    const second = await startDaemon(session, 20);
    const { daemon: name } = JSON.parse(readFileSync(file, 'utf8')) as { daemon: string };
    const presenter = startPresenter(session.address);
    // Both buses count from the same number, and on both the daemon came first.
    await presenter.show(other);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ daemon: name, toasts: { A42: 20 } });
    expect(await presenter.shownBefore()).toEqual(['A42']);
    await presenter.close('A41');
    expect(second.closeCalls).toEqual([]);
  });

  test('when no daemon is there any more', async () => {
    await raiseAndCrash(critical);
    daemon.stop();
    const presenter = startPresenter();
    expect(await presenter.shownBefore()).toEqual([]);
    await expectForgotten(presenter, await startDaemon(bus));
  });

  describe('when another one has taken over and the news has not reached us', () => {
    async function takenOver(): Promise<{ presenter: Presenter; heir: NotificationDaemon }> {
      await raiseAndCrash(critical);
      const presenter = startPresenter();
      await presenter.shownBefore();
      await presenter.hasActions();
      const heir = await startDaemon(bus);
      daemon.giveNameUp();
      // The bus, another process, passes the name on while we stand still and read nothing.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      return { presenter, heir };
    }

    test('a close reaches the old one alone', async () => {
      const { presenter, heir } = await takenOver();
      await presenter.close('A41');
      expect(await presenter.show(other)).toEqual({ shown: true });
      expect(heir.closeCalls).toEqual([]);
      expect(daemon.closeCalls).toEqual([7]);
    });

    test('a toast is shown by the new one, as a new toast', async () => {
      const { presenter, heir } = await takenOver();
      expect(await presenter.show(critical)).toEqual({ shown: true });
      expect(heir.notified).toMatchObject([{ replaces: 0, summary: critical.title }]);
    });
  });
});

test('without a bus the numbers wait in the file for one', async () => {
  await raiseAndCrash(critical);
  const early = startPresenter('unix:path=/nonexistent/tocsin-bus');
  expect(await early.shownBefore()).toEqual(['A41']);
  await early.close('A41');
  expect(existsSync(file)).toBe(true);
  await startPresenter().close('A41');
  expect(daemon.closeCalls).toEqual([7]);
});
