// A StatusNotifier host on a session bus, as a panel would be: sees which icons are there, reads them and their menus,
// and clicks. Specification: freedesktop.org StatusNotifierItem, and com.canonical.dbusmenu of libdbusmenu.
import { Message, type MessageBus, Variant, sessionBus } from '@particle/dbus-next';
import { until } from './until.ts';

export interface TrayItem {
  /** Bus name and object path under which the icon lives. */
  readonly service: string;
  readonly path: string;
}

export interface TrayPixmap {
  readonly width: number;
  readonly height: number;
  /** ARGB, 4 bytes a pixel, rows from the top. */
  readonly argb: Buffer;
}

export interface TrayProperties {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  /** Title of the tooltip. */
  readonly tooltip: string;
  readonly iconName: string;
  readonly pixmaps: readonly TrayPixmap[];
  readonly menuPath: string;
  readonly isMenu: boolean;
}

export interface TrayMenuEntry {
  readonly id: number;
  /** As a person reads it: without marks for access keys; empty for a separator. */
  readonly label: string;
  readonly separator: boolean;
  readonly enabled: boolean;
  readonly entries: readonly TrayMenuEntry[];
}

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
const properties = 'org.freedesktop.DBus.Properties';

export class TrayWatcher {
  /** Icons that are there, in order of registration. */
  readonly items: TrayItem[] = [];
  /** How often any icon said that its menu is a new one. */
  menuChanges = 0;
  #bus: MessageBus;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
    bus.addMethodHandler((message: Message) => this.#receive(message));
    bus.on('message', (message) => {
      if (message.member === 'LayoutUpdated') this.menuChanges += 1;
      // An icon goes when its process leaves the bus.
      if (message.member !== 'NameOwnerChanged' || message.body[2] !== '') return;
      const gone = this.items.filter(({ service }) => service === message.body[0]);
      for (const item of gone) this.items.splice(this.items.indexOf(item), 1);
    });
  }

  /** Start it before the app: an icon that finds no watcher may look for another kind of tray. */
  static async start({ address }: { readonly address: string }): Promise<TrayWatcher> {
    const bus = sessionBus({ busAddress: address });
    bus.on('error', () => undefined);
    const watcher = new TrayWatcher(bus);
    const itself = 'org.freedesktop.DBus';
    for (const rule of [`sender='${itself}',member='NameOwnerChanged'`, `interface='${menuInterface}'`]) {
      await watcher.#call(itself, '/org/freedesktop/DBus', itself, 'AddMatch', 's', [
        `type='signal',${rule}`,
      ]);
    }
    await bus.requestName(watcherName, 0);
    return watcher;
  }

  stop(): void {
    this.#bus.disconnect();
  }

  /** The first icon, as soon as it is there. */
  item(limitMs = 10_000): Promise<TrayItem> {
    return until(() => this.items[0], limitMs);
  }

  async read(item: TrayItem): Promise<TrayProperties> {
    const reply = await this.#call(item.service, item.path, properties, 'GetAll', 's', [itemInterface]);
    const found = reply[0] as Readonly<Record<string, { readonly value: unknown } | undefined>>;
    const text = (name: string): string => String(found[name]?.value ?? '');
    const tooltip = found['ToolTip']?.value;
    return {
      id: text('Id'),
      title: text('Title'),
      status: text('Status'),
      tooltip: Array.isArray(tooltip) ? String(tooltip[2]) : '',
      iconName: text('IconName'),
      pixmaps: pixmapsOf(found['IconPixmap']?.value),
      menuPath: text('Menu'),
      isMenu: found['ItemIsMenu']?.value === true,
    };
  }

  /** The whole menu as it is now. */
  async menu(item: TrayItem): Promise<readonly TrayMenuEntry[]> {
    const { menuPath } = await this.read(item);
    const body = await this.#call(item.service, menuPath, menuInterface, 'GetLayout', 'iias', [0, -1, []]);
    return entryOf(body[1]).entries;
  }

  /** The menu as lines of text: two spaces deeper for a submenu, `---` for a separator, `(...)` for what cannot be chosen. */
  async menuText(item: TrayItem): Promise<string> {
    return linesOf(await this.menu(item), '').join('\n');
  }

  /** Chooses the entry whose labels contain `labels`, from the top level down. Throws with the menu when there is none. */
  async choose(item: TrayItem, ...labels: readonly string[]): Promise<void> {
    let entries = await this.menu(item);
    let chosen: TrayMenuEntry | undefined;
    for (const label of labels) {
      chosen = entries.find((entry) => entry.label.includes(label));
      if (chosen === undefined)
        throw new Error(`No "${label}" in the tray menu:\n${await this.menuText(item)}`);
      entries = chosen.entries;
    }
    if (chosen === undefined) throw new Error('Name at least one label.');
    if (!chosen.enabled) throw new Error(`"${chosen.label}" cannot be chosen.`);
    const { menuPath } = await this.read(item);
    await this.#call(item.service, menuPath, menuInterface, 'Event', 'isvu', [
      chosen.id,
      'clicked',
      new Variant('i', 0),
      0,
    ]);
  }

  /** A click on the icon itself. */
  async activate(item: TrayItem): Promise<void> {
    await this.#call(item.service, item.path, itemInterface, 'Activate', 'ii', [0, 0]);
  }

  #receive(message: Message): boolean {
    if (message.path !== watcherPath) return false;
    if (message.interface === properties) this.#answerProperties(message);
    else if (message.member === 'RegisterStatusNotifierItem') this.#register(message);
    else if (message.member === 'RegisterStatusNotifierHost') this.#reply(message, '', []);
    else return false;
    return true;
  }

  /** The argument is a bus name, or an object path of the caller (Ayatana's way). */
  #register(message: Message): void {
    const given = String(message.body[0]);
    const item = given.startsWith('/')
      ? { service: message.sender, path: given }
      : { service: given, path: '/StatusNotifierItem' };
    this.items.push(item);
    this.#reply(message, '', []);
    const name = `${item.service}${item.path}`;
    this.#bus.send(Message.newSignal(watcherPath, watcherName, 'StatusNotifierItemRegistered', 's', [name]));
  }

  #answerProperties(message: Message): void {
    const values: Readonly<Record<string, Variant>> = {
      IsStatusNotifierHostRegistered: new Variant('b', true),
      ProtocolVersion: new Variant('i', 0),
      RegisteredStatusNotifierItems: new Variant(
        'as',
        this.items.map(({ service, path }) => `${service}${path}`),
      ),
    };
    if (message.member === 'GetAll') return this.#reply(message, 'a{sv}', [values]);
    return this.#reply(message, 'v', [values[String(message.body[1])] ?? new Variant('s', '')]);
  }

  #reply(message: Message, signature: string, body: unknown[]): void {
    this.#bus.send(Message.newMethodReturn(message, signature, body));
  }

  async #call(
    destination: string,
    path: string,
    from: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<readonly unknown[]> {
    const reply = await this.#bus.call(
      new Message({ destination, path, interface: from, member, signature, body }),
    );
    return (reply?.body as readonly unknown[] | undefined) ?? [];
  }
}

function pixmapsOf(value: unknown): readonly TrayPixmap[] {
  if (!Array.isArray(value)) return [];
  return value.map((pixmap: readonly unknown[]) => ({
    width: Number(pixmap[0]),
    height: Number(pixmap[1]),
    argb: Buffer.from(pixmap[2] as Uint8Array),
  }));
}

/** A dbusmenu item on the wire: `(ia{sv}av)`, children wrapped in variants. */
function entryOf(raw: unknown): TrayMenuEntry {
  const [id, found, children] = raw as readonly [
    number,
    Readonly<Record<string, { readonly value: unknown } | undefined>>,
    readonly { readonly value: unknown }[],
  ];
  return {
    id,
    label: String(found['label']?.value ?? '').replace(/_(.)/gu, '$1'),
    separator: found['type']?.value === 'separator',
    enabled: found['enabled']?.value !== false,
    entries: children.map(({ value }) => entryOf(value)),
  };
}

function linesOf(entries: readonly TrayMenuEntry[], indent: string): string[] {
  return entries.flatMap((entry) => {
    if (entry.separator) return [`${indent}---`];
    const line = `${indent}${entry.enabled ? entry.label : `(${entry.label})`}`;
    return [line, ...linesOf(entry.entries, `${indent}  `)];
  });
}
