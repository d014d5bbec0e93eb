// What was shown or withheld, and why: into the alert's timeline, in small shared transactions off the hot path.
import type { AlertId } from '../../shared/alert.ts';
import type { Store } from '../database/open-database.ts';
import type { TimelineTable } from '../database/timeline-table.ts';
import type { NotificationRecord } from './announcer.ts';

export interface NotificationLogParts {
  readonly db: Store;
  readonly timeline: TimelineTable;
  /** These alerts have new timeline entries. */
  readonly onWritten: (alertIds: readonly AlertId[]) => void;
  readonly onFault: (error: unknown) => void;
}

/** Decisions wait this long for company before they are written. */
const gatherMs = 50;

export class NotificationLog {
  readonly #parts: NotificationLogParts;
  /** Equal decisions of one alert in a row are one line with a number: a chatty sender must not fill the store. */
  readonly #waiting = new Map<string, { record: NotificationRecord; times: number }>();
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: NotificationLogParts) {
    this.#parts = parts;
  }

  record(record: NotificationRecord): void {
    const name = `${record.alertId} ${record.kind} ${record.reason} ${record.text}`;
    const same = this.#waiting.get(name);
    if (same !== undefined && record.kind === 'withheld') {
      this.#waiting.set(name, { record: { ...same.record, at: record.at }, times: same.times + 1 });
    } else {
      this.#waiting.set(same === undefined ? name : `${name} ${this.#waiting.size}`, { record, times: 1 });
    }
    this.#timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  /** Writes what waits, now. On a storage fault it is kept and tried again with the next record. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const records = [...this.#waiting.values()];
    if (records.length === 0) return;
    const { db, timeline, onWritten, onFault } = this.#parts;
    try {
      db.transaction(() => {
        for (const { record, times } of records) timeline.append(record.alertId, record, times);
      }).immediate();
    } catch (error) {
      timeline.forget();
      onFault(error);
      return;
    }
    this.#waiting.clear();
    onWritten([...new Set(records.map(({ record }) => record.alertId))]);
  }
}
