// Toasts by the Desktop Notifications Specification 1.2, straight over D-Bus: Electron's own Linux notifications have
// no buttons. Plain Node.
import { Variant } from '@particle/dbus-next';
import type { AlertId } from '../../shared/alert.ts';
import type { Presenter, ShowResult, Toast, ToastActivation } from './presenter.ts';
import {
  type BusConnection,
  BusLost,
  type BusReply,
  type BusSignal,
  busItself,
  connectBus,
} from './session-bus.ts';
import { within } from './time-limit.ts';

export interface FreedesktopPresenterParts {
  /** Address of the session bus, see `sessionBusAddress`. */
  readonly address: string;
  /** Name of the desktop file without its suffix: gives the toast its app and icon. */
  readonly desktopEntry: string;
  readonly appName: string;
  /** After this long a call counts as failed. 2 s when absent. */
  readonly limitMs?: number;
}

const serverName = 'org.freedesktop.Notifications';
const server = {
  destination: serverName,
  path: '/org/freedesktop/Notifications',
  interface: serverName,
} as const;
const signalRule = `type='signal',interface='${serverName}',path='${server.path}'`;
const ownerRule = `type='signal',sender='${busItself.destination}',interface='${busItself.interface}',member='NameOwnerChanged',arg0='${serverName}'`;

/** Clicks may arrive after the toast has closed; this many closed toasts are remembered for them. */
const rememberedToasts = 1000;

/** Never throws and never hangs: no bus, no daemon and a silent daemon all end as `{ shown: false, error }`. */
export function createFreedesktopPresenter(parts: FreedesktopPresenterParts): Presenter {
  const { address, appName, desktopEntry, limitMs = 2000 } = parts;
  const listeners: ((activation: ToastActivation) => void)[] = [];
  /** The daemon's number of each toast that is up. */
  const numbers = new Map<AlertId, number>();
  /** Whose toast a number was, kept after closing; oldest first. */
  const alerts = new Map<number, AlertId>();
  /** The newest show of each alert, so that an answer to an older one is known as late. */
  const turns = new Map<AlertId, number>();
  let lastTurn = 0;
  let connection: Promise<BusConnection> | null = null;
  let capabilities: Promise<ReadonlySet<string>> | null = null;
  /** Unique name of the daemon; only its signals are believed. */
  let owner: string | null = null;
  let stopped = false;

  function connect(): Promise<BusConnection> {
    if (stopped) return Promise.reject(new BusLost('Tocsin is quitting.'));
    connection ??= (async () => {
      const opened = await connectBus(address, limitMs, { onSignal, onLost: forgetConnection });
      await Promise.all([opened.addMatch(signalRule), opened.addMatch(ownerRule)]);
      return opened;
    })();
    const attempt = connection;
    attempt.catch(() => {
      if (connection === attempt) forgetConnection();
    });
    return attempt;
  }

  function forgetConnection(): void {
    connection = null;
    forgetDaemon(null);
  }

  /** A new daemon knows none of our toasts and may give the same numbers to other ones. */
  function forgetDaemon(newOwner: string | null): void {
    owner = newOwner;
    capabilities = null;
    numbers.clear();
    alerts.clear();
  }

  async function callServer(member: string, signature: string, body: readonly unknown[]): Promise<BusReply> {
    const request = { ...server, member, signature, body };
    try {
      return await (await connect()).call(request);
    } catch (error) {
      if (!(error instanceof BusLost) || stopped) throw error;
      // A connection that died while idle is noticed by the first call only.
      return (await connect()).call(request);
    }
  }

  function askCapabilities(): Promise<ReadonlySet<string>> {
    capabilities ??= (async () => {
      const reply = await callServer('GetCapabilities', '', []);
      owner = reply.sender;
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
    const known = await askCapabilities();
    const replaces = numbers.get(toast.alertId) ?? 0;
    const reply = await callServer('Notify', 'susssasa{sv}i', [
      appName,
      replaces,
      '',
      wire(toast.title),
      wire(known.has('body-markup') ? escapeMarkup(toast.body) : toast.body),
      known.has('actions') ? actionList(toast) : [],
      {
        urgency: new Variant('y', toast.urgency === 'critical' ? 2 : 1),
        'desktop-entry': new Variant('s', desktopEntry),
        category: new Variant('s', 'x-tocsin.alert'),
      },
      toast.expires ? -1 : 0,
    ]);
    owner = reply.sender;
    const number = Number(reply.body[0]);
    if (turns.get(toast.alertId) !== turn) {
      if (numbers.get(toast.alertId) !== number) await closeNumber(number);
      return { shown: false, error: 'The desktop answered too late.' };
    }
    numbers.set(toast.alertId, number);
    remember(number, toast.alertId);
    return { shown: true };
  }

  function remember(number: number, alertId: AlertId): void {
    alerts.delete(number);
    alerts.set(number, alertId);
    const [oldest] = alerts.keys();
    if (alerts.size > rememberedToasts && oldest !== undefined) alerts.delete(oldest);
  }

  async function closeNumber(number: number): Promise<void> {
    // An error means that there is no such toast any more, which is what we want.
    await callServer('CloseNotification', 'u', [number]).catch(() => undefined);
  }

  function onSignal(signal: BusSignal): void {
    if (signal.interface === busItself.interface && signal.sender === busItself.destination) {
      const [name, , newOwner] = signal.body;
      if (signal.member === 'NameOwnerChanged' && name === serverName && newOwner !== owner) {
        forgetDaemon(typeof newOwner === 'string' && newOwner !== '' ? newOwner : null);
      }
      return;
    }
    if (signal.interface !== serverName || signal.sender !== owner) return;
    const number = Number(signal.body[0]);
    const alertId = alerts.get(number);
    if (alertId === undefined) return;
    if (signal.member === 'NotificationClosed') {
      if (numbers.get(alertId) === number) numbers.delete(alertId);
    } else if (signal.member === 'ActionInvoked') {
      const action = actionOf(signal.body[1]);
      if (action !== null) for (const listener of listeners) listener({ alertId, action });
    }
  }

  function inTime<Result>(work: Promise<Result>): Promise<Result> {
    return within(limitMs, `The desktop did not answer within ${limitMs / 1000} s.`, work);
  }

  return {
    name: 'freedesktop',
    show: async (toast) => {
      lastTurn += 1;
      turns.set(toast.alertId, lastTurn);
      try {
        return await inTime(notify(toast, lastTurn));
      } catch (error) {
        return { shown: false, error: error instanceof Error ? error.message : String(error) };
      }
    },
    close: async (alertId) => {
      turns.delete(alertId);
      const number = numbers.get(alertId);
      numbers.delete(alertId);
      if (number !== undefined) await inTime(closeNumber(number)).catch(() => undefined);
    },
    hasActions: async () => {
      try {
        return (await inTime(askCapabilities())).has('actions');
      } catch {
        return false;
      }
    },
    onActivation: (listener) => listeners.push(listener),
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
