// Carries the decisions out: one presenter call at a time per alert, and one recorded line per change.
import type { Alert, AlertChange, AlertId } from '../../shared/alert.ts';
import type { Texts } from '../../shared/text/texts.ts';
import { type ShowReason, type WithholdReason, decide, toastStillHolds } from './decide.ts';
import type { Presenter, ShowResult, ToastActivation } from './presenter.ts';
import { within } from './time-limit.ts';
import { toastFor } from './toast-text.ts';

/** One decision and what came of it, for the alert's timeline. */
export interface NotificationRecord {
  readonly alertId: AlertId;
  /** Epoch ms, by our clock: when the desktop answered, or when nothing was asked of it. */
  readonly at: number;
  readonly kind: 'notified' | 'withheld';
  /** The presenter's name when notified, the desktop's own sentence when it failed; empty otherwise. */
  readonly text: string;
  readonly reason: RecordedReason;
}

/**
 * `presenter-failed`: the desktop did not show it. `overtaken`: something newer happened to the alert before its turn
 * came, so showing it would have been wrong or double. `stopping`: the app was quitting.
 */
export type RecordedReason = ShowReason | WithholdReason | 'presenter-failed' | 'overtaken' | 'stopping';

export interface AnnouncerParts {
  readonly presenter: Presenter;
  /** Stores one line; it may batch. */
  readonly record: (entry: NotificationRecord) => void;
  /** Asked for each toast, so that a change of language holds from the next one on. */
  readonly texts: () => Texts;
  /** True when a person would see the alert's row; each yes uses one free row up. */
  readonly takeVisibleRow: () => boolean;
  readonly now: () => number;
  readonly acknowledge: (ids: readonly AlertId[]) => void;
  /** Shows the window on this alert. */
  readonly open: (id: AlertId) => void;
  /** For errors of a broken program; what a desktop refuses is recorded, not reported. */
  readonly report: (error: unknown) => void;
}

export interface Announcer {
  /** Decides every change at once, in order; the desktop is asked afterwards. */
  handle(changes: readonly AlertChange[]): void;
  /**
   * Takes over the toasts that a killed process left on the screen, and closes those that no longer hold. `alertNow`: the
   * alert as it is when asked, null when it is over. Call once, before the first change. Resolves when all is known and
   * on its way; rejects never.
   */
  adopt(alertNow: (id: AlertId) => Alert | null): Promise<void>;
  /** Resolves when everything decided so far was carried out. */
  idle(): Promise<void>;
  /** Takes every toast we raised or took over off the screen: nobody would answer its buttons any more. Within `closingMs`. */
  stop(): Promise<void>;
}

/** Enough to keep a desktop busy, few enough that a slow one does not make the waiting calls run out of time. */
const atOnce = 8;
const closingMs = 500;

type Errand =
  | { readonly act: 'show'; readonly change: AlertChange; readonly reason: ShowReason }
  | { readonly act: 'close' };

/** After a restart nothing is replayed: only changes handed to `handle` are ever announced. */
export function createAnnouncer(parts: AnnouncerParts): Announcer {
  const { presenter, now, report } = parts;
  /** Newest errand of each alert, oldest alert first; an older one of the same alert is overtaken. */
  const waiting = new Map<AlertId, Errand>();
  const running = new Set<AlertId>();
  /** Alerts whose toast may be up. */
  const raised = new Set<AlertId>();
  let stopped = false;
  let whenIdle: (() => void)[] = [];

  presenter.onActivation((activation) => {
    answer(activation).catch(report);
  });

  function handle(changes: readonly AlertChange[]): void {
    if (changes.length === 0) return;
    for (const change of changes) {
      const { id } = change.alert;
      const undisturbed = decide(change, { watched: false });
      // Asked only where it matters: a row that is taken is not free for the next alert of a burst.
      const decision =
        undisturbed.act === 'show' && parts.takeVisibleRow()
          ? decide(change, { watched: true })
          : undisturbed;
      if (decision.act === 'show') {
        enqueue(id, { act: 'show', change, reason: decision.reason });
        continue;
      }
      record(id, 'withheld', decision.reason, '');
      if (decision.closeToast && (raised.has(id) || waiting.has(id))) enqueue(id, { act: 'close' });
    }
    pump();
  }

  async function adopt(alertNow: (id: AlertId) => Alert | null): Promise<void> {
    try {
      for (const id of await presenter.shownBefore()) {
        raised.add(id);
        // Asked now, not at the call: the desktop may have taken its time, and a recovery may have come meanwhile.
        if (!toastStillHolds(alertNow(id)) && !waiting.has(id)) enqueue(id, { act: 'close' });
      }
      pump();
    } catch (error) {
      report(error);
    }
  }

  function enqueue(id: AlertId, errand: Errand): void {
    const overtaken = waiting.get(id);
    if (overtaken?.act === 'show') record(id, 'withheld', 'overtaken', '');
    if (stopped) {
      if (errand.act === 'show') record(id, 'withheld', 'stopping', '');
      return;
    }
    waiting.set(id, errand);
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

  async function run(id: AlertId, errand: Errand): Promise<void> {
    if (errand.act === 'close') {
      if (raised.delete(id)) await presenter.close(id);
      return;
    }
    raised.add(id);
    const result = await show(errand.change);
    if (result.shown) {
      record(id, 'notified', errand.reason, presenter.name);
      return;
    }
    record(id, 'withheld', 'presenter-failed', result.error);
    result.later?.then((late) => {
      if (late.shown && !stopped) record(id, 'notified', errand.reason, presenter.name);
    }, report);
  }

  async function show(change: AlertChange): Promise<ShowResult> {
    try {
      return await presenter.show(toastFor(change, parts.texts(), await presenter.hasActions()));
    } catch (error) {
      report(error);
      return { shown: false, error: error instanceof Error ? error.message : String(error) };
    }
  }

  async function answer({ alertId, action }: ToastActivation): Promise<void> {
    if (action === 'acknowledge') parts.acknowledge([alertId]);
    else if (action === 'open' || (await presenter.hasActions())) parts.open(alertId);
    else parts.acknowledge([alertId]);
  }

  function record(
    alertId: AlertId,
    kind: NotificationRecord['kind'],
    reason: RecordedReason,
    text: string,
  ): void {
    parts.record({ alertId, at: now(), kind, text, reason });
  }

  function idle(): Promise<void> {
    if (running.size === 0 && waiting.size === 0) return Promise.resolve();
    return new Promise((resolve) => whenIdle.push(resolve));
  }

  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    for (const [id, errand] of waiting) {
      if (errand.act === 'show') record(id, 'withheld', 'stopping', '');
      waiting.delete(id);
    }
    // A desktop that is too slow keeps its toasts; quitting does not wait for it.
    await within(closingMs, 'too slow', idle().then(closeAll)).catch(() => undefined);
    await presenter.stop();
  }

  async function closeAll(): Promise<void> {
    const ids = [...raised];
    raised.clear();
    await Promise.all(ids.map((id) => presenter.close(id)));
  }

  return { handle, adopt, idle, stop };
}
