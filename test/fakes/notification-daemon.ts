// An org.freedesktop.Notifications server on a session bus: records what it is asked, does what a person would do.
import { Message, type MessageBus, sessionBus } from '@particle/dbus-next';
import { until } from './until.ts';

export interface NotifyCall {
  /** The number this daemon gave the toast. */
  readonly number: number;
  readonly appName: string;
  readonly replaces: number;
  readonly icon: string;
  readonly summary: string;
  readonly body: string;
  /** Names in order, with their labels. */
  readonly actions: readonly { readonly name: string; readonly label: string }[];
  readonly hints: Readonly<Record<string, unknown>>;
  /** ms; 0 never, -1 the daemon's choice. */
  readonly expireTimeout: number;
  /** `performance.now()` on arrival. */
  readonly receivedAt: number;
}

export interface NotificationDaemonOptions {
  readonly address: string;
  readonly capabilities?: readonly string[];
}

/** Why a toast closed, as the specification numbers it. */
const closeReasons = { expired: 1, dismissed: 2, closed: 3 } as const;

const name = 'org.freedesktop.Notifications';
const path = '/org/freedesktop/Notifications';

export class NotificationDaemon {
  /** Every Notify, oldest first. */
  readonly notified: NotifyCall[] = [];
  /** Numbers of every CloseNotification, oldest first, unknown ones too. */
  readonly closeCalls: number[] = [];
  /** What is on the screen now, by number. */
  readonly shown = new Map<number, NotifyCall>();
  /** True: calls are received and never answered until `answerHeld`. */
  silent = false;
  /** Set: Notify is answered with this error. */
  refusal: string | null = null;

  #bus: MessageBus;
  #capabilities: readonly string[];
  #lastNumber: number;
  #held: Message[] = [];
  #stopped = false;

  private constructor(bus: MessageBus, capabilities: readonly string[], firstNumber: number) {
    this.#bus = bus;
    this.#capabilities = capabilities;
    this.#lastNumber = firstNumber - 1;
    bus.addMethodHandler((message: Message) => this.#receive(message));
  }

  /** Resolves when the name is owned. `firstNumber` tells two daemons' numbers apart. */
  static async start(options: NotificationDaemonOptions, firstNumber = 1): Promise<NotificationDaemon> {
    const bus = sessionBus({ busAddress: options.address });
    bus.on('error', () => undefined);
    const daemon = new NotificationDaemon(
      bus,
      options.capabilities ?? ['actions', 'body', 'body-markup'],
      firstNumber,
    );
    await bus.requestName(name, 0);
    return daemon;
  }

  /** Lets the next in line be the daemon, but stays on the bus. The request is on its way when this returns. */
  giveNameUp(): void {
    void this.#bus.releaseName(name);
  }

  /** As if killed: what arrives from now on is not heard. */
  stop(): void {
    this.#stopped = true;
    this.#bus.disconnect();
  }

  /** The toast whose summary contains `words`, as soon as it is on the screen. */
  toast(words: string): Promise<NotifyCall> {
    return until(() => [...this.shown.values()].find(({ summary }) => summary.includes(words)));
  }

  /** A person presses a button, or clicks the body (`default`). The toast goes, as on most desktops. */
  press(number: number, action: string): void {
    this.#emit('ActionInvoked', 'us', [number, action]);
    this.#close(number, 'dismissed');
  }

  dismiss(number: number): void {
    this.#close(number, 'dismissed');
  }

  expire(number: number): void {
    this.#close(number, 'expired');
  }

  /** Goes on after `silent`: answers everything that waited. */
  answerHeld(): void {
    this.silent = false;
    for (const message of this.#held.splice(0)) this.#answer(message);
  }

  /** Goes on after `silent`, as if what waited had never arrived. */
  forgetHeld(): void {
    this.silent = false;
    this.#held = [];
  }

  #receive(message: Message): boolean {
    if (this.#stopped) return true;
    if (message.interface !== name) return false;
    if (this.silent) this.#held.push(message);
    else this.#answer(message);
    return true;
  }

  #answer(message: Message): void {
    switch (message.member) {
      case 'GetCapabilities':
        return this.#reply(message, 'as', [this.#capabilities]);
      case 'GetServerInformation':
        return this.#reply(message, 'ssss', ['test daemon', 'test', '1', '1.2']);
      case 'Notify':
        return this.#notify(message);
      case 'CloseNotification': {
        const number = Number(message.body[0]);
        this.closeCalls.push(number);
        this.#reply(message, '', []);
        this.#close(number, 'closed');
        return;
      }
      default:
        this.#bus.send(errorTo(message, 'org.freedesktop.DBus.Error.UnknownMethod', message.member));
    }
  }

  #notify(message: Message): void {
    if (this.refusal !== null) {
      this.#bus.send(errorTo(message, `${name}.Error.Refused`, this.refusal));
      return;
    }
    const [appName, replaces, icon, summary, body, actions, hints, expireTimeout] =
      message.body as NotifyBody;
    if (!this.shown.has(replaces)) this.#lastNumber += 1;
    const number = this.shown.has(replaces) ? replaces : this.#lastNumber;
    const call: NotifyCall = {
      number,
      appName,
      replaces,
      icon,
      summary,
      body,
      actions: pairs(actions),
      hints: Object.fromEntries(Object.entries(hints).map(([key, { value }]) => [key, value])),
      expireTimeout,
      receivedAt: performance.now(),
    };
    this.notified.push(call);
    this.shown.set(number, call);
    this.#reply(message, 'u', [number]);
  }

  #close(number: number, reason: keyof typeof closeReasons): void {
    if (this.shown.delete(number)) this.#emit('NotificationClosed', 'uu', [number, closeReasons[reason]]);
  }

  #reply(message: Message, signature: string, body: unknown[]): void {
    this.#bus.send(Message.newMethodReturn(message, signature, body));
  }

  #emit(member: string, signature: string, body: unknown[]): void {
    this.#bus.send(Message.newSignal(path, name, member, signature, body));
  }
}

type NotifyBody = [
  appName: string,
  replaces: number,
  icon: string,
  summary: string,
  body: string,
  actions: string[],
  hints: Record<string, { readonly value: unknown }>,
  expireTimeout: number,
];

function pairs(actions: readonly string[]): { name: string; label: string }[] {
  const result: { name: string; label: string }[] = [];
  for (let at = 0; at + 1 < actions.length; at += 2) {
    result.push({ name: actions[at] ?? '', label: actions[at + 1] ?? '' });
  }
  return result;
}

/** The library's typings want a string where its code wants the message. */
function errorTo(message: Message, errorName: string, text: string): Message {
  return Message.newError(message as unknown as string, errorName, text);
}
