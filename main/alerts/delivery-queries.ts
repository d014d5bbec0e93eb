// Reads of deliveries for lists and details; the writers' SQL is in delivery-table.ts.
import { hash } from 'node:crypto';
import type { AlertId, Delivery, DeliveryId } from '../../shared/alert.ts';
import type { DeliveryDetail, ListDeliveries } from '../../shared/bridge.ts';
import type { Store } from '../database/open-database.ts';
import type { AlertStore } from './alert-store.ts';
import { BadCursor } from './bad-cursor.ts';
import { deliveryId, deliveryNumber, readLinks } from './delivery-table.ts';

export interface DeliveryQueriesParts {
  readonly db: Store;
  readonly store: AlertStore;
  /** Any clock that only goes forward, ms. */
  readonly elapsed: () => number;
}

const usualLimit = 100;
const mostDeliveriesShown = 100;
/** A list that takes longer returns what it has and says where to go on. The listener waits meanwhile. */
const mostMs = 12;
/** Rows looked at by SQLite between two looks at the clock, 2 to 4 ms. */
const rowsPerStep = 2000;

interface DeliveryRow {
  id: number;
  source_id: string;
  received_at: number;
  method: string;
  content_type: string | null;
  remote_address: string;
  bytes: number;
  body_removed: number;
  verdict: Delivery['verdict'];
  reason: string;
  alerts: string;
}

interface WholeRow extends DeliveryRow {
  query: string;
  body: Uint8Array;
}

const columns = `id, source_id, received_at, method, content_type, remote_address, bytes, body_removed, verdict, reason,
  alerts`;

export class DeliveryQueries {
  readonly #parts: DeliveryQueriesParts;

  constructor(parts: DeliveryQueriesParts) {
    this.#parts = parts;
  }

  /** The newest 100 deliveries that spoke of an alert, newest first, along their chain. */
  deliveriesOf(id: AlertId): Delivery[] {
    const load = this.#parts.db.prepare<[number], DeliveryRow>(
      `SELECT ${columns} FROM deliveries WHERE id = ?`,
    );
    const found: Delivery[] = [];
    let next = this.#parts.store.lastDelivery(id);
    while (next !== null && found.length < mostDeliveriesShown) {
      const row = load.get(next);
      if (row === undefined) break;
      found.push(deliveryOf(row));
      next = readLinks(row.alerts).find(({ alert }) => alert === id)?.before ?? null;
    }
    return found;
  }

  /**
   * One page, newest first. Whoever looks for a rare verdict or a text may get a short or empty page while `next` is set.
   * Throws `BadCursor`.
   */
  listDeliveries(query: ListDeliveries): { deliveries: Delivery[]; next: string | null } {
    const limit = query.limit ?? usualLimit;
    const needles = needlesOf(query.search ?? '');
    const begun = this.#parts.elapsed();
    const isLate = (): boolean => this.#parts.elapsed() - begun > mostMs;
    const rows = this.#rows(query, needles.length > 0);
    const deliveries: Delivery[] = [];
    let below = query.after === undefined ? Number.MAX_SAFE_INTEGER : readCursor(query.after);
    for (;;) {
      const floor = this.#floor(query, below);
      if (floor === null) return { deliveries, next: null };
      for (const row of rows.iterate({ ...query, below, floor })) {
        if (matches(row, needles)) {
          const last = deliveries.at(-1);
          if (deliveries.length === limit && last !== undefined) return { deliveries, next: last.id };
          deliveries.push(deliveryOf(row));
        }
        if (needles.length > 0 && isLate()) return { deliveries, next: deliveryId(row.id) };
      }
      if (isLate()) return { deliveries, next: deliveryId(floor) };
      below = floor;
    }
  }

  #rows({ sourceId, verdict }: ListDeliveries, withBody: boolean) {
    // An order by number tempts SQLite to walk over the rows of every source.
    const index = sourceId === undefined ? '' : 'INDEXED BY deliveries_by_source';
    const conditions = [
      'id < @below AND id >= @floor',
      ...(sourceId === undefined ? [] : ['source_id = @sourceId']),
      ...(verdict === undefined ? [] : ['verdict = @verdict']),
    ];
    return this.#parts.db.prepare<[ListDeliveries & { below: number; floor: number }], WholeRow>(
      `SELECT ${columns}, ${withBody ? 'query, body' : "'' AS query, x'' AS body"}
       FROM deliveries ${index} WHERE ${conditions.join(' AND ')} ORDER BY id DESC`,
    );
  }

  /** The lowest number of the next step below `below`; null when there is nothing more. */
  #floor({ sourceId }: ListDeliveries, below: number): number | null {
    const { db } = this.#parts;
    const bySource = sourceId !== undefined;
    const where = bySource ? 'INDEXED BY deliveries_by_source WHERE source_id = @sourceId AND' : 'WHERE';
    const nth = db
      .prepare<[{ sourceId: string | undefined; below: number; skip: number }], number>(
        `SELECT id FROM deliveries ${where} id < @below ORDER BY id DESC LIMIT 1 OFFSET @skip`,
      )
      .pluck();
    const newest = nth.get({ sourceId, below, skip: 0 });
    if (newest === undefined) return null;
    // Among all sources numbers have few gaps; counting rows would read every one of them.
    if (!bySource) return Math.max(0, newest - rowsPerStep);
    return nth.get({ sourceId, below, skip: rowsPerStep }) ?? 0;
  }

  getDelivery(id: DeliveryId): DeliveryDetail | null {
    const row = this.#parts.db
      .prepare<[number], WholeRow & { headers: string; body_hash: Uint8Array }>(
        `SELECT ${columns}, headers, query, body_hash, body FROM deliveries WHERE id = ?`,
      )
      .get(deliveryNumber(id));
    if (row === undefined) return null;
    const bodyHash = Buffer.from(row.body_hash).toString('hex');
    return {
      ...deliveryOf(row),
      query: row.query,
      headers: JSON.parse(row.headers) as Record<string, string>,
      body: new TextDecoder().decode(row.body),
      bodyHash,
      bodyDamaged: row.body_removed === 0 && hash('sha256', row.body, 'hex') !== bodyHash,
    };
  }
}

/**
 * What is looked for, in every way in which a body or a query may have it written: as it is, percent-encoded, as a form, and
 * as JSON without anything beyond ASCII.
 */
function needlesOf(search: string): string[] {
  const plain = search
    .trim()
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .toLowerCase();
  if (plain === '') return [];
  const encoded = encodeURIComponent(plain).toLowerCase();
  const inForm = new URLSearchParams({ '': plain }).toString().slice(1).toLowerCase();
  const escaped = plain.replace(
    /[^\u0020-\u007e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...new Set([plain, encoded, inForm, escaped])];
}

function matches(row: WholeRow, needles: readonly string[]): boolean {
  if (needles.length === 0) return true;
  const text = [row.reason, row.query, new TextDecoder().decode(row.body)].join('\n').toLowerCase();
  return needles.some((needle) => text.includes(needle));
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
    bodyRemoved: row.body_removed === 1,
    verdict: row.verdict,
    reason: row.reason,
    alertIds: readLinks(row.alerts).map(({ alert }) => alert),
  };
}

function readCursor(cursor: string): number {
  if (!/^D[0-9]{1,15}$/.test(cursor)) throw new BadCursor();
  return Number(cursor.slice(1));
}
