// Carries toasts out: one call of the desktop at a time per toast, a few at once, and of what waits for one toast only the
// newest. Knows whether the desktop shows anything at all.
import type { NotificationHealth } from '../../shared/bridge.ts';
import type { SoundName } from '../../shared/sound.ts';
import type { Presenter, ShowResult, Toast, ToastId } from './presenter.ts';
import { within } from './time-limit.ts';

/** Exactly one of the three is called in the end; only `shown` may still follow `failed`, of a desktop that answers late. */
export interface ShowErrand {
  /** Asked when its turn has come, so that it says what holds then; null: there is nothing to say any more. */
  readonly make: (hasActions: boolean) => Toast | null;
  readonly shown: () => void;
  /** With the desktop's own sentence. */
  readonly failed: (error: string) => void;
  /** `overtaken`: something newer came before its turn. `stopping`: the app is quitting. */
  readonly dropped: (why: 'overtaken' | 'stopping') => void;
}

export interface ToastDeskParts {
  readonly presenter: Presenter;
  readonly now: () => number;
  /** `health` is another one now. */
  readonly onHealth: () => void;
  /** For errors of a broken program; what a desktop refuses is told to the errand. */
  readonly report: (error: unknown) => void;
}

export interface ToastDesk {
  /** The desktop is asked after the current turn, so that a newer errand of the same turn costs one toast and not two. */
  show(id: ToastId, errand: ShowErrand): void;
  /** Nothing is asked of the desktop when no such toast can be up. */
  close(id: ToastId): void;
  /** Shows a toast that is up once more, with a sound of the desktop; a newer one that waits takes the sound over. */
  sound(id: ToastId, sound: SoundName): void;
  /** It was shown, or waits to be. */
  mayBeUp(id: ToastId): boolean;
  /** It is on the screen, or on its way there: nobody has taken it away. */
  isUp(id: ToastId): boolean;
  /** It was left on the screen by a process before this one. */
  adopt(id: ToastId): void;
  readonly health: NotificationHealth;
  /** Resolves when everything asked so far was carried out. */
  idle(): Promise<void>;
  /** Takes every toast off the screen: nobody would answer its buttons any more. Within half a second. */
  stop(): Promise<void>;
}

/** Enough to keep a desktop busy, few enough that a slow one does not make the waiting calls run out of time. */
const atOnce = 8;
const closingMs = 500;

type Waiting = ShowErrand | 'close' | 'sound';

export function createToastDesk({ presenter, now, onHealth, report }: ToastDeskParts): ToastDesk {
  /** Newest errand of each toast, oldest toast first. */
  const waiting = new Map<ToastId, Waiting>();
  const running = new Set<ToastId>();
  /** Toasts that may be up. */
  const raised = new Set<ToastId>();
  /** What was last asked to be shown, to say it once more. */
  const made = new Map<ToastId, Toast>();
  const owedSounds = new Map<ToastId, SoundName>();
  let health: NotificationHealth = {
    state: presenter.name === 'none' ? 'none' : 'ok',
    error: null,
    since: null,
  };
  let pumpsSoon = false;
  let stopped = false;
  let whenIdle: (() => void)[] = [];

  function enqueue(id: ToastId, errand: Waiting): void {
    const overtaken = waiting.get(id);
    if (isShow(overtaken)) overtaken.dropped('overtaken');
    if (stopped) {
      if (isShow(errand)) errand.dropped('stopping');
      return;
    }
    waiting.set(id, errand);
    if (pumpsSoon) return;
    pumpsSoon = true;
    queueMicrotask(() => {
      pumpsSoon = false;
      pump();
    });
  }

  function pump(): void {
    for (const [id, errand] of waiting) {
      if (running.size >= atOnce) return;
      if (running.has(id)) continue;
      waiting.delete(id);
      running.add(id);
      run(id, errand)
        .catch(report)
        .finally(() => {
          running.delete(id);
          pump();
        });
    }
    if (running.size === 0 && waiting.size === 0) {
      const waiters = whenIdle;
      whenIdle = [];
      for (const resume of waiters) resume();
    }
  }

  async function run(id: ToastId, errand: Waiting): Promise<void> {
    if (errand === 'close') {
      made.delete(id);
      owedSounds.delete(id);
      if (raised.delete(id)) await presenter.close(id);
    } else if (errand === 'sound') {
      await soundAgain(id);
    } else {
      await runShow(id, errand);
    }
  }

  async function runShow(id: ToastId, errand: ShowErrand): Promise<void> {
    // Before the desktop is asked anything: a close that comes meanwhile must not think that there is nothing to close.
    raised.add(id);
    const said = errand.make(await presenter.hasActions());
    if (said === null) {
      errand.dropped('overtaken');
      return;
    }
    const owed = owedSounds.get(id);
    owedSounds.delete(id);
    const toast = owed === undefined ? said : { ...said, sound: owed };
    made.set(id, toast);
    const result = await show(toast);
    if (result.shown) {
      errand.shown();
      return;
    }
    errand.failed(result.error);
    result.later?.then((late) => {
      if (!late.shown || stopped) return;
      learn(null);
      errand.shown();
    }, report);
  }

  async function soundAgain(id: ToastId): Promise<void> {
    const toast = made.get(id);
    const sound = owedSounds.get(id);
    owedSounds.delete(id);
    // Whoever took it away has seen it.
    if (toast !== undefined && sound !== undefined && presenter.isUp(id)) await show({ ...toast, sound });
  }

  async function show(toast: Toast): Promise<ShowResult> {
    let result: ShowResult;
    try {
      result = await presenter.show(toast);
    } catch (error) {
      report(error);
      result = { shown: false, error: error instanceof Error ? error.message : String(error) };
    }
    learn(result.shown ? null : result.error);
    return result;
  }

  /** `error`: null when the desktop showed it. */
  function learn(error: string | null): void {
    const before = health;
    if (before.state === 'none' || stopped || (error === null && before.state === 'ok')) return;
    health =
      error === null
        ? { state: 'ok', error: null, since: null }
        : { state: 'failing', error, since: before.since ?? now() };
    if (health.state !== before.state || health.error !== before.error) onHealth();
  }

  async function closeAll(): Promise<void> {
    const ids = [...raised];
    raised.clear();
    await Promise.all(ids.map((id) => presenter.close(id)));
  }

  function idle(): Promise<void> {
    if (running.size === 0 && waiting.size === 0) return Promise.resolve();
    return new Promise((resolve) => whenIdle.push(resolve));
  }

  return {
    show: enqueue,
    close: (id) => {
      if (raised.has(id) || waiting.has(id)) enqueue(id, 'close');
    },
    sound: (id, sound) => {
      owedSounds.set(id, sound);
      if (!waiting.has(id)) enqueue(id, 'sound');
    },
    mayBeUp: (id) => raised.has(id) || isShow(waiting.get(id)),
    isUp: (id) => presenter.isUp(id) || running.has(id) || isShow(waiting.get(id)),
    adopt: (id) => raised.add(id),
    get health() {
      return health;
    },
    idle,
    stop: async () => {
      if (stopped) return;
      stopped = true;
      for (const [id, errand] of waiting) {
        if (isShow(errand)) errand.dropped('stopping');
        waiting.delete(id);
      }
      // A desktop that is too slow keeps its toasts; quitting does not wait for it.
      await within(closingMs, 'too slow', idle().then(closeAll)).catch(() => undefined);
      await presenter.stop();
    },
  };
}

function isShow(errand: Waiting | undefined): errand is ShowErrand {
  return errand !== undefined && errand !== 'close' && errand !== 'sound';
}
