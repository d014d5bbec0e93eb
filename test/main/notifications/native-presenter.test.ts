import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  type NativePresenterParts,
  type NativeToastOptions,
  createNativePresenter,
} from '../../../main/notifications/native-presenter.ts';
import type { Toast, ToastActivation } from '../../../main/notifications/presenter.ts';

/** Behaves like Electron's class as far as events go; `outcome` is what the system makes of `show`. */
class SystemNotification extends EventEmitter {
  closed = 0;
  readonly options: NativeToastOptions;
  readonly #outcome: 'show' | 'failed' | 'nothing';
  constructor(options: NativeToastOptions, outcome: 'show' | 'failed' | 'nothing') {
    super();
    this.options = options;
    this.#outcome = outcome;
  }
  show(): void {
    if (this.#outcome === 'show') setImmediate(() => this.emit('show', {}));
    if (this.#outcome === 'failed')
      setImmediate(() => this.emit('failed', {}, 'Notifications are not allowed.'));
  }
  close(): void {
    this.closed += 1;
  }
}

const toast: Toast = {
  id: 'A1',
  title: 'Critical · Queue is full',
  body: 'queue-7',
  urgency: 'critical',
  expires: false,
  sound: null,
  actions: [
    { id: 'acknowledge', label: 'Acknowledge' },
    { id: 'open', label: 'Open' },
  ],
};

function setUp(given: Partial<NativePresenterParts> = {}, outcome: 'show' | 'failed' | 'nothing' = 'show') {
  const made: SystemNotification[] = [];
  const activations: ToastActivation[] = [];
  const presenter = createNativePresenter({
    ready: Promise.resolve(),
    isSupported: () => true,
    create: (options) => {
      const notification = new SystemNotification(options, outcome);
      made.push(notification);
      return notification;
    },
    remove: null,
    hasActions: true,
    limitMs: 50,
    ...given,
  });
  presenter.onActivation((activation) => activations.push(activation));
  return { presenter, made, activations };
}

describe('showing', () => {
  test('a critical toast is urgent, never times out and has its buttons', async () => {
    const { presenter, made } = setUp();
    expect(await presenter.show(toast)).toEqual({ shown: true });
    expect(made[0]?.options).toMatchObject({
      id: 'A1',
      urgency: 'critical',
      timeoutType: 'never',
      actions: [
        { type: 'button', text: 'Acknowledge' },
        { type: 'button', text: 'Open' },
      ],
    });
  });

  test('showing the same alert again closes the older toast first', async () => {
    const { presenter, made } = setUp();
    await presenter.show(toast);
    await presenter.show(toast);
    expect(made.map(({ closed }) => closed)).toEqual([1, 0]);
  });

  test('what the system refuses is quoted', async () => {
    const { presenter } = setUp({}, 'failed');
    expect(await presenter.show(toast)).toEqual({ shown: false, error: 'Notifications are not allowed.' });
  });

  test('a system that says nothing counts as not shown', async () => {
    const { presenter } = setUp({}, 'nothing');
    expect(await presenter.show(toast)).toMatchObject({ shown: false });
  });

  test('a system without notifications is an answer', async () => {
    const { presenter, made } = setUp({ isSupported: () => false });
    expect(await presenter.show(toast)).toMatchObject({ shown: false });
    expect(made).toEqual([]);
  });
});

describe('what a person does', () => {
  test.each([
    ['Electron 33', [{}, 1], 'open'],
    ['Electron 45', [{ actionIndex: 0 }, 0, -1], 'acknowledge'],
    ['Electron 45 without the deprecated argument', [{ actionIndex: 1 }], 'open'],
  ] as const)('a button is recognised as %s tells it', async (_version, details, action) => {
    const { presenter, made, activations } = setUp();
    await presenter.show(toast);
    made[0]?.emit('action', ...details);
    expect(activations).toEqual([{ toastId: 'A1', action }]);
  });

  test('a click on the body is the default action, a button that does not exist is nothing', async () => {
    const { presenter, made, activations } = setUp();
    await presenter.show(toast);
    made[0]?.emit('action', { actionIndex: 7 });
    made[0]?.emit('click', {});
    expect(activations).toEqual([{ toastId: 'A1', action: 'default' }]);
  });
});

describe('closing', () => {
  test('a toast that timed out into the notification centre can still be taken out', async () => {
    const { presenter, made } = setUp();
    await presenter.show(toast);
    made[0]?.emit('close', { reason: 'timedOut' });
    await presenter.close('A1');
    expect(made[0]?.closed).toBe(1);
  });

  test('a toast that the person dismissed is not closed again', async () => {
    const { presenter, made } = setUp();
    await presenter.show(toast);
    made[0]?.emit('close', { reason: 'userCanceled' });
    await presenter.close('A1');
    expect(made[0]?.closed).toBe(0);
  });

  test('close also removes what an earlier run left in the notification centre', async () => {
    const removed: string[] = [];
    const { presenter } = setUp({ remove: (id) => removed.push(id) });
    await presenter.close('A1');
    expect(removed).toEqual(['A1']);
  });

  test('stop closes every toast', async () => {
    const { presenter, made } = setUp();
    await presenter.show(toast);
    await presenter.show({ ...toast, id: 'A2' });
    await presenter.stop();
    expect(made.map(({ closed }) => closed)).toEqual([1, 1]);
  });
});

test('a toast without a sound is silent, one with a sound sounds as the system likes', async () => {
  const { presenter, made } = setUp();
  await presenter.show(toast);
  await presenter.show({ ...toast, sound: 'critical' });
  expect(made.map(({ options }) => options.silent)).toEqual([true, false]);
});

test('a toast is up from its showing until the system or we close it', async () => {
  const { presenter, made } = setUp();
  await presenter.show(toast);
  expect(presenter.isUp('A1')).toBe(true);
  made[0]?.emit('close', { reason: 'timedOut' });
  expect(presenter.isUp('A1')).toBe(false);
  await presenter.show(toast);
  // The close of the one that was replaced comes late.
  made[0]?.emit('close', {});
  expect(presenter.isUp('A1')).toBe(true);
  await presenter.close('A1');
  expect(presenter.isUp('A1')).toBe(false);
});
