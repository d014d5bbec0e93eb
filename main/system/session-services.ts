// Who in this Linux session shows tray icons and notifications, asked over its bus. Plain Node.

/** The part of a bus connection that is needed. */
export interface SessionBus {
  call(call: {
    readonly destination: string;
    readonly path: string;
    readonly interface: string;
    readonly member: string;
    readonly signature?: string;
    readonly body?: readonly unknown[];
  }): Promise<{ readonly body: readonly unknown[] }>;
}

export interface SessionServices {
  readonly trayHost: 'present' | 'missing' | 'unknown';
  /** Name and version; null: nobody. */
  readonly notificationServer: string | null;
  readonly notificationCapabilities: readonly string[];
}

const notifications = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
} as const;

/** Never rejects as long as the bus answers each call or refuses it. */
export async function askSessionServices(bus: SessionBus): Promise<SessionServices> {
  const [trayHost, notificationServer, notificationCapabilities] = await Promise.all([
    askTrayHost(bus),
    askServer(bus),
    askCapabilities(bus),
  ]);
  return { trayHost, notificationServer, notificationCapabilities };
}

/** A watcher without a host collects icons that nobody draws (StatusNotifierItem specification). */
async function askTrayHost(bus: SessionBus): Promise<SessionServices['trayHost']> {
  try {
    const { body } = await bus.call({
      destination: 'org.kde.StatusNotifierWatcher',
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      signature: 'ss',
      body: ['org.kde.StatusNotifierWatcher', 'IsStatusNotifierHostRegistered'],
    });
    const [answer] = body;
    const isThere: unknown =
      typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : answer;
    return isThere === true ? 'present' : 'missing';
  } catch (error) {
    return isNobody(error) ? 'missing' : 'unknown';
  }
}

function isNobody(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'type' in error &&
    (error.type === 'org.freedesktop.DBus.Error.ServiceUnknown' ||
      error.type === 'org.freedesktop.DBus.Error.NameHasNoOwner')
  );
}

async function askServer(bus: SessionBus): Promise<string | null> {
  try {
    const { body } = await bus.call({ ...notifications, member: 'GetServerInformation' });
    const [name, , version] = body.map(String);
    return `${name ?? ''} ${version ?? ''}`.trim().slice(0, 200);
  } catch {
    return null;
  }
}

async function askCapabilities(bus: SessionBus): Promise<readonly string[]> {
  try {
    const { body } = await bus.call({ ...notifications, member: 'GetCapabilities' });
    const [names] = body;
    return Array.isArray(names) ? names.slice(0, 50).map((name) => String(name).slice(0, 60)) : [];
  } catch {
    return [];
  }
}
