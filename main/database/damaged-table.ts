// Reads what can be read of a table in a damaged file, in steps: a place that cannot be read is split until it is small,
// then passed over (reference/stack.md 4.4).
import Database from 'better-sqlite3';
import { isDamage, type Store } from './open-database.ts';
import { openForReading } from './store-check.ts';

/** A row as it stands in the file; nothing in it can be trusted. */
export type FoundRow = Readonly<Record<string, unknown>>;

/** Where reading goes on, and how many keys it tries at once. */
export interface Span {
  readonly next: number;
  /** The last key to look at. */
  readonly last: number;
  readonly width: number;
  /** Places passed over since something could be read. */
  readonly misses: number;
}

export interface Piece {
  readonly rows: readonly FoundRow[];
  readonly span: Span;
  /** Places passed over. */
  readonly lost: number;
}

/** How one table is read. `select` takes the first and the last key, orders by key and names it `found_key`. */
export interface TableReader {
  readonly select: Database.Statement<[number, number], FoundRow>;
  /** Unique keys may be cut off anywhere; others are read to the end of the width. */
  readonly unique: boolean;
  /** The smallest step over what cannot be read. */
  readonly grain: number;
}

/** What fits into a few milliseconds together with writing it. */
const mostRows = 100;
const mostBytes = 512 * 1024;
/**
 * So many keys in a row may lie on one destroyed page, or below it; when it goes on, ever larger steps are taken, because
 * the end of a table that cannot be read at all may be far away.
 */
const patience = 20_000;
/** Doubling never needs more; keys above it are not ours. */
const mostWidth = 2 ** 40;

/** True when there is nothing left to look at. */
export function isRead({ next, last }: Span): boolean {
  return next > last;
}

/** Reads the next piece. Throws only what is not the file's fault. */
export function readPiece({ select, unique, grain }: TableReader, span: Span): Piece {
  const { next, last, width, misses } = span;
  const to = Math.min(last, next + width - 1);
  const rows: FoundRow[] = [];
  let previous = next - 1;
  let bytes = 0;
  try {
    for (const row of select.iterate(next, to)) {
      const key = row['found_key'];
      // A key out of its order was not written by us.
      if (!isKey(key) || key > to || key < next || (unique ? key <= previous : key < previous))
        throw new OutOfOrder();
      rows.push(row);
      previous = key;
      bytes += sizeOf(row);
      if (unique && (rows.length >= mostRows || bytes >= mostBytes))
        return { rows, span: { next: key + 1, last, width, misses: 0 }, lost: 0 };
    }
  } catch (error) {
    if (!(error instanceof OutOfOrder) && !isUnreadable(error)) throw error;
    // The last one before a break in the order may be the wrong one.
    if (error instanceof OutOfOrder) rows.pop();
    const reached = unique && rows.length > 0 ? Number(rows.at(-1)?.['found_key']) + 1 : next;
    if (reached > next) return { rows, span: { next: reached, last, width: grain, misses: 0 }, lost: 0 };
    if (width > grain) {
      const narrower = Math.max(grain, Math.floor(width / 2));
      return { rows: [], span: { next, last, width: narrower, misses }, lost: 0 };
    }
    const skip = grain * 2 ** Math.min(40, Math.max(0, misses - patience));
    return { rows, span: { next: next + skip, last, width: grain, misses: misses + 1 }, lost: 1 };
  }
  const better =
    rows.length < mostRows / 2 ? Math.min(mostWidth, width * 2) : Math.max(grain, Math.floor(width / 2));
  return { rows, span: { next: to + 1, last, width: better, misses: 0 }, lost: 0 };
}

/** A file that may be damaged in any way, or null when not even its list of tables can be read. */
export function openDamaged(file: string): Store | null {
  try {
    const db = openForReading(file);
    if (readAll(db, 'SELECT 1 FROM alerts LIMIT 0').lost === 0) return db;
    db.close();
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
  }
  return null;
}

/** Everything of a small table, or of one alert's timeline, as far as it can be read. `lost`: 1 when it broke off. */
export function readAll(
  db: Store,
  sql: string,
  ...values: readonly unknown[]
): { rows: FoundRow[]; lost: number } {
  const rows: FoundRow[] = [];
  try {
    for (const row of db.prepare<unknown[], FoundRow>(sql).iterate(...values)) rows.push(row);
    return { rows, lost: 0 };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return { rows, lost: 1 };
  }
}

/** Damage also shows as text that is not text, or as a part of the schema that is gone. */
function isUnreadable(error: unknown): boolean {
  return (
    isDamage(error) ||
    (error instanceof Database.SqliteError && /^SQLITE_(ERROR|IOERR|MISMATCH|TOOBIG)/.test(error.code))
  );
}

class OutOfOrder extends Error {}

function isKey(key: unknown): key is number {
  return typeof key === 'number' && Number.isSafeInteger(key);
}

function sizeOf(row: FoundRow): number {
  let bytes = 0;
  for (const value of Object.values(row)) {
    if (typeof value === 'string') bytes += value.length;
    else if (value instanceof Uint8Array) bytes += value.byteLength;
  }
  return bytes;
}
