// The one toast that stands for several alerts: which they are, which of them nobody has been told of yet, and when it is
// drawn anew. An alert is in a toast of its own or in here, never in both: nothing is lost and nothing is said twice.
import type { Alert, AlertId } from '../../shared/alert.ts';
import type { SoundName } from '../../shared/sound.ts';
import type { NotificationRecord, RecordedReason, SummaryReason } from './notification-record.ts';
import type { Pace } from './pace.ts';
import type { StartedSound } from './sound-desk.ts';
import type { ToastDesk } from './toast-desk.ts';
import { summaryToast, type ToastStyle } from './toast-text.ts';

export interface SummaryToastParts {
  readonly desk: ToastDesk;
  readonly pace: Pace;
  readonly presenterName: string;
  readonly now: () => number;
  /** The alert as it is now; null when no toast may speak of it any more. */
  readonly openNow: (id: AlertId) => Alert | null;
  readonly style: (hasActions: boolean, sound: SoundName | null) => ToastStyle;
  readonly record: (
    id: AlertId,
    kind: NotificationRecord['kind'],
    reason: RecordedReason,
    text?: string,
  ) => void;
  /** Calls `drawIfDue` at this time, epoch ms, or soon after. */
  readonly wakeBy: (at: number) => void;
}

export class SummaryToast {
  readonly #parts: SummaryToastParts;
  readonly #members = new Set<AlertId>();
  /** Told with the next drawing, and recorded then. */
  readonly #untold = new Map<AlertId, SummaryReason>();
  /** As the desktop shows it. */
  #counted: readonly AlertId[] = [];
  #newestReason: SummaryReason = 'storm-summary';
  /** The screen does not say what it should, and the pace forbids to draw it yet. */
  #isStale = false;
  /** A drawing is on its way that will say what holds when its turn comes. */
  #isOnItsWay = false;
  /** What the next drawing has to play itself. */
  #sound: SoundName | null = null;
  #stopped = false;

  constructor(parts: SummaryToastParts) {
    this.#parts = parts;
  }

  has(id: AlertId): boolean {
    return this.#members.has(id);
  }

  get isEmpty(): boolean {
    return this.#members.size === 0;
  }

  /** The alerts that a person sees counted and that still stand in here. */
  counted(): readonly AlertId[] {
    return this.#counted.filter((id) => this.#members.has(id));
  }

  /** Takes these in and draws; toasts of their own must go. */
  tell(ids: readonly AlertId[], reason: SummaryReason, started: StartedSound): void {
    for (const id of ids) {
      this.#members.add(id);
      this.#untold.set(id, reason);
    }
    this.#newestReason = reason;
    this.#sound = started.inToast ?? this.#sound;
    this.#draw();
    void started.missed.then((missed) => {
      if (missed === null) return;
      if (this.#isStale || this.#isOnItsWay) this.#sound = missed;
      else this.#parts.desk.sound('summary', missed);
    });
  }

  /** Nobody may read of this alert in here any more. */
  leave(id: AlertId): void {
    if (!this.#members.delete(id)) return;
    if (this.#untold.delete(id)) this.#parts.record(id, 'withheld', 'overtaken');
    if (this.isEmpty) {
      this.#isStale = false;
      this.#parts.desk.close('summary');
    } else {
      this.#drawIfUp();
    }
  }

  /** What it says of this alert may have changed. */
  refresh(id: AlertId): void {
    if (this.#members.has(id)) this.#drawIfUp();
  }

  drawIfDue(): void {
    if (this.#isStale) this.#draw();
  }

  /** Whoever was not told is recorded so. */
  stop(): void {
    this.#stopped = true;
    this.#recordStopping();
  }

  /** One that a person has taken away does not come back only to say less. */
  #drawIfUp(): void {
    if (this.#isStale || this.#parts.desk.isUp('summary')) this.#draw();
  }

  /** At once when the pace allows it, else as soon as it does; what comes until then is drawn with it. */
  #draw(): void {
    if (this.#isOnItsWay) return;
    const { pace, now, wakeBy } = this.#parts;
    const from = pace.summaryFrom(now());
    this.#isStale = from > now() && !this.#stopped;
    if (this.#isStale) wakeBy(from);
    else this.#show();
  }

  #show(): void {
    const { desk, pace, record, presenterName } = this.#parts;
    pace.noteSummary(this.#parts.now());
    this.#isOnItsWay = true;
    let ids: readonly AlertId[] = [];
    let told: readonly (readonly [AlertId, SummaryReason])[] = [];
    desk.show('summary', {
      make: (hasActions) => {
        this.#isOnItsWay = false;
        const sound = this.#sound;
        this.#sound = null;
        const alerts = [...this.#members].flatMap((id) => this.#parts.openNow(id) ?? []);
        if (alerts.length === 0) return null;
        ids = alerts.map(({ id }) => id);
        told = this.#takeUntold(ids);
        return summaryToast(alerts, this.#newestReason, this.#parts.style(hasActions, sound));
      },
      shown: () => {
        this.#counted = ids;
        for (const [id, reason] of told) record(id, 'notified', reason, presenterName);
      },
      failed: (error) => {
        for (const [id] of told) record(id, 'withheld', 'presenter-failed', error);
      },
      dropped: (why) => {
        this.#isOnItsWay = false;
        if (why === 'stopping') this.#recordStopping();
      },
    });
  }

  #recordStopping(): void {
    for (const [id] of this.#takeUntold([...this.#members])) this.#parts.record(id, 'withheld', 'stopping');
  }

  #takeUntold(ids: readonly AlertId[]): readonly (readonly [AlertId, SummaryReason])[] {
    return ids.flatMap((id) => {
      const reason = this.#untold.get(id);
      this.#untold.delete(id);
      return reason === undefined ? [] : [[id, reason] as const];
    });
  }
}
