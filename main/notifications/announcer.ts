// What becomes of every change and of the passing of time: decide, find its way (a toast of its own or the summary), hand
// it to the desks, record one line per decision.
import type { Alert, AlertChange, AlertId } from '../../shared/alert.ts';
import type { NotificationHealth, Quiet } from '../../shared/bridge.ts';
import { priorities } from '../../shared/priority.ts';
import type { Settings } from '../../shared/settings.ts';
import type { SoundName } from '../../shared/sound.ts';
import type { Texts } from '../../shared/text/texts.ts';
import { type DecisionContext, decide, quietReason, soundOf, toastStillHolds } from './decide.ts';
import type { NotificationRecord, RecordedReason, SummaryReason } from './notification-record.ts';
import { createOwnToasts, type OwnNews, type OwnNote, type OwnPlace } from './own-toasts.ts';
import { Pace } from './pace.ts';
import { isOwnToast, type Presenter, type Toast, type ToastActivation } from './presenter.ts';
import { nextQuietChange, quietAt, type QuietRules } from './quiet.ts';
import { type Reminded, ReminderBook } from './reminder-cadence.ts';
import type { SoundDesk, StartedSound } from './sound-desk.ts';
import { SummaryToast } from './summary-toast.ts';
import { createToastDesk } from './toast-desk.ts';
import { reminderToast, type ToastStyle, toastFor } from './toast-text.ts';

export interface AnnouncerParts {
  readonly presenter: Presenter;
  readonly sounds: SoundDesk;
  /** Stores one line; it may batch. */
  readonly record: (entry: NotificationRecord) => void;
  /** Asked for each toast, so that a change of language holds from the next one on. */
  readonly texts: () => Texts;
  readonly settings: () => Settings;
  /** Epoch ms: somebody asked for quiet until then; null: nobody did. */
  readonly quietUntil: () => number | null;
  /** True when a person would see the alert's row; each yes uses one free row up. */
  readonly takeVisibleRow: () => boolean;
  readonly now: () => number;
  /** The alert as it is when asked; null when it is over. */
  readonly alertNow: (id: AlertId) => Alert | null;
  /** Every alert that is not over. */
  readonly unresolved: () => Iterable<Alert>;
  /** From the timeline: when each open critical alert was last said. Asked once. */
  readonly reminded: () => Iterable<readonly [AlertId, Reminded]>;
  readonly acknowledge: (ids: readonly AlertId[]) => void;
  /** Shows the window on this alert. */
  readonly open: (id: AlertId) => void;
  /** Shows the window on the list of what is open, or on another screen. */
  readonly openPlace: (place: OwnPlace) => void;
  /** For the log: what was decided about a toast about ourselves. */
  readonly noteOwn: (note: OwnNote) => void;
  /** `health` or `quiet` is another one now. */
  readonly onState: () => void;
  /** For errors of a broken program; what a desktop refuses is recorded, not reported. */
  readonly report: (error: unknown) => void;
}

export interface Announcer extends OwnNews {
  /** Decides every change at once, in order; the desktop is asked afterwards. */
  handle(changes: readonly AlertChange[]): void;
  /**
   * Says once what is open, in place of the toasts that a killed process left on the screen, and lets time begin. Call once,
   * after the changes that no decision was recorded for. Rejects never.
   */
  begin(): Promise<void>;
  /** The computer was asleep: what is open now is said once. */
  wake(): void;
  /** Settings or the quiet that somebody asked for have changed. */
  rulesChanged(): void;
  readonly health: NotificationHealth;
  /** Why toasts wait now, and until when. */
  readonly quiet: Quiet | null;
  /** Resolves when everything decided so far was carried out. */
  idle(): Promise<void>;
  /** Takes every toast we raised or took over off the screen. Within half a second. */
  stop(): Promise<void>;
}

type Restatement = Extract<SummaryReason, `restated-${string}`>;

/** Never sleeps longer than this: a computer that was asleep or a clock that was set must not delay a reminder for hours. */
const longestNapMs = 30_000;

export function createAnnouncer(parts: AnnouncerParts): Announcer {
  const { presenter, sounds, now, report } = parts;
  const desk = createToastDesk({ presenter, now, onHealth: parts.onState, report });
  const pace = new Pace();
  const summary = new SummaryToast({
    desk,
    pace,
    presenterName: presenter.name,
    now,
    openNow,
    style,
    record,
    wakeBy,
  });
  const reminders = new ReminderBook(parts.reminded());
  const {
    answer: answerOwn,
    sayWaiting,
    restate: restateOwn,
    ...ownNews
  } = createOwnToasts({
    desk,
    sounds,
    texts: parts.texts,
    hideDetails: () => parts.settings().hideDetailsInToasts,
    heldBack: (urgency) => quietReason(urgency === 'critical' ? 'critical' : 'medium', context()),
    open: parts.openPlace,
    note: parts.noteOwn,
    now,
  });
  /** Withheld because it was quiet; said in one wrap-up when that ends. */
  const heldBack = new Set<AlertId>();
  let quietBefore: Quiet | null = quietNow();
  let timer: NodeJS.Timeout | null = null;
  let wakesAt = Number.POSITIVE_INFINITY;
  let stopped = false;

  presenter.onActivation((activation) => {
    answer(activation).catch(report);
  });
  presenter.onDesktopBack((toastsLost) => {
    if (!toastsLost && desk.health.state !== 'failing') return;
    restate('restated-desktop-back');
    restateOwn();
  });

  function quietRules(): QuietRules {
    return { quietHours: parts.settings().quietHours, quietUntil: parts.quietUntil() };
  }

  function quietNow(): Quiet | null {
    return quietAt(quietRules(), now());
  }

  function context(): Omit<DecisionContext, 'watched'> {
    return { quiet: quietNow()?.reason ?? null, criticalInQuiet: parts.settings().criticalInQuietHours };
  }

  function handle(changes: readonly AlertChange[]): void {
    const { reminderMinutes } = parts.settings();
    const rules = context();
    for (const change of changes) {
      const { id } = change.alert;
      wakeBy(reminders.follow(change, reminderMinutes));
      const unwatched = decide(change, { ...rules, watched: false });
      // Asked only where it matters: a row that is taken is not free for the next alert of a burst.
      const decision =
        unwatched.act === 'show' && parts.takeVisibleRow()
          ? decide(change, { ...rules, watched: true })
          : unwatched;
      if (decision.act === 'show') {
        announce(change.alert, decision.reason, decision.sound, (hasActions, sound) =>
          toastFor(change, style(hasActions, sound)),
        );
        continue;
      }
      record(id, 'withheld', decision.reason);
      sounds.start(decision.sound);
      if (decision.reason === 'quiet-hours' || decision.reason === 'quiet-for-now') heldBack.add(id);
      if (decision.closeToast) retract(id);
      else if (change.kind === 'level-fell') summary.refresh(id);
    }
  }

  /** In a toast of its own while it is calm, else in the summary. */
  function announce(
    { id }: Alert,
    reason: Exclude<RecordedReason, SummaryReason> | 'reminder',
    sound: SoundName | null,
    make: (hasActions: boolean, sound: SoundName | null) => Toast | null,
  ): void {
    heldBack.delete(id);
    const way = pace.take(now());
    if (way !== 'own-toast') {
      tellInSummary([id], reason === 'reminder' ? reason : way, sounds.start(sound, true));
      return;
    }
    summary.leave(id);
    const started = sounds.start(sound);
    desk.show(id, {
      make: (hasActions) => make(hasActions, started.inToast),
      shown: () => record(id, 'notified', reason, presenter.name),
      failed: (error) => record(id, 'withheld', 'presenter-failed', error),
      dropped: (why) => record(id, 'withheld', why),
    });
    void started.missed.then((missed) => {
      if (missed !== null) desk.sound(id, missed);
    });
  }

  function tellInSummary(ids: readonly AlertId[], reason: SummaryReason, started: StartedSound): void {
    for (const id of ids) {
      desk.close(id);
      heldBack.delete(id);
      reminders.noteSaid(id, now());
    }
    summary.tell(ids, reason, started);
  }

  /** Nothing that is on the screen may go on speaking of this alert. */
  function retract(id: AlertId): void {
    heldBack.delete(id);
    desk.close(id);
    summary.leave(id);
  }

  /** Says once what is open and not said in this run of ours, or, later, all that is open. */
  function restate(reason: Restatement): void {
    const told: Alert[] = [];
    for (const alert of parts.unresolved()) {
      const { id } = alert;
      if (!toastStillHolds(alert)) continue;
      if (reason === 'restated-at-start' && (desk.mayBeUp(id) || summary.has(id))) continue;
      const quiet = quietReason(alert.priority, context());
      if (quiet === null) {
        told.push(alert);
      } else {
        heldBack.add(id);
        record(id, 'withheld', quiet);
      }
    }
    tell(told, reason);
  }

  /** In one summary, with the sound of the worst. */
  function tell(alerts: readonly Alert[], reason: SummaryReason): void {
    if (alerts.length === 0 || stopped) return;
    const worst = priorities.find((priority) => alerts.some((alert) => alert.priority === priority)) ?? 'low';
    tellInSummary(
      alerts.map(({ id }) => id),
      reason,
      sounds.start(soundOf(worst)),
    );
  }

  async function begin(): Promise<void> {
    try {
      const leftBehind = await presenter.shownBefore();
      const saidAlready = new Set(leftBehind.filter((id) => desk.mayBeUp(id)));
      // Without a desktop there is nothing that could have gone from it.
      if (presenter.name !== 'none') restate('restated-at-start');
      for (const id of leftBehind) {
        if (saidAlready.has(id)) continue;
        desk.adopt(id);
        const isSaid = id === 'summary' ? !summary.isEmpty : !isOwnToast(id) && isStillTrue(id);
        if (!isSaid) desk.close(id);
      }
    } catch (error) {
      report(error);
    }
    tick();
  }

  /** An old toast of an alert that is still open, and not said in the summary because it is quiet. */
  function isStillTrue(id: AlertId): boolean {
    return openNow(id) !== null && !summary.has(id);
  }

  function remind(): number | null {
    const { reminderMinutes } = parts.settings();
    const { ids, nextAt } = reminders.due(reminderMinutes, now());
    for (const id of ids) {
      const alert = openNow(id);
      // Its change is on its way here.
      if (alert === null) continue;
      reminders.noteSaid(id, now());
      const quiet = quietReason(alert.priority, context());
      if (quiet !== null) {
        heldBack.add(id);
        record(id, 'withheld', quiet);
      } else if (summary.has(id)) {
        tellInSummary([id], 'reminder', sounds.start(soundOf(alert.priority)));
      } else {
        const openMs = now() - (reminders.since(id) ?? now());
        announce(alert, 'reminder', soundOf(alert.priority), (hasActions, sound) =>
          reminderToast(openNow(id) ?? alert, openMs, style(hasActions, sound)),
        );
      }
    }
    return nextAt;
  }

  function followQuiet(): void {
    const quiet = quietNow();
    if (quiet?.reason === quietBefore?.reason && quiet?.until === quietBefore?.until) return;
    quietBefore = quiet;
    parts.onState();
    if (quiet !== null) return;
    const alerts = [...heldBack].flatMap((id) => openNow(id) ?? []);
    heldBack.clear();
    tell(alerts, 'quiet-over');
  }

  function tick(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    wakesAt = Number.POSITIVE_INFINITY;
    if (stopped) return;
    try {
      followQuiet();
      sayWaiting();
      wakeBy(remind());
      summary.drawIfDue();
    } catch (error) {
      report(error);
    }
    wakeBy(nextQuietChange(quietRules(), now()));
  }

  /** Null: nothing is ahead. */
  function wakeBy(at: number | null): void {
    if (at === null || at >= wakesAt || stopped) return;
    if (timer !== null) clearTimeout(timer);
    wakesAt = at;
    timer = setTimeout(tick, Math.min(Math.max(0, at - now()), longestNapMs));
  }

  async function answer({ toastId, action }: ToastActivation): Promise<void> {
    if (isOwnToast(toastId)) {
      answerOwn(toastId);
    } else if (toastId === 'summary') {
      const ids = action === 'acknowledge' ? summary.counted() : [];
      if (ids.length > 0) parts.acknowledge(ids);
      else parts.openPlace('list');
    } else if (action === 'acknowledge') parts.acknowledge([toastId]);
    else if (action === 'open' || (await presenter.hasActions())) parts.open(toastId);
    else parts.acknowledge([toastId]);
  }

  function openNow(id: AlertId): Alert | null {
    const alert = parts.alertNow(id);
    return toastStillHolds(alert) ? alert : null;
  }

  function style(hasActions: boolean, sound: SoundName | null): ToastStyle {
    return { texts: parts.texts(), hasActions, sound, hideDetails: parts.settings().hideDetailsInToasts };
  }

  function record(
    alertId: AlertId,
    kind: NotificationRecord['kind'],
    reason: RecordedReason,
    text = '',
  ): void {
    parts.record({ alertId, at: now(), kind, text, reason });
  }

  return {
    ...ownNews,
    handle,
    begin,
    wake: () => restate('restated-after-wake'),
    rulesChanged: tick,
    get health() {
      return desk.health;
    },
    get quiet() {
      return quietNow();
    },
    idle: () => desk.idle(),
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      summary.stop();
      await desk.stop();
    },
  };
}
