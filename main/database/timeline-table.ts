// The timeline of every alert: written by alerts (what happened) and notifications (what was shown, and why not).
import type { AlertId, Entry } from '../../shared/alert.ts';
import { alertNumber } from '../../shared/alert-order.ts';
import type { Store } from './open-database.ts';

export type NewEntry = Pick<Entry, 'at' | 'kind' | 'text' | 'reason'>;

/** Kinds that a chatty sender repeats without end; equal ones are folded into one row as long as nothing else happens. */
const foldable: ReadonlySet<Entry['kind']> = new Set(['repeated', 'withheld']);

/** Whether an equal line is counted up. Two toasts are two lines, but a reminder is the same toast once more. */
export function isFoldable({ kind, reason }: Pick<Entry, 'kind' | 'reason'>): boolean {
  return foldable.has(kind) || (kind === 'notified' && reason === 'reminder');
}

/** Alerts whose rows are remembered; past that a new row is begun, which costs nothing but a line more. */
const mostOpen = 10_000;

/** Reads and appends timeline entries. Appending belongs into the caller's transaction. */
export class TimelineTable {
  readonly #insert;
  readonly #fold;
  readonly #select;
  readonly #lastSaid;
  /** Per alert: the rows that may still be folded into. Memory only: after a restart a new row is begun. */
  readonly #open = new Map<AlertId, Map<string, number | bigint>>();

  constructor(db: Store) {
    this.#insert = db.prepare(
      'INSERT INTO timeline (alert_id, at, kind, text, reason, last_at) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#fold = db.prepare('UPDATE timeline SET times = times + ?, last_at = ? WHERE id = ?');
    this.#select = db.prepare<[number], Entry>(
      'SELECT at, kind, text, reason, times, last_at AS lastAt FROM timeline WHERE alert_id = ? ORDER BY id',
    );
    this.#lastSaid = db.prepare<[number], { since: number | null; saidAt: number | null }>(
      `SELECT max(CASE WHEN kind IN ('opened', 'unsnoozed', 'unacknowledged') OR reason = 'level-rose' AND kind = 'level-changed'
           THEN last_at END) AS since,
         max(CASE WHEN kind = 'notified' OR kind = 'withheld'
           AND reason IN ('window-watched', 'quiet-hours', 'quiet-for-now', 'presenter-failed') THEN last_at END) AS saidAt
       FROM timeline WHERE alert_id = ?`,
    );
  }

  /**
   * Since when an open alert needs somebody, and when it was last said or withheld for a reason that is about the moment and
   * not about the news (epoch ms): what a restart needs to go on reminding. Null: never opened here.
   */
  lastSaid(alertId: AlertId): { readonly since: number; readonly saidAt: number } | null {
    const { since, saidAt } = this.#lastSaid.get(alertNumber(alertId)) ?? { since: null, saidAt: null };
    return since === null ? null : { since, saidAt: Math.max(since, saidAt ?? since) };
  }

  append(alertId: AlertId, entry: NewEntry, times = 1): void {
    const name = `${entry.kind}\n${entry.reason}\n${entry.text}`;
    let rows = this.#open.get(alertId);
    if (!isFoldable(entry)) {
      this.#open.delete(alertId);
      rows = undefined;
    }
    const row = rows?.get(name);
    if (row !== undefined && this.#fold.run(times, entry.at, row).changes === 1) return;
    const { lastInsertRowid } = this.#insert.run(
      alertNumber(alertId),
      entry.at,
      entry.kind,
      entry.text,
      entry.reason,
      entry.at,
    );
    if (times > 1) this.#fold.run(times - 1, entry.at, lastInsertRowid);
    if (!isFoldable(entry)) return;
    if (this.#open.size > mostOpen) this.#open.clear();
    if (rows === undefined) this.#open.set(alertId, (rows = new Map()));
    rows.set(name, lastInsertRowid);
  }

  list(alertId: AlertId): Entry[] {
    return this.#select.all(alertNumber(alertId));
  }

  /** Closes the rows of an alert that is over, so that this memory does not grow. */
  release(alertId: AlertId): void {
    this.#open.delete(alertId);
  }

  /** After a rollback: row numbers handed out in it are void. */
  forget(): void {
    this.#open.clear();
  }
}
