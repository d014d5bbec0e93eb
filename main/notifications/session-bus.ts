// One connection to the D-Bus session bus that never throws out of turn and never hangs: the library below emits
// errors as events and leaves calls pending for ever when the other side goes away.
import { Message, MessageType, sessionBus } from '@particle/dbus-next';

export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** D-Bus type signature of `body`. */
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

export interface BusReply {
  readonly body: readonly unknown[];
  /** Unique name of the process that answered, such as `:1.7`. */
  readonly sender: string;
}

export interface BusSignal extends BusReply {
  readonly interface: string;
  readonly member: string;
}

export interface BusConnection {
  /** Rejects with `BusLost` when the connection is gone, else with the error the other side answered. */
  call(call: BusCall): Promise<BusReply>;
  /** Asks the bus for the signals that fit `rule` (a D-Bus match rule). */
  addMatch(rule: string): Promise<void>;
  disconnect(): void;
}

/** The connection itself failed: a new one may work. */
export class BusLost extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BusLost';
  }
}

/**
 * The bus of this session, or null. The library's own search needs X11, so only the environment is asked, and then the
 * place where systemd puts the bus. Electron writes `disabled:` into its own environment when the variable was not set.
 */
export function sessionBusAddress(
  env: Readonly<Record<string, string | undefined>>,
  exists: (path: string) => boolean,
): string | null {
  const address = env['DBUS_SESSION_BUS_ADDRESS'];
  if (address !== undefined && address !== '' && address !== 'disabled:') return address;
  const runtimeDir = env['XDG_RUNTIME_DIR'];
  const usual = runtimeDir === undefined || runtimeDir === '' ? null : `${runtimeDir}/bus`;
  return usual !== null && exists(usual) ? `unix:path=${usual}` : null;
}

export interface BusListeners {
  readonly onSignal: (signal: BusSignal) => void;
  /** Once at most; every pending call has been rejected by then. */
  readonly onLost: () => void;
}

/** Rejects with `BusLost` when there is no bus at `address`, or none that greets within `limitMs`. */
export function connectBus(
  address: string,
  limitMs: number,
  listeners: BusListeners,
): Promise<BusConnection> {
  return new Promise((resolve, reject) => {
    const bus = openBus(address);
    const pending = new Set<(error: BusLost) => void>();
    let lost = false;
    const limit = setTimeout(() => {
      bus.disconnect();
      lose(new BusLost(`The session bus did not answer within ${limitMs / 1000} s.`));
    }, limitMs);

    function lose(error: unknown): void {
      const failure = new BusLost(error instanceof Error ? error.message : String(error));
      clearTimeout(limit);
      reject(failure);
      if (lost) return;
      lost = true;
      for (const fail of pending) fail(failure);
      pending.clear();
      listeners.onLost();
    }

    function call(request: BusCall): Promise<BusReply> {
      if (lost) return Promise.reject(new BusLost('The session bus is gone.'));
      return new Promise((answer, fail) => {
        pending.add(fail);
        bus
          .call(
            new Message({ ...request, signature: request.signature ?? '', body: [...(request.body ?? [])] }),
          )
          .then((reply) => {
            if (reply === null) fail(new Error('The call was not answered.'));
            else answer({ body: bodyOf(reply), sender: reply.sender });
          }, fail)
          .finally(() => pending.delete(fail));
      });
    }

    bus.on('error', lose);
    bus.on('message', (message) => {
      if (message.type !== MessageType.SIGNAL) return;
      const { interface: from, member, sender } = message;
      listeners.onSignal({ interface: from, member, sender, body: bodyOf(message) });
    });
    bus.on('connect', () => {
      clearTimeout(limit);
      resolve({
        call,
        addMatch: async (rule) => {
          await call({ ...busItself, member: 'AddMatch', signature: 's', body: [rule] });
        },
        disconnect: () => {
          if (!lost) bus.disconnect();
          lose(new BusLost('Disconnected.'));
        },
      });
    });
  });
}

/** The message bus as a peer: where match rules and name owners live. */
export const busItself = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

function openBus(address: string) {
  // An empty one would start the library's own search.
  if (address === '') throw new BusLost('There is no session bus.');
  try {
    return sessionBus({ busAddress: address });
  } catch (error) {
    throw new BusLost(error instanceof Error ? error.message : String(error));
  }
}

function bodyOf(message: Message): readonly unknown[] {
  // The typings promise an array, a message without a body has none.
  return (message.body as readonly unknown[] | undefined) ?? [];
}
