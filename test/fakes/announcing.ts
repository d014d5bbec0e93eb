// An announcer with everything around it in the hands of the test: alerts, clock, settings, desktop and ears.
import { createAnnouncer } from '../../main/notifications/announcer.ts';
import type { NotificationRecord } from '../../main/notifications/notification-record.ts';
import type { Presenter } from '../../main/notifications/presenter.ts';
import type { Reminded } from '../../main/notifications/reminder-cadence.ts';
import { SoundDesk } from '../../main/notifications/sound-desk.ts';
import type { Alert, AlertChange, AlertChangeKind, AlertId } from '../../shared/alert.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { SoundName, SoundOutcome } from '../../shared/sound.ts';
import { textsOf } from '../../shared/text/texts.ts';
import { RecordingPresenter } from './recording-presenter.ts';
import { sampleAlert, sampleChange } from './sample-alert.ts';

export interface AnnouncingOptions {
  readonly presenter?: Presenter;
  readonly settings?: Partial<Settings>;
  /** What the store has, before the first change. */
  readonly alerts?: readonly Alert[];
  readonly reminded?: readonly (readonly [AlertId, Reminded])[];
}

/** The clock is `Date.now`, so that fake timers move it. */
export function announcing(options: AnnouncingOptions = {}) {
  const desktop = new RecordingPresenter();
  const alerts = new Map((options.alerts ?? []).map((alert) => [alert.id, alert]));
  const records: NotificationRecord[] = [];
  const acknowledged: AlertId[] = [];
  const opened: string[] = [];
  /** What the log says of toasts about ourselves. */
  const notes: string[] = [];
  const reported: unknown[] = [];
  const played: SoundName[] = [];
  const state = {
    freeRows: 0,
    settings: { ...defaultSettings, ...options.settings } as Settings,
    quietUntil: null as number | null,
    /** What the sound page answers. */
    sound: 'played' as SoundOutcome,
    /** How often health or quiet was another one. */
    news: 0,
  };
  const now = (): number => Date.now();
  const announcer = createAnnouncer({
    presenter: options.presenter ?? desktop,
    sounds: new SoundDesk({
      settings: () => state.settings,
      play: async (name) => {
        played.push(name);
        return state.sound;
      },
      now,
    }),
    record: (entry) => void records.push(entry),
    texts: () => textsOf('en'),
    settings: () => state.settings,
    quietUntil: () => state.quietUntil,
    takeVisibleRow: () => {
      state.freeRows -= 1;
      return state.freeRows >= 0;
    },
    now,
    alertNow: (id) => {
      const alert = alerts.get(id);
      return alert === undefined || alert.state === 'resolved' ? null : alert;
    },
    unresolved: () => [...alerts.values()].filter((alert) => alert.state !== 'resolved'),
    reminded: () => options.reminded ?? [],
    acknowledge: (ids) => void acknowledged.push(...ids),
    open: (id) => void opened.push(id),
    openPlace: (place) => void opened.push(place),
    noteOwn: ({ toast, act, why }) => void notes.push(`${toast} ${act} ${why}`),
    onState: () => {
      state.news += 1;
    },
    report: (error) => void reported.push(error),
  });

  /** Commits the change and tells the announcer, as the app does. */
  function happen(...changes: readonly AlertChange[]): void {
    for (const { alert } of changes) alerts.set(alert.id, alert);
    announcer.handle(changes);
  }

  return {
    announcer,
    presenter: desktop,
    state,
    records,
    acknowledged,
    opened,
    notes,
    reported,
    played,
    happen,
    /** A new alert each, just now, numbered on. */
    fire: (count: number, priority: Alert['priority'] = 'critical', firstNumber = 1): void =>
      happen(
        ...Array.from({ length: count }, (_, at) => {
          const id: AlertId = `A${firstNumber + at}`;
          const alert = sampleAlert({ id, priority, title: `t${firstNumber + at}`, openedAt: now() });
          return sampleChange('opened', alert, { at: now() });
        }),
      ),
    /** Something happens to alerts that are there. */
    change: (kind: AlertChangeKind, ids: readonly AlertId[], given: Partial<Alert> = {}): void =>
      happen(
        ...ids.map((id) => {
          const alert = alerts.get(id) ?? sampleAlert({ id });
          return sampleChange(kind, { ...alert, ...given }, { at: now() });
        }),
      ),
    lines: (): string[] => records.map(({ alertId, kind, reason }) => `${alertId} ${kind} ${reason}`),
    /** What was asked of the desktop since the last time this was called. */
    asked: (): string[] => desktop.asked.splice(0),
  };
}
