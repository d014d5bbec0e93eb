// What was shown or withheld, and why: into the alert's timeline, in small shared transactions off the hot path.
import type { AlertId } from '../../shared/alert.ts';
import { isStorageTrouble, type Store } from '../database/open-database.ts';
import { isFoldable, type TimelineTable } from '../database/timeline-table.ts';
import type { NotificationRecord } from './notification-record.ts';

export interface NotificationLogParts {
  readonly db: Store;
  readonly timeline: TimelineTable;
  /** These alerts have new timeline entries. */
  readonly onWritten: (alertIds: readonly AlertId[]) => void;
  readonly onStoreState: (writable: boolean) => void;
  readonly onFault: (error: unknown) => void;
}

/** Decisions wait this long for company before they are written. */
const gatherMs = 50;
/** A store that could not be written is tried again after this long. */
const retryMs = 2000;

interface Waiting {
  record: NotificationRecord;
  times: number;
}

export class NotificationLog {
  readonly #parts: NotificationLogParts;
  #waiting: Waiting[] = [];
  /**
   * Per alert: what waits and may still be counted up. Equal withheld decisions and reminders are one line with a number, because a
   * chatty sender must not fill the store; a toast in between closes them, as in the timeline itself.
   */
  readonly #open = new Map<AlertId, Map<string, Waiting>>();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: NotificationLogParts) {
    this.#parts = parts;
  }

  record(record: NotificationRecord): void {
    this.#gather(record);
    this.#timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  /** Writes what waits, now. On a storage fault it is kept and tried again later. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    const { db, timeline, onWritten, onStoreState, onFault } = this.#parts;
    try {
      db.transaction(() => {
        for (const { record, times } of waiting) timeline.append(record.alertId, record, times);
      }).immediate();
    } catch (error) {
      timeline.forget();
      if (isStorageTrouble(error)) onStoreState(false);
      // Not a reason to stay alive: whoever stops has flushed before.
      this.#timer = setTimeout(() => this.flush(), retryMs).unref();
      onFault(error);
      return;
    }
    this.#waiting = [];
    this.#open.clear();
    onWritten([...new Set(waiting.map(({ record }) => record.alertId))]);
  }

  #gather(record: NotificationRecord): void {
    const one: Waiting = { record, times: 1 };
    if (!isFoldable(record)) {
      this.#open.delete(record.alertId);
      this.#waiting.push(one);
      return;
    }
    const name = `${record.kind}\n${record.reason}\n${record.text}`;
    const open = this.#open.get(record.alertId) ?? new Map<string, Waiting>();
    this.#open.set(record.alertId, open);
    const same = open.get(name);
    if (same === undefined) {
      open.set(name, one);
      this.#waiting.push(one);
    } else {
      same.record = record;
      same.times += 1;
    }
  }
}
