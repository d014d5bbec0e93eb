// Opens the store: one file, one connection, every promise about durability read back before it is trusted.
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrations } from './migrations.ts';

export type Store = Database.Database;

/** The store cannot be used; `code` is stable, the message is one sentence for a person. */
export class StoreUnusable extends Error {
  readonly code: 'store-newer' | 'store-damaged' | 'store-unsafe';
  constructor(code: StoreUnusable['code'], message: string) {
    super(message);
    this.name = 'StoreUnusable';
    this.code = code;
  }
}

/** "TOCS": tells our file from any other SQLite file. */
const applicationId = 0x544f4353;

/**
 * Opens or creates the store and brings it to the newest schema.
 * better-sqlite3's SQLite opens an existing WAL file at synchronous=NORMAL, where a power cut may take back commits that
 * were already answered with 200 (reference/stack.md 0.3); so FULL is set on every open and read back.
 * Throws `StoreUnusable`, or SQLite's own error when the file cannot be opened at all.
 */
export function openDatabase(path: string): Store {
  // Created here so that it never exists with wider rights; SQLite gives its WAL the same.
  closeSync(openSync(path, 'a', 0o600));
  const db = new Database(path);
  try {
    // Nobody else should hold the store; whoever does must not stall the listener. 503 says "try again" for us.
    db.pragma('busy_timeout = 200');
    // Before anything is set: several of the settings below write to the file.
    refuseForeign(db, path);
    // Must come before the first table; lets retention give pages back without a full VACUUM.
    db.pragma('auto_vacuum = INCREMENTAL');
    setAndVerify(db, 'journal_mode', 'wal');
    setAndVerify(db, 'synchronous', 2);
    setAndVerify(db, 'foreign_keys', 1);
    setAndVerify(db, 'trusted_schema', 0);
    setAndVerify(db, 'cell_size_check', 1);
    setAndVerify(db, 'temp_store', 2);
    setAndVerify(db, 'journal_size_limit', 64 * 1024 * 1024);
    // Four times the default: a burst rewrites the same pages, and the copying back into the main file happens within a
    // commit. 16 MB of WAL at most, 10 to 20 ms to copy.
    setAndVerify(db, 'wal_autocheckpoint', 4000);
    // Plain fsync does not empty the drive's cache on macOS; elsewhere these two do nothing.
    setAndVerify(db, 'fullfsync', 1);
    setAndVerify(db, 'checkpoint_fullfsync', 1);
    migrate(db);
    forgetStatistics(db);
    return db;
  } catch (error) {
    db.close();
    if (isDamage(error)) {
      throw new StoreUnusable(
        'store-damaged',
        `The store ${path} is damaged and cannot be read (${error.code}).`,
      );
    }
    throw error;
  }
}

function setAndVerify(db: Store, name: string, value: string | number): void {
  db.pragma(`${name} = ${value}`);
  const actual = db.pragma(name, { simple: true });
  if (actual !== value) {
    throw new StoreUnusable('store-unsafe', `SQLite refused ${name} = ${value} (it says ${String(actual)}).`);
  }
}

function refuseForeign(db: Store, path: string): void {
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  if (tables > 0 && db.pragma('application_id', { simple: true }) !== applicationId) {
    throw new StoreUnusable('store-newer', `The file ${path} is a database of another program.`);
  }
  const version = schemaVersion(db);
  if (version > migrations.length) {
    throw new StoreUnusable(
      'store-newer',
      `The store ${path} was made by a newer Tocsin (schema ${version}, this one knows ${migrations.length}).`,
    );
  }
}

function schemaVersion(db: Store): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function migrate(db: Store): void {
  const version = schemaVersion(db);
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
      db.pragma(`application_id = ${applicationId}`);
    }).immediate();
  }
}

/**
 * Every statement is written for a store of any size, without statistics. Taken of a young store, as `PRAGMA optimize` did at
 * quitting, they make SQLite read whole tables of the grown one: 200 ms at a time with 200,000 lines.
 */
function forgetStatistics(db: Store): void {
  const left = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE name IN ('sqlite_stat1', 'sqlite_stat4')")
    .pluck()
    .all();
  if (left.length === 0) return;
  try {
    for (const table of left) db.exec(`DROP TABLE ${table}`);
    // They are in memory too.
    db.pragma('writable_schema = RESET');
  } catch (error) {
    // A full disk must not keep the app from starting.
    if (isDamage(error) || !isStorageTrouble(error)) throw error;
  }
}

/** True for errors that say "this file is not, or no longer, a readable store". */
export function isDamage(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code);
}

/** True for errors that say "the disk does not take it", where a later try can help: damage too, once it is replaced. */
export function isStorageTrouble(error: unknown): boolean {
  return (
    isDamage(error) ||
    (error instanceof Database.SqliteError &&
      /^SQLITE_(FULL|IOERR|READONLY|BUSY|CANTOPEN|NOMEM|PERM)/.test(error.code))
  );
}
