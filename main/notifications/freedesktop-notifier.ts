// Toasts by the Desktop Notifications Specification 1.2, straight over D-Bus: Electron's own Linux notifications have
// no buttons. Plain Node.
import { Variant } from '@particle/dbus-next';
import { assertNever } from '../../shared/assert-never.ts';
import type { SoundName } from '../../shared/sound.ts';
import type { Presenter, ShowResult, Toast, ToastActivation, ToastId } from './presenter.ts';
import {
  type BusConnection,
  BusLost,
  type BusReply,
  type BusSignal,
  busItself,
  connectBus,
} from './session-bus.ts';
import { LimitPassed, within } from './time-limit.ts';
import { type ToastMemoryKeeper, ToastNumbers } from './toast-numbers.ts';

export interface FreedesktopPresenterParts {
  /** Address of the session bus, see `sessionBusAddress`. */
  readonly address: string;
  /** Name of the desktop file without its suffix: gives the toast its app and icon. */
  readonly desktopEntry: string;
  readonly appName: string;
  /** After this long a call counts as failed. 2 s when absent. */
  readonly limitMs?: number;
  /** Remembers the toasts beyond a crash of ours. */
  readonly memory: ToastMemoryKeeper;
}

const serverName = 'org.freedesktop.Notifications';
const server = {
  destination: serverName,
  path: '/org/freedesktop/Notifications',
  interface: serverName,
} as const;
const signalRule = `type='signal',interface='${serverName}',path='${server.path}'`;
const ownerRule = `type='signal',sender='${busItself.destination}',interface='${busItself.interface}',member='NameOwnerChanged',arg0='${serverName}'`;

/** It was closed meanwhile, or a newer one of the same id is on its way. */
const tooLate: ShowResult = { shown: false, error: 'The desktop answered too late.' };

/** Never throws and never hangs: no bus, no daemon and a silent daemon all end as `{ shown: false, error }`. */
export function createFreedesktopPresenter(parts: FreedesktopPresenterParts): Presenter {
  const { address, appName, desktopEntry, limitMs = 2000 } = parts;
  const listeners: ((activation: ToastActivation) => void)[] = [];
  const backListeners: ((toastsLost: boolean) => void)[] = [];
  /** Those of the process before us too. Used only behind `connect`, which has compared the daemon with theirs. */
  const numbers = new ToastNumbers(parts.memory);
  /** The newest show of each toast, so that an answer to an older one is known as late. */
  const turns = new Map<ToastId, number>();
  let lastTurn = 0;
  let connection: Promise<BusConnection> | null = null;
  let capabilities: Promise<ReadonlySet<string>> | null = null;
  let busId: string | null = null;
  /** Unique name of the daemon; only its signals are believed. */
  let owner: string | null = null;
  /** Counts changes of `owner` that the bus announced, so that an answer from before one is known as stale. */
  let ownerChanges = 0;
  /** Toasts went with a daemon that has no successor yet. */
  let toastsLost = false;
  let stopped = false;

  function connect(): Promise<BusConnection> {
    if (stopped) return Promise.reject(new BusLost('Tocsin is quitting.'));
    connection ??= (async () => {
      const opened = await connectBus(address, limitMs, { onSignal, onLost: forgetConnection });
      const changesBefore = ownerChanges;
      const [, , id, name] = await Promise.all([
        opened.addMatch(signalRule),
        opened.addMatch(ownerRule),
        askBus(opened, 'GetId', '', []),
        askBus(opened, 'GetNameOwner', 's', [serverName]),
      ]);
      busId = id;
      meetDaemon(ownerChanges === changesBefore ? name : owner);
      return opened;
    })();
    const attempt = connection;
    attempt.catch(() => {
      if (connection === attempt) forgetConnection();
    });
    return attempt;
  }

  /** The numbers stay: the next connection may lead to the same daemon. */
  function forgetConnection(): void {
    connection = null;
    capabilities = null;
    busId = null;
    owner = null;
  }

  /** A new daemon knows none of our toasts and may give the same numbers to other ones. */
  function meetDaemon(name: string | null): void {
    owner = name;
    if (numbers.meet(name === null ? null : { bus: busId, name })) toastsLost = true;
  }

  /** `body` is made when the daemon is known: a number in it must be that daemon's. */
  async function callServer(
    member: string,
    signature: string,
    body: () => readonly unknown[],
  ): Promise<BusReply> {
    const attempt = async (): Promise<BusReply> => {
      const open = await connect();
      // By its unique name, so that a daemon which takes over meanwhile does not get what was meant for this one.
      const call = { ...server, destination: owner ?? serverName, member, signature, body: body() };
      const reply = await open.call(call);
      if (reply.sender !== owner) throw new Error('The notification service was replaced.');
      return reply;
    };
    const changesBefore = ownerChanges;
    try {
      return await attempt();
    } catch (error) {
      // A connection that died while idle and a daemon that went away are noticed by the first call only.
      if (stopped || !(error instanceof BusLost || ownerChanges !== changesBefore)) throw error;
      return attempt();
    }
  }

  function askCapabilities(): Promise<ReadonlySet<string>> {
    capabilities ??= (async () => {
      const reply = await callServer('GetCapabilities', '', () => []);
      const [names] = reply.body;
      return new Set(Array.isArray(names) ? names.map(String) : []);
    })();
    const attempt = capabilities;
    attempt.catch(() => {
      if (capabilities === attempt) capabilities = null;
    });
    return attempt;
  }

  async function notify(toast: Toast, turn: number): Promise<ShowResult> {
    const toastId = toast.id;
    const known = await askCapabilities();
    if (turns.get(toastId) !== turn) return tooLate;
    const reply = await callServer('Notify', 'susssasa{sv}i', () => [
      appName,
      numbers.numberOf(toastId) ?? 0,
      '',
      wire(toast.title),
      wire(known.has('body-markup') ? escapeMarkup(toast.body) : toast.body),
      known.has('actions') ? actionList(toast) : [],
      {
        urgency: new Variant('y', toast.urgency === 'critical' ? 2 : 1),
        'desktop-entry': new Variant('s', desktopEntry),
        category: new Variant('s', 'x-tocsin.alert'),
        ...(toast.sound === null
          ? { 'suppress-sound': new Variant('b', true) }
          : { 'sound-name': new Variant('s', themeSound(toast.sound)) }),
      },
      toast.expires ? -1 : 0,
    ]);
    const number = Number(reply.body[0]);
    if (turns.get(toastId) !== turn) {
      if (numbers.numberOf(toastId) !== number) await closeNumber(reply.sender, number);
      return tooLate;
    }
    numbers.add(toastId, number);
    return { shown: true };
  }

  async function closeToast(toastId: ToastId): Promise<void> {
    if (numbers.numberOf(toastId) === null) return;
    await connect();
    const number = numbers.numberOf(toastId);
    if (number === null || owner === null) return;
    await closeNumber(owner, number);
    // A newer show may have taken the number over.
    if (!turns.has(toastId)) numbers.remove(toastId, number);
  }

  async function closeNumber(daemon: string, number: number): Promise<void> {
    const open = await connect();
    try {
      await open.call({
        ...server,
        destination: daemon,
        member: 'CloseNotification',
        signature: 'u',
        body: [number],
      });
    } catch (error) {
      if (error instanceof BusLost) throw error;
      // Otherwise there is no such toast any more, which is what we want.
    }
  }

  function onSignal(signal: BusSignal): void {
    if (signal.interface === busItself.interface && signal.sender === busItself.destination) {
      const [name, , newOwner] = signal.body;
      if (signal.member !== 'NameOwnerChanged' || name !== serverName) return;
      ownerChanges += 1;
      capabilities = null;
      meetDaemon(typeof newOwner === 'string' && newOwner !== '' ? newOwner : null);
      if (owner === null) return;
      const lost = toastsLost;
      toastsLost = false;
      for (const listener of backListeners) listener(lost);
      return;
    }
    if (signal.interface !== serverName || signal.sender !== owner) return;
    const number = Number(signal.body[0]);
    const toastId = numbers.toastOf(number);
    if (toastId === null) return;
    if (signal.member === 'NotificationClosed') {
      numbers.remove(toastId, number);
    } else if (signal.member === 'ActionInvoked') {
      const action = actionOf(signal.body[1]);
      if (action !== null) for (const listener of listeners) listener({ toastId, action });
    }
  }

  function inTime<Result>(work: Promise<Result>): Promise<Result> {
    return within(limitMs, `The desktop did not answer within ${limitMs / 1000} s.`, work);
  }

  return {
    name: 'freedesktop',
    show: async (toast) => {
      lastTurn += 1;
      turns.set(toast.id, lastTurn);
      const work = notify(toast, lastTurn);
      try {
        return await inTime(work);
      } catch (error) {
        if (!(error instanceof LimitPassed)) return failure(error);
        return { ...failure(error), later: work.catch(failure) };
      }
    },
    close: async (toastId) => {
      turns.delete(toastId);
      await inTime(closeToast(toastId)).catch(() => undefined);
    },
    isUp: (toastId) => numbers.numberOf(toastId) !== null,
    shownBefore: async () => {
      if (numbers.toastIds().length === 0) return [];
      // Without the desktop it stays open whose numbers these are; each use of one asks again.
      await inTime(connect()).catch(() => undefined);
      return numbers.toastIds();
    },
    hasActions: async () => {
      try {
        return (await inTime(askCapabilities())).has('actions');
      } catch {
        return false;
      }
    },
    onActivation: (listener) => listeners.push(listener),
    onDesktopBack: (listener) => backListeners.push(listener),
    stop: async () => {
      stopped = true;
      const open = connection;
      if (open === null) return;
      await inTime(open).then(
        (opened) => opened.disconnect(),
        () => undefined,
      );
    },
  };
}

/** Null: the bus refuses, as it does for the owner of a name that nobody has. */
async function askBus(
  open: BusConnection,
  member: string,
  signature: string,
  body: readonly unknown[],
): Promise<string | null> {
  try {
    const [answer] = (await open.call({ ...busItself, member, signature, body })).body;
    return typeof answer === 'string' && answer !== '' ? answer : null;
  } catch (error) {
    if (error instanceof BusLost) throw error;
    return null;
  }
}

function failure(error: unknown): { readonly shown: false; readonly error: string } {
  return { shown: false, error: error instanceof Error ? error.message : String(error) };
}

/** Names of the freedesktop sound naming specification 0.8. */
function themeSound(sound: SoundName): string {
  switch (sound) {
    case 'critical':
      return 'alarm-clock-elapsed';
    case 'medium':
      return 'message-new-instant';
    case 'deaf':
      return 'dialog-warning';
    default:
      return assertNever(sound);
  }
}

/** Pairs of name and label. `default` is a click on the body; daemons that list it show the label of the open button. */
function actionList(toast: Toast): string[] {
  const label = toast.actions.find(({ id }) => id === 'open')?.label ?? '';
  return ['default', wire(label), ...toast.actions.flatMap((action) => [action.id, wire(action.label)])];
}

function actionOf(key: unknown): ToastActivation['action'] | null {
  return key === 'acknowledge' || key === 'open' || key === 'default' ? key : null;
}

/** The specification's body markup is a small part of XML. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The bus disconnects whoever sends a string with U+0000 in it. */
function wire(text: string): string {
  return text.replaceAll('\0', '');
}
