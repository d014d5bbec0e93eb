// Reads for lists and details; the writers' SQL is in alert-store.ts.
import type { Alert, AlertId, Delivery, DeliveryId } from '../../shared/alert.ts';
import { alertNumber, type Place, placeOf, placeRank, places } from '../../shared/alert-order.ts';
import type { DeliveryDetail, ListAlerts, ListDeliveries } from '../../shared/bridge.ts';
import { priorityRank } from '../../shared/priority.ts';
import type { Store } from '../database/open-database.ts';
import { type AlertStore, deliveryId } from './alert-store.ts';

const usualLimit = 100;
const mostDeliveriesShown = 100;

interface DeliveryRow {
  id: number;
  source_id: string;
  received_at: number;
  method: string;
  content_type: string | null;
  remote_address: string;
  bytes: number;
  verdict: Delivery['verdict'];
  reason: string;
  alerts: string;
}

const deliveryColumns =
  'id, source_id, received_at, method, content_type, remote_address, bytes, verdict, reason, alerts';

const writtenDown = "lower('a' || id || ' ' || description || key)";
const searchedText = `lower('a' || id || ' ' || key || ' ' || (SELECT group_concat(atom, ' ') FROM json_tree(description)))`;

/** A cursor that did not come from us. */
export class BadCursor extends Error {
  constructor() {
    super('`after` must be the `next` of the page before.');
    this.name = 'BadCursor';
  }
}

export class AlertQueries {
  readonly #db: Store;
  readonly #store: AlertStore;

  constructor(db: Store, store: AlertStore) {
    this.#db = db;
    this.#store = store;
  }

  /** One page in the order of the screen; `next` continues it, null at the end. Throws `BadCursor`. */
  listAlerts(query: ListAlerts): { alerts: Alert[]; next: string | null } {
    const limit = query.limit ?? usualLimit;
    const conditions: string[] = [];
    const values: Record<string, string | number> = { limit: limit + 1 };
    const wanted: readonly Place[] = query.states ?? places.filter((place) => place !== 'resolved');
    if (wanted.length === 0) return { alerts: [], next: null };
    conditions.push(`place_rank IN (${wanted.map(placeRank).join(', ')})`);
    if (query.sourceId !== undefined) {
      conditions.push('source_id = @sourceId');
      values['sourceId'] = query.sourceId;
    }
    if (query.priority !== undefined) {
      conditions.push('priority_rank = @priority');
      values['priority'] = priorityRank(query.priority);
    }
    if (query.search !== undefined) {
      for (const [index, word] of searchWords(query.search).entries()) {
        // The row as it is written down holds every text of the alert, but also JSON's own names and marks: it only tells
        // quickly which rows need the closer look. In it `"` and `\` are escaped.
        if (!/["\\]/.test(word)) conditions.push(`instr(${writtenDown}, @word${index}) > 0`);
        conditions.push(`instr(${searchedText}, @word${index}) > 0`);
        values[`word${index}`] = lowerAscii(word);
      }
    }
    if (query.after !== undefined) {
      const [place, priority, openedAt, id] = readCursor(query.after);
      // Two columns ascend and two descend, so a plain row comparison cannot be used.
      conditions.push(
        `(place_rank, priority_rank, -opened_at, -id) > (${place}, ${priority}, ${-openedAt}, ${-id})`,
        `place_rank >= ${place}`,
      );
    }
    const rows = this.#db
      .prepare(
        `SELECT * FROM alerts WHERE ${conditions.join(' AND ')}
         ORDER BY place_rank, priority_rank, opened_at DESC, id DESC LIMIT @limit`,
      )
      .all(values);
    const alerts = this.#store.alertsOf(rows.slice(0, limit));
    const last = alerts.at(-1);
    return { alerts, next: rows.length > limit && last !== undefined ? writeCursor(last) : null };
  }

  /** The newest 100 deliveries that spoke of an alert, newest first, along their chain. */
  deliveriesOf(id: AlertId): Delivery[] {
    const load = this.#db.prepare<[number], DeliveryRow>(
      `SELECT ${deliveryColumns} FROM deliveries WHERE id = ?`,
    );
    const found: Delivery[] = [];
    let next = this.#store.lastDelivery(id);
    while (next !== null && found.length < mostDeliveriesShown) {
      const row = load.get(next);
      if (row === undefined) break;
      found.push(deliveryOf(row));
      next = linksOf(row).find(([number]) => number === alertNumber(id))?.[1] ?? null;
    }
    return found;
  }

  /** One page, newest first. Throws `BadCursor`. */
  listDeliveries(query: ListDeliveries): { deliveries: Delivery[]; next: string | null } {
    const limit = query.limit ?? usualLimit;
    const conditions = ['1 = 1'];
    const values: Record<string, string | number> = { limit: limit + 1 };
    if (query.sourceId !== undefined) {
      conditions.push('source_id = @sourceId');
      values['sourceId'] = query.sourceId;
    }
    if (query.verdict !== undefined) {
      conditions.push('verdict = @verdict');
      values['verdict'] = query.verdict;
    }
    if (query.after !== undefined) {
      if (!/^D[0-9]{1,15}$/.test(query.after)) throw new BadCursor();
      conditions.push('id < @after');
      values['after'] = Number(query.after.slice(1));
    }
    const rows = this.#db
      .prepare<[Record<string, string | number>], DeliveryRow>(
        `SELECT ${deliveryColumns} FROM deliveries WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT @limit`,
      )
      .all(values);
    const deliveries = rows.slice(0, limit).map(deliveryOf);
    return { deliveries, next: rows.length > limit ? (deliveries.at(-1)?.id ?? null) : null };
  }

  getDelivery(id: DeliveryId): DeliveryDetail | null {
    const row = this.#db
      .prepare<[number], DeliveryRow & { body: Uint8Array; headers: string }>(
        `SELECT ${deliveryColumns}, body, headers FROM deliveries WHERE id = ?`,
      )
      .get(Number(id.slice(1)));
    if (row === undefined) return null;
    return {
      ...deliveryOf(row),
      body: new TextDecoder().decode(row.body),
      headers: JSON.parse(row.headers) as Record<string, string>,
    };
  }

  /**
   * Unresolved alerts whose newest news (the timeline entries that can disturb) has no recorded decision after it: a crash
   * came between commit and notification.
   */
  undecidedAlerts(): Alert[] {
    const rows = this.#db
      .prepare(
        `SELECT * FROM alerts WHERE place_rank < ${placeRank('resolved')} AND
           (SELECT max(id) FROM timeline WHERE alert_id = alerts.id AND kind IN ('opened', 'level-changed', 'unsnoozed')) >
           (SELECT coalesce(max(id), 0) FROM timeline WHERE alert_id = alerts.id AND kind IN ('notified', 'withheld')
             AND reason <> 'stopping')
         ORDER BY id`,
      )
      .all();
    return this.#store.alertsOf(rows);
  }
}

/** As SQLite's lower(): other letters are found as they are written. */
function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Each word is a pass over the text of every row, on the listener's thread: eight are plenty. */
function searchWords(search: string): string[] {
  return [...new Set(search.split(/\s+/).filter(Boolean))].slice(0, 8);
}

function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: deliveryId(row.id),
    sourceId: row.source_id,
    receivedAt: row.received_at,
    method: row.method,
    contentType: row.content_type,
    remoteAddress: row.remote_address,
    bytes: row.bytes,
    verdict: row.verdict,
    reason: row.reason,
    alertIds: linksOf(row).map(([number]): AlertId => `A${number}`),
  };
}

function linksOf(row: DeliveryRow): [alert: number, before: number | null][] {
  return JSON.parse(row.alerts) as [number, number | null][];
}

function writeCursor(alert: Alert): string {
  return [
    placeRank(placeOf(alert)),
    priorityRank(alert.priority),
    alert.openedAt,
    alertNumber(alert.id),
  ].join('.');
}

function readCursor(cursor: string): [number, number, number, number] {
  const match = /^(\d)\.(\d)\.(\d{1,16})\.(\d{1,15})$/.exec(cursor);
  if (match === null) throw new BadCursor();
  return [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])];
}
