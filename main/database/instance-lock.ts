import Database from 'better-sqlite3';
import { join } from 'node:path';

/**
 * One instance per data folder, whatever the doors are. The lock is a SQLite file held by an open exclusive transaction:
 * the operating system lets go of it when the process dies in any way, so there is no stale lock to clean up.
 * Returns null when another process holds it. The caller keeps the result until it stops.
 */
export function takeInstanceLock(dataDir: string): { release: () => void } | null {
  const db = new Database(join(dataDir, 'instance.lock'), { timeout: 0 });
  try {
    // In rollback mode with a memory journal the lock leaves no other file behind and never syncs.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return { release: () => db.close() };
}
