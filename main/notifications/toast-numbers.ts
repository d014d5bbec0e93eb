// Which number the notification daemon gave to which toast. A number means something to one daemon only: to
// another one it may be somebody else's notification, so numbers never outlive the daemon that gave them.
import { isOwnToast, type ToastId } from './presenter.ts';

/** One run of one notification daemon. Neither id is ever given twice, so that equal ids are the same daemon. */
export interface DaemonId {
  /** `org.freedesktop.DBus.GetId`: new with every start of the bus. Null when the bus does not say; equals nothing then. */
  readonly bus: string | null;
  /** The daemon's unique name on that bus, such as `:1.7`. */
  readonly name: string;
}

/** What `toasts.json` in the data folder holds. */
export interface ToastMemory {
  readonly daemon: DaemonId;
  /** The daemon's number of each toast that is up. */
  readonly numbers: ReadonlyMap<ToastId, number>;
}

/** Where the numbers survive a crash of ours. `write` does not throw. */
export interface ToastMemoryKeeper {
  readonly read: () => ToastMemory | null;
  /** Null: there is nothing to remember. */
  readonly write: (memory: ToastMemory | null) => void;
}

/** Clicks may arrive after the toast has closed; this many toasts, closed ones included, are remembered for them. */
const rememberedToasts = 1000;
/** The specification's numbers are unsigned 32 bit and never 0. */
const highestNumber = 0xffff_ffff;

/** Reads the file's text; anything that is not what we wrote is as good as no memory. */
export function parseToastMemory(text: string): ToastMemory | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || !isRecord(value['toasts'])) return null;
  const { bus, daemon, toasts } = value;
  if (typeof bus !== 'string' || bus === '' || typeof daemon !== 'string' || daemon === '') return null;
  const numbers = new Map<ToastId, number>();
  for (const [toastId, number] of Object.entries(toasts)) {
    if (!isToastId(toastId) || !isToastNumber(number)) return null;
    numbers.set(toastId, number);
  }
  return { daemon: { bus, name: daemon }, numbers };
}

export function toastMemoryText({ daemon, numbers }: ToastMemory): string {
  return JSON.stringify({ bus: daemon.bus, daemon: daemon.name, toasts: Object.fromEntries(numbers) });
}

function isSameDaemon(one: DaemonId, other: DaemonId): boolean {
  return one.bus !== null && one.bus === other.bus && one.name === other.name;
}

export class ToastNumbers {
  readonly #keeper: ToastMemoryKeeper;
  /** Who gave the numbers; null while nobody has. */
  #daemon: DaemonId | null = null;
  readonly #numbers = new Map<ToastId, number>();
  /** Whose toast a number was, kept after closing; oldest first. */
  readonly #toasts = new Map<number, ToastId>();
  #savesSoon = false;

  constructor(keeper: ToastMemoryKeeper) {
    this.#keeper = keeper;
    const memory = keeper.read();
    if (memory === null) return;
    this.#daemon = memory.daemon;
    for (const [toastId, number] of memory.numbers) this.#learn(toastId, number);
  }

  /**
   * Call with whoever is the daemon now (null: nobody) before any number is used: numbers of another one are forgotten.
   * True when toasts were forgotten that may have been up.
   */
  meet(daemon: DaemonId | null): boolean {
    const known = this.#daemon;
    if (known !== null && daemon !== null && isSameDaemon(known, daemon)) return false;
    this.#daemon = daemon;
    this.#toasts.clear();
    if (this.#numbers.size === 0) return false;
    this.#numbers.clear();
    this.#save();
    return true;
  }

  numberOf(toastId: ToastId): number | null {
    return this.#numbers.get(toastId) ?? null;
  }

  /** Also of a toast that has closed. */
  toastOf(number: number): ToastId | null {
    return this.#toasts.get(number) ?? null;
  }

  /** The toasts that may be up. */
  toastIds(): ToastId[] {
    return [...this.#numbers.keys()];
  }

  /** Is on the disk when this returns: a crash right behind it must not leave a toast that nobody can close. */
  add(toastId: ToastId, number: number): void {
    if (!isToastNumber(number)) return;
    this.#learn(toastId, number);
    this.#save();
  }

  /** The toast is gone. Nothing happens when it was shown again under another number by now. */
  remove(toastId: ToastId, number: number): void {
    if (this.#numbers.get(toastId) !== number) return;
    this.#numbers.delete(toastId);
    if (this.#savesSoon) return;
    // A crash before that costs nothing: closing a toast that is gone does nothing. So many closings share one write.
    this.#savesSoon = true;
    setImmediate(() => {
      if (this.#savesSoon) this.#save();
    });
  }

  #learn(toastId: ToastId, number: number): void {
    const formerToast = this.#toasts.get(number);
    if (formerToast !== undefined && this.#numbers.get(formerToast) === number)
      this.#numbers.delete(formerToast);
    this.#numbers.set(toastId, number);
    this.#toasts.delete(number);
    this.#toasts.set(number, toastId);
    const [oldest] = this.#toasts.keys();
    if (this.#toasts.size > rememberedToasts && oldest !== undefined) this.#toasts.delete(oldest);
  }

  #save(): void {
    this.#savesSoon = false;
    const daemon = this.#daemon;
    const isWorthIt = daemon !== null && daemon.bus !== null && this.#numbers.size > 0;
    this.#keeper.write(isWorthIt ? { daemon, numbers: this.#numbers } : null);
  }
}

function isToastId(text: string): text is ToastId {
  return text === 'summary' || isOwnToast(text) || /^A[1-9]\d{0,14}$/.test(text);
}

function isToastNumber(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= highestNumber;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
