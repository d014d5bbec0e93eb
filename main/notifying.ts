// The wiring of notifications: from what the app has to what the announcer needs. Runs in plain Node.
import type { Alert, AlertChange, AlertId } from '../shared/alert.ts';
import { placeOf } from '../shared/alert-order.ts';
import type { Push, Quiet } from '../shared/bridge.ts';
import type { SoundName, SoundOutcome } from '../shared/sound.ts';
import type { Texts } from '../shared/text/texts.ts';
import type { Actions } from './alerts/actions.ts';
import type { AlertQueries } from './alerts/alert-queries.ts';
import type { OpenAlerts } from './alerts/open-alerts.ts';
import type { Desktop } from './app-parts.ts';
import type { Store } from './database/open-database.ts';
import type { TimelineTable } from './database/timeline-table.ts';
import type { Logger } from './log.ts';
import { type Announcer, createAnnouncer } from './notifications/announcer.ts';
import { NotificationLog } from './notifications/notification-log.ts';
import { nonePresenter } from './notifications/presenter.ts';
import { SoundDesk } from './notifications/sound-desk.ts';
import { QuietUntil } from './settings/quiet-until.ts';
import type { SettingsStore } from './settings/settings-store.ts';

export interface NotifyingParts {
  readonly db: Store;
  readonly timeline: TimelineTable;
  readonly queries: AlertQueries;
  readonly openAlerts: OpenAlerts;
  readonly actions: Actions;
  readonly settings: SettingsStore;
  /** Null: headless. */
  readonly desktop: Desktop | null;
  readonly texts: () => Texts;
  readonly now: () => number;
  readonly log: Logger;
  readonly announce: (push: Push) => void;
  /** Health or quiet of notifications is another one now. */
  readonly onState: () => void;
  readonly onStoreState: (writable: boolean) => void;
  readonly onFault: (error: unknown) => void;
}

export interface Notifying {
  readonly announcer: Announcer;
  readonly log: NotificationLog;
  /** Decides what a crash left undecided, says once what is open, and lets time begin. */
  readonly begin: () => void;
  /** Epoch ms; null ends it. Answers with the state after it. */
  readonly setQuiet: (until: number | null) => Quiet | null;
  readonly playSound: (name: SoundName) => Promise<SoundOutcome>;
}

export function createNotifying(parts: NotifyingParts): Notifying {
  const { db, timeline, queries, openAlerts, actions, settings, desktop, now, onFault } = parts;
  const quietUntil = new QuietUntil(db);
  const log = new NotificationLog({
    db,
    timeline,
    onWritten: (alertIds) => parts.announce({ type: 'timeline', alertIds: [...alertIds] }),
    onStoreState: parts.onStoreState,
    onFault,
  });
  const sounds = new SoundDesk({ settings: () => settings.current, play: desktop?.playSound ?? null, now });
  const announcer = createAnnouncer({
    presenter: desktop?.presenter ?? nonePresenter,
    sounds,
    record: (entry) => log.record(entry),
    texts: parts.texts,
    settings: () => settings.current,
    quietUntil: () => quietUntil.current,
    takeVisibleRow: () => desktop?.takeVisibleRow() ?? false,
    now,
    alertNow: (id) => openAlerts.problemById(id)?.last?.alert ?? null,
    unresolved: () => openAlerts.alerts(),
    reminded: () => lastSaid(openAlerts.alerts(), timeline),
    acknowledge: (ids) => void actions.act(ids, { kind: 'acknowledge', note: null }),
    open: (id) => desktop?.showWindow(id),
    openPlace: (place) => (place === 'list' ? desktop?.showList() : desktop?.showScreen(place)),
    noteOwn: (note) => parts.log.info({ ...note }, 'toast about ourselves'),
    onState: parts.onState,
    report: onFault,
  });
  desktop?.onWake(() => announcer.wake());

  return {
    announcer,
    log,
    begin: () => {
      announcer.handle(undecided(queries, now()));
      void announcer.begin();
    },
    setQuiet: (until) => {
      quietUntil.set(until);
      announcer.rulesChanged();
      return announcer.quiet;
    },
    playSound: (name) => sounds.preview(name),
  };
}

/**
 * A crash between commit and notification must not make a silence: what has no decision yet gets one now. `decide` itself
 * knows that an acknowledged or snoozed alert is not shown, and says so.
 */
function undecided(queries: AlertQueries, at: number): readonly AlertChange[] {
  return queries.undecidedAlerts().map(
    (alert): AlertChange => ({
      revision: 0,
      at,
      kind: 'opened',
      reason: 'opened',
      cause: 'event',
      before: null,
      alert,
    }),
  );
}

/** What the reminders of a process before this one left in the timeline. */
function* lastSaid(
  alerts: Iterable<Alert>,
  timeline: TimelineTable,
): Generator<readonly [AlertId, { readonly since: number; readonly saidAt: number }]> {
  for (const alert of alerts) {
    if (alert.priority !== 'critical' || placeOf(alert) !== 'open') continue;
    const said = timeline.lastSaid(alert.id);
    if (said !== null) yield [alert.id, said];
  }
}
