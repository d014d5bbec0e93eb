// All SQL that writes deliveries, and the one read that writing needs; lists and details are in delivery-queries.ts.
// One statement per method, prepared once; transactions are the caller's.
import type { AlertId, DeliveryId, SourceId, Verdict } from '../../shared/alert.ts';
import { alertNumber } from '../../shared/alert-order.ts';
import type { Store } from '../database/open-database.ts';

/** The bytes of one request and what is known about it before it is understood. */
export interface RawDelivery {
  readonly sourceId: SourceId;
  readonly receivedAt: number;
  readonly method: string;
  readonly contentType: string | null;
  readonly remoteAddress: string;
  /** Safe ones only. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without the secret. */
  readonly query: string;
  readonly body: Uint8Array;
  readonly bodyHash: Uint8Array;
}

/** Deliveries that spoke of one alert form a chain, newest first: no index to maintain while a burst comes in. */
export interface DeliveryLink {
  readonly alert: AlertId;
  /** Row number of the delivery that spoke of it before this one. */
  readonly before: number | null;
}

/** What became of a delivery. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Named reasons and remarks, joined by `, `. */
  readonly reason: string;
  readonly links: readonly DeliveryLink[];
}

/** A delivery as it lies in the store, to be read again. */
export interface KeptDelivery extends Judgement {
  readonly number: number;
  readonly sourceId: SourceId;
  readonly receivedAt: number;
  readonly method: string;
  readonly contentType: string | null;
  readonly query: string;
  readonly body: Uint8Array;
  /** Retention has emptied the body. */
  readonly bodyRemoved: boolean;
}

interface KeptRow {
  id: number;
  source_id: string;
  received_at: number;
  method: string;
  content_type: string | null;
  query: string;
  verdict: Verdict;
  reason: string;
  alerts: string;
  body: Uint8Array;
  body_removed: number;
}

const keptColumns = `id, source_id, received_at, method, content_type, query, verdict, reason, alerts, body,
  body_removed`;

export class DeliveryTable {
  readonly #statements;

  constructor(db: Store) {
    this.#statements = prepare(db);
  }

  insert(number: number, raw: RawDelivery, judgement: Judgement): void {
    this.#statements.insert.run(
      number,
      raw.sourceId,
      raw.receivedAt,
      raw.method,
      raw.contentType,
      raw.remoteAddress,
      JSON.stringify(raw.headers),
      raw.query,
      raw.body.byteLength,
      raw.bodyHash,
      judgement.verdict,
      judgement.reason,
      writeLinks(judgement.links),
      raw.body,
    );
  }

  load(id: DeliveryId): KeptDelivery | null {
    const row = this.#statements.load.get(deliveryNumber(id));
    return row === undefined ? null : keptOf(row);
  }

  /** Later deliveries of the same source that may hold a recovery of a problem nobody knew: the first `most`, bodies there. */
  loadRecoveriesAfter({ number, sourceId }: KeptDelivery, farthest: number, most: number): KeptDelivery[] {
    return this.#statements.loadRecoveries.all(sourceId, number, number + farthest, most).map(keptOf);
  }

  /** For a delivery that was read again. */
  judgeAgain(number: number, { verdict, reason, links }: Judgement): void {
    this.#statements.judgeAgain.run(verdict, reason, writeLinks(links), number);
  }

  /** Empty when there is no such delivery (any more). */
  loadLinks(number: number): DeliveryLink[] {
    const alerts = this.#statements.loadLinks.get(number)?.alerts;
    return alerts === undefined ? [] : readLinks(alerts);
  }

  saveLinks(number: number, links: readonly DeliveryLink[]): void {
    this.#statements.saveLinks.run(writeLinks(links), number);
  }
}

function prepare(db: Store) {
  return {
    insert: db.prepare(
      `INSERT INTO deliveries (id, source_id, received_at, method, content_type, remote_address, headers, query, bytes,
         body_hash, verdict, reason, alerts, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    load: db.prepare<[number], KeptRow>(`SELECT ${keptColumns} FROM deliveries WHERE id = ?`),
    loadRecoveries: db.prepare<[string, number, number, number], KeptRow>(
      `SELECT ${keptColumns} FROM deliveries INDEXED BY deliveries_by_source
       WHERE source_id = ? AND id > ? AND id <= ? AND verdict IN ('orphan-recovery', 'mixed') AND body_removed = 0
       ORDER BY id LIMIT ?`,
    ),
    judgeAgain: db.prepare('UPDATE deliveries SET verdict = ?, reason = ?, alerts = ? WHERE id = ?'),
    loadLinks: db.prepare<[number], { alerts: string }>('SELECT alerts FROM deliveries WHERE id = ?'),
    saveLinks: db.prepare('UPDATE deliveries SET alerts = ? WHERE id = ?'),
  };
}

function keptOf(row: KeptRow): KeptDelivery {
  return {
    number: row.id,
    sourceId: row.source_id,
    receivedAt: row.received_at,
    method: row.method,
    contentType: row.content_type,
    query: row.query,
    body: row.body,
    bodyRemoved: row.body_removed === 1,
    verdict: row.verdict,
    reason: row.reason,
    links: readLinks(row.alerts),
  };
}

/** The number in `D1042`. */
export function deliveryNumber(id: DeliveryId): number {
  return Number(id.slice(1));
}

/** `D1042` for a row number. */
export function deliveryId(number: number): DeliveryId {
  return `D${number}`;
}

/** The column `alerts`. */
export function readLinks(alerts: string): DeliveryLink[] {
  const pairs = JSON.parse(alerts) as [number, number | null][];
  return pairs.map(([alert, before]) => ({ alert: `A${alert}`, before }));
}

function writeLinks(links: readonly DeliveryLink[]): string {
  return JSON.stringify(links.map((link) => [alertNumber(link.alert), link.before]));
}
