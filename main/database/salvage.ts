// The rest of a store that was replaced: small steps in the background. How far it came stands in the new store, in the
// same transaction as the rows, so that a kill neither loses nor doubles any.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isRead, openDamaged, readAll, readPiece, type Span, type TableReader } from './damaged-table.ts';
import { insertRows } from './found-row.ts';
import { highestNumber, type Numbers } from './number-file.ts';
import type { Store } from './open-database.ts';

/** Exact retries come within hours; older messages are told by their time. */
const retriesMs = 7 * 24 * 60 * 60 * 1000;
const mostLooks = 100;

type LaterTable = 'applied_events' | 'alerts' | 'timeline' | 'deliveries';

/** Writes down what `Salvage` has to do for a file. */
export function planSalvage(db: Store, file: string, from: Store, numbers: Numbers, now: number): void {
  const add = db.prepare('INSERT INTO salvage (file, part, next, last) VALUES (?, ?, ?, ?)');
  const timeline = readAll(from, "SELECT seq FROM sqlite_sequence WHERE name = 'timeline'").rows[0]?.['seq'];
  const parts: readonly [LaterTable, number, number][] = [
    ['applied_events', now - retriesMs, now + retriesMs],
    ['alerts', 1, numbers.alert || highestNumber],
    ['timeline', 1, typeof timeline === 'number' ? timeline : highestNumber],
    ['deliveries', 1, numbers.delivery || highestNumber],
  ];
  for (const [part, next, last] of parts) add.run(file, part, next, last);
}

interface PlannedPart {
  readonly rank: number;
  readonly file: string;
  readonly part: LaterTable;
  readonly next: number;
  readonly last: number;
}

/** The part that is being read. */
interface OpenPart {
  readonly rank: number;
  readonly from: Store;
  readonly reader: TableReader;
  /** How wide to look; where it is stands in the store. */
  pace: Pick<Span, 'width' | 'misses'>;
}

/** The rest: resolved alerts, timelines, deliveries, the newest messages applied. */
export class Salvage {
  readonly #db: Store;
  readonly #dataDir: string;
  #open: OpenPart | null = null;
  #isDone = false;
  #lost = 0;

  constructor(db: Store, dataDir: string) {
    this.#db = db;
    this.#dataDir = dataDir;
  }

  /** Places that could not be read since this process began. */
  get lost(): number {
    return this.#lost;
  }

  /** Does a little, in one transaction; false when there is nothing left to do. Throws storage trouble. */
  step(): boolean {
    if (this.#isDone) return false;
    const planned = this.#db.prepare<[], PlannedPart>('SELECT * FROM salvage ORDER BY rank LIMIT 1').get();
    if (planned === undefined) {
      this.close();
      this.#isDone = true;
      return false;
    }
    const open = this.#reach(planned);
    if (open === null) {
      this.#db.prepare('DELETE FROM salvage WHERE rank = ?').run(planned.rank);
      return true;
    }
    let span: Span = { ...open.pace, next: planned.next, last: planned.last };
    let lost = 0;
    this.#db
      .transaction(() => {
        // Looking costs microseconds, writing a sync: many looks for one transaction, but only one piece with rows.
        for (let looks = 0; looks < mostLooks && !isRead(span); looks += 1) {
          const piece = readPiece(open.reader, span);
          ({ span } = piece);
          lost += piece.lost + insertRows(this.#db, planned.part, piece.rows);
          if (piece.rows.length > 0) break;
        }
        if (isRead(span)) this.#db.prepare('DELETE FROM salvage WHERE rank = ?').run(planned.rank);
        else this.#db.prepare('UPDATE salvage SET next = ? WHERE rank = ?').run(span.next, planned.rank);
      })
      .immediate();
    open.pace = span;
    this.#lost += lost;
    return true;
  }

  close(): void {
    this.#open?.from.close();
    this.#open = null;
  }

  #reach({ rank, file, part }: PlannedPart): OpenPart | null {
    if (this.#open?.rank === rank) return this.#open;
    this.close();
    const from = openDamaged(join(this.#dataDir, file));
    if (from === null) return null;
    try {
      const reader = readerOf(part, from);
      this.#open = { rank, from, reader, pace: { width: reader.grain * 64, misses: 0 } };
      return this.#open;
    } catch (error) {
      from.close();
      if (error instanceof Database.SqliteError) return null;
      throw error;
    }
  }
}

function readerOf(part: LaterTable, from: Store): TableReader {
  if (part === 'applied_events') {
    return {
      select: from.prepare(
        'SELECT *, sent_at AS found_key FROM applied_events WHERE sent_at BETWEEN ? AND ? ORDER BY sent_at',
      ),
      unique: false,
      grain: 60_000,
    };
  }
  // Unresolved alerts were taken at once; one that has been resolved since must not come back.
  const more = part === 'alerts' ? 'AND place_rank = 3' : '';
  // A store of before schema 2 has no such column.
  const bytes = part === 'deliveries' ? ', length(body) AS bytes' : '';
  const isOld = bytes !== '' && readAll(from, 'SELECT bytes FROM deliveries LIMIT 0').lost > 0;
  return {
    select: from.prepare(
      `SELECT *, id AS found_key${isOld ? bytes : ''} FROM ${part} NOT INDEXED WHERE id BETWEEN ? AND ? ${more} ORDER BY id`,
    ),
    unique: true,
    grain: 1,
  };
}
