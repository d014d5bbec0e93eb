// What goes with time: bodies first, then deliveries and alerts that are over, in steps of a few milliseconds off the hot
// path. Unresolved alerts and what hangs on them stay, however old.
import type { AlertId } from '../../shared/alert.ts';
import { placeRank } from '../../shared/alert-order.ts';
import type { Store } from '../database/open-database.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** The raw bodies; row, verdict, size and hash stay. */
const bodyDays = 30;
/** Resolved alerts with their timelines, counted from their end, and deliveries. */
const alertDays = 365;
/** What protects against messages that come twice or late: beyond any of them. */
const messageDays = 400;

/** After a pass that has come to its end nothing is looked at for so long. */
const restMs = 60 * 60 * 1000;
const problemsEveryMs = dayMs;

/** Rows of one step: each lot takes less than 5 ms, its sync included, on the machine of the README's figures. */
const lot = { bodies: 50, deliveries: 50, alerts: 20, timeline: 200, events: 200, problems: 200, pages: 64 };
/** Alerts that the deliveries of one step may speak of: each of them has to be looked up. */
const mostLinks = 1000;
const mostBodyBytes = 1024 * 1024;
/** Free pages are used again; they are given back only when there are many. 16 MB and a quarter of the file. */
const mostFreePages = 4096;
const mostFreeShare = 0.25;

export interface RetentionParts {
  readonly db: Store;
  /** Takes the words of these alerts out of the search; inside a transaction. */
  readonly forgetWords: (alerts: readonly AlertId[]) => void;
}

interface DeliveryAge {
  readonly id: number;
  readonly received_at: number;
  readonly bytes: number;
  /** How many alerts it speaks of. */
  readonly links: number;
  readonly is_held: number;
}

interface ProblemAge {
  readonly source_id: string;
  readonly key: string;
  readonly recovered_sent_at: number | null;
  readonly has_alert: number;
}

/** One pass goes through these; each is left when it finds nothing more to do. */
const tasks = ['bodies', 'deliveries', 'alerts', 'events', 'problems', 'pages'] as const;
type Task = (typeof tasks)[number];

export class Retention {
  readonly #db: Store;
  readonly #parts: RetentionParts;
  readonly #statements;
  #task = 0;
  #restUntil = 0;
  /** The delivery up to which this pass has looked; those held by an unresolved alert lie before it. */
  #deliveriesThrough = 0;
  #problemsThrough: readonly [string, string] = ['', ''];
  #problemsAt: number | null = null;

  constructor(parts: RetentionParts) {
    this.#db = parts.db;
    this.#parts = parts;
    this.#statements = prepare(parts.db);
  }

  /** One small transaction; false when there is nothing to do for now, which costs nothing to find out. */
  step(now: number): boolean {
    if (now < this.#restUntil && this.#restUntil - now <= restMs) return false;
    const task = tasks[this.#task];
    if (task === undefined) {
      this.#task = 0;
      this.#deliveriesThrough = 0;
      this.#restUntil = now + restMs;
      return false;
    }
    if (!this.#run(task, now)) this.#task += 1;
    return true;
  }

  /** False when the task is done. */
  #run(task: Task, now: number): boolean {
    if (task === 'pages') return this.#giveBackPages();
    return this.#db
      .transaction(() => {
        switch (task) {
          case 'bodies':
            return this.#emptyBodies(now);
          case 'deliveries':
            return this.#deleteDeliveries(now);
          case 'alerts':
            return this.#deleteAlerts(now - alertDays * dayMs);
          case 'events':
            return this.#statements.deleteEvents.run(now - messageDays * dayMs, lot.events).changes > 0;
          case 'problems':
            return this.#deleteProblems(now);
        }
      })
      .immediate();
  }

  /** The next deliveries, fewer when they speak of many alerts. */
  #ages(after: number, most: number): DeliveryAge[] {
    const rows: DeliveryAge[] = [];
    let links = 0;
    for (const row of this.#statements.ages.iterate(after, most)) {
      rows.push(row);
      links += row.links;
      if (links >= mostLinks) break;
    }
    return rows;
  }

  #emptyBodies(now: number): boolean {
    const { bodiesThrough, saveBodiesThrough, emptyBody } = this.#statements;
    const rows = aged(this.#ages(bodiesThrough.get()?.value ?? 0, lot.bodies), now, bodyDays);
    let bytes = 0;
    let through: number | null = null;
    for (const row of rows) {
      if (bytes > mostBodyBytes) break;
      through = row.id;
      if (row.is_held === 1 || row.bytes === 0 || row.received_at > now) continue;
      emptyBody.run(row.id);
      bytes += row.bytes;
    }
    if (through === null) return false;
    // What was held is passed for good: such a body goes with its delivery.
    saveBodiesThrough.run(through);
    return true;
  }

  #deleteDeliveries(now: number): boolean {
    const { deleteDelivery } = this.#statements;
    const rows = aged(this.#ages(this.#deliveriesThrough, lot.deliveries), now, alertDays);
    for (const row of rows) {
      this.#deliveriesThrough = row.id;
      if (row.is_held === 0 && row.received_at <= now) deleteDelivery.run(row.id);
    }
    return rows.length > 0;
  }

  #deleteAlerts(before: number): boolean {
    const { resolvedBefore, deleteTimeline, deleteAlert } = this.#statements;
    const gone: number[] = [];
    let lines: number = lot.timeline;
    for (const id of resolvedBefore.all(before, lot.alerts)) {
      lines -= deleteTimeline.run(id, lines).changes;
      // A long timeline takes several steps; its alert goes with the last one.
      if (lines <= 0) break;
      gone.push(id);
      deleteAlert.run(id);
    }
    this.#parts.forgetWords(gone.map((id): AlertId => `A${id}`));
    return gone.length > 0 || lines < lot.timeline;
  }

  /** A problem goes when no alert of it is left and no message could come any more that its recovery would hold back. */
  #deleteProblems(now: number): boolean {
    if (this.#problemsAt !== null && now - this.#problemsAt < problemsEveryMs) return false;
    const { problemAges, deleteProblem } = this.#statements;
    const rows = problemAges.all(...this.#problemsThrough, lot.problems);
    const last = rows.at(-1);
    if (last === undefined) {
      this.#problemsThrough = ['', ''];
      this.#problemsAt = now;
      return false;
    }
    for (const row of rows) {
      const mayBeLate = (row.recovered_sent_at ?? Number.NEGATIVE_INFINITY) >= now - messageDays * dayMs;
      if (row.has_alert === 0 && !mayBeLate) deleteProblem.run(row.source_id, row.key);
    }
    this.#problemsThrough = [last.source_id, last.key];
    return true;
  }

  #giveBackPages(): boolean {
    const free = Number(this.#db.pragma('freelist_count', { simple: true }));
    if (free < mostFreePages) return false;
    if (free < Number(this.#db.pragma('page_count', { simple: true })) * mostFreeShare) return false;
    this.#db.pragma(`incremental_vacuum(${lot.pages})`);
    return true;
  }
}

/** The rows from the oldest on that are over age; one from the future, of a clock that was wrong, does not stop the rest. */
function aged(rows: readonly DeliveryAge[], now: number, days: number): readonly DeliveryAge[] {
  const end = rows.findIndex((row) => row.received_at >= now - days * dayMs && row.received_at <= now);
  return end === -1 ? rows : rows.slice(0, end);
}

function prepare(db: Store) {
  const resolved = placeRank('resolved');
  return {
    bodiesThrough: db.prepare<[], { value: number }>("SELECT value FROM meta WHERE name = 'bodies_removed'"),
    saveBodiesThrough: db.prepare<[number]>(
      "INSERT OR REPLACE INTO meta (name, value) VALUES ('bodies_removed', ?)",
    ),
    ages: db.prepare<[number, number], DeliveryAge>(
      `SELECT id, received_at, bytes, json_array_length(alerts) AS links, EXISTS (
         SELECT 1 FROM json_each(deliveries.alerts) AS link JOIN alerts ON alerts.id = json_extract(link.value, '$[0]')
         WHERE alerts.place_rank < ${resolved}) AS is_held
       FROM deliveries WHERE id > ? ORDER BY id LIMIT ?`,
    ),
    emptyBody: db.prepare<[number]>("UPDATE deliveries SET body = x'', body_removed = 1 WHERE id = ?"),
    deleteDelivery: db.prepare<[number]>('DELETE FROM deliveries WHERE id = ?'),
    resolvedBefore: db
      .prepare<[number, number], number>(
        `SELECT id FROM alerts INDEXED BY alerts_by_end WHERE place_rank = ${resolved} AND resolved_at < ?
         ORDER BY resolved_at LIMIT ?`,
      )
      .pluck(),
    deleteTimeline: db.prepare<[number, number]>(
      'DELETE FROM timeline WHERE id IN (SELECT id FROM timeline WHERE alert_id = ? LIMIT ?)',
    ),
    deleteAlert: db.prepare<[number]>('DELETE FROM alerts WHERE id = ?'),
    deleteEvents: db.prepare<[number, number]>(
      `DELETE FROM applied_events WHERE (sent_at, identity) IN
         (SELECT sent_at, identity FROM applied_events WHERE sent_at < ? ORDER BY sent_at LIMIT ?)`,
    ),
    problemAges: db.prepare<[string, string, number], ProblemAge>(
      `SELECT source_id, key, recovered_sent_at, EXISTS (SELECT 1 FROM alerts
         WHERE alerts.source_id = problems.source_id AND alerts.key = problems.key) AS has_alert
       FROM problems WHERE (source_id, key) > (?, ?) ORDER BY source_id, key LIMIT ?`,
    ),
    deleteProblem: db.prepare<[string, string]>('DELETE FROM problems WHERE source_id = ? AND key = ?'),
  };
}
