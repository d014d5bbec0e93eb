// What paging needs, out of a store that was replaced or out of a backup, into the one that takes its place. The rest follows
// in small steps (salvage.ts).
import { join } from 'node:path';
import {
  type FoundRow,
  isRead,
  openDamaged,
  readAll,
  readPiece,
  type Span,
  type TableReader,
} from './damaged-table.ts';
import { type FoundTable, insertRows } from './found-row.ts';
import { highestNumber, type Numbers, numbersIn } from './number-file.ts';
import type { Store } from './open-database.ts';
import { planSalvage } from './salvage.ts';

/** What was read from one file. */
export interface Essentials {
  readonly numbers: Numbers;
  /** The places in what was read that could not be. */
  readonly lost: number;
}

/**
 * Settings, sources, problems, and the unresolved alerts with their timelines, from `file` (within the data folder) into
 * `db`, which is inside a transaction. What is there already stays. Null when nothing can be read from the file at all.
 */
export function takeEssentials(db: Store, dataDir: string, file: string, now: number): Essentials | null {
  const from = openDamaged(join(dataDir, file));
  if (from === null) return null;
  try {
    let lost = 0;
    const copy = (table: FoundTable, read: { rows: readonly FoundRow[]; lost: number }): void => {
      lost += read.lost + insertRows(db, table, read.rows);
    };
    copy('settings', readAll(from, 'SELECT * FROM settings'));
    copy('sources', readAll(from, 'SELECT * FROM sources'));
    takeLastingState(db, from);
    copy('problems', readFromBothEnds(from));
    const numbers = numbersIn(from);
    const open = readUnresolved(from, numbers.alert || highestNumber);
    copy('alerts', open);
    const mend = db.prepare(
      `INSERT OR IGNORE INTO problems (source_id, key, episodes, last_alert, recovered_sent_at, recovered_episode_name,
         opened_times) SELECT source_id, key, episode, id, NULL, NULL, json_array(opened_at) FROM alerts WHERE id = ?`,
    );
    for (const row of open.rows) {
      mend.run(row['id']);
      copy('timeline', readTimeline(from, row['id']));
    }
    planSalvage(db, file, from, numbers, now);
    // What had not been read back yet of the store before that one.
    insertRows(db, 'salvage', readAll(from, 'SELECT file, part, next, last FROM salvage ORDER BY rank').rows);
    return { numbers, lost };
  } finally {
    from.close();
  }
}

/**
 * From a backup, what the damaged file should have had and could not say: sources, settings and problems that are missing,
 * and unresolved alerts that it says nothing about. Better one that is over than one that nobody hears of. `known`: the
 * sources that were not removed since.
 */
export function takeMissing(
  db: Store,
  dataDir: string,
  files: { readonly backup: string; readonly damaged: string; readonly known: ReadonlySet<unknown> },
): void {
  const from = openDamaged(join(dataDir, files.backup));
  const seen = openDamaged(join(dataDir, files.damaged));
  try {
    if (from === null || seen === null) return;
    insertRows(db, 'settings', readAll(from, 'SELECT * FROM settings').rows);
    insertRows(db, 'problems', readAll(from, 'SELECT * FROM problems').rows);
    const sources = readAll(from, 'SELECT * FROM sources').rows;
    insertRows(
      db,
      'sources',
      sources.filter((row) => files.known.has(row['id'])),
    );
    // A problem that has a newer alert has recovered from this one.
    const newer = db.prepare('SELECT 1 FROM problems WHERE source_id = ? AND key = ? AND last_alert > ?');
    const missing = readUnresolved(from, highestNumber).rows.filter(
      (row) =>
        readAll(seen, 'SELECT id FROM alerts WHERE id = ?', row['id']).rows.length === 0 &&
        newer.get(row['source_id'], row['key'], row['id']) === undefined,
    );
    insertRows(db, 'alerts', missing);
    for (const row of missing) insertRows(db, 'timeline', readTimeline(from, row['id']).rows);
  } finally {
    from?.close();
    seen?.close();
  }
}

/**
 * The ledger of gaps, whole or not at all: with a piece missing it would call time covered that was not. Without it the
 * ledger begins anew.
 */
export function takeLedger(db: Store, dataDir: string, file: string): void {
  const from = openDamaged(join(dataDir, file));
  if (from === null) return;
  try {
    const begun = readAll(from, "SELECT value FROM meta WHERE name = 'ledger_since'");
    const gaps = readAll(from, 'SELECT * FROM gaps ORDER BY id');
    const since = begun.rows[0]?.['value'];
    if (begun.lost + gaps.lost > 0 || typeof since !== 'number') return;
    if (insertRows(db, 'gaps', gaps.rows) > 0) db.exec('DELETE FROM gaps');
    else db.prepare("INSERT INTO meta (name, value) VALUES ('ledger_since', ?)").run(since);
  } finally {
    from.close();
  }
}

/** What a person switched on for a while must not end because a disk failed. */
function takeLastingState(db: Store, from: Store): void {
  const insert = db.prepare('INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)');
  const { rows } = readAll(
    from,
    `SELECT name, value FROM meta
     WHERE name IN ('quiet_until', 'on_call_since', 'on_call_until', 'last_shift_from', 'last_shift_to')`,
  );
  for (const { name, value } of rows) if (Number.isSafeInteger(value)) insert.run(name, value);
}

function readTimeline(from: Store, alertId: unknown): { rows: FoundRow[]; lost: number } {
  return readAll(from, 'SELECT * FROM timeline WHERE alert_id = ? ORDER BY id', alertId);
}

function readUnresolved(from: Store, last: number): { rows: FoundRow[]; lost: number } {
  // Over the table and not over an index: an index may have lost what the table still has.
  const reader: TableReader = {
    select: from.prepare(
      `SELECT *, id AS found_key FROM alerts NOT INDEXED WHERE id BETWEEN ? AND ? AND place_rank < 3 ORDER BY id`,
    ),
    unique: true,
    grain: 1,
  };
  const rows: FoundRow[] = [];
  let lost = 0;
  let span: Span = { next: 1, last, width: 1024, misses: 0 };
  while (!isRead(span)) {
    const piece = readPiece(reader, span);
    rows.push(...piece.rows);
    lost += piece.lost;
    ({ span } = piece);
  }
  return { rows, lost };
}

/** Its key is text, which cannot be split: up from the first until a place cannot be read, then down from the last. */
function readFromBothEnds(from: Store): { rows: FoundRow[]; lost: number } {
  const up = readAll(from, 'SELECT * FROM problems ORDER BY source_id, key');
  if (up.lost === 0) return up;
  const down = readAll(from, 'SELECT * FROM problems ORDER BY source_id DESC, key DESC');
  return { rows: [...up.rows, ...down.rows], lost: 1 };
}
