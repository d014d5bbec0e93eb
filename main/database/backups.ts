// Copies of the store: what they are called, which are kept, when the next is due, and how one is made and proved.
import Database from 'better-sqlite3';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Storage } from '../../shared/storage.ts';
import { syncFile, syncFolder } from './durable-files.ts';
import { checkOpen, countRows, openForReading } from './store-check.ts';

export type Backup = Storage['backups'][number];

const dayMs = 24 * 60 * 60 * 1000;
/** The first minutes belong to whoever has just started the computer. */
const settleMs = 5 * 60 * 1000;
/** After a backup that could not be made. */
const retryMs = 6 * 60 * 60 * 1000;
const keptDaily = 3;
const keptBeforeSchema = 2;
/** 2 MB at a time: the worker can be stopped in between. */
const pagesAtOnce = 500;

export function backupFolder(dataDir: string): string {
  return join(dataDir, 'backups');
}

/** `tocsin-2026-11-21T12-30-00.000Z.db`: sorts by time, and no file system minds it. */
export function dailyName(at: number): string {
  return `tocsin-${timeStamp(at)}.db`;
}

/** `beforeSchema` is the version the store is about to be brought to. */
export function beforeSchemaName(beforeSchema: number, at: number): string {
  return `before-schema-${beforeSchema}-${timeStamp(at)}.db`;
}

/** A time as part of a file's name. */
export function timeStamp(at: number): string {
  return new Date(at).toISOString().replaceAll(':', '-');
}

/** Newest first. A half-made one has another name and is not among them. */
export function listBackups(dataDir: string): Backup[] {
  const folder = backupFolder(dataDir);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name): Backup[] => {
      const match = /^(tocsin|before-schema-\d+)-(\d{4}-\d\d-\d\dT)(\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.db$/.exec(
        name,
      );
      if (match === null) return [];
      const at = Date.parse(`${match[2]}${match[3]}:${match[4]}:${match[5]}`);
      const bytes = statSync(join(folder, name), { throwIfNoEntry: false })?.size;
      if (Number.isNaN(at) || bytes === undefined) return [];
      return [{ name, at, bytes, kind: match[1] === 'tocsin' ? 'daily' : 'before-schema' }];
    })
    .toSorted((a, b) => b.at - a.at);
}

export interface BackupTimes {
  readonly startedAt: number;
  /** The newest daily backup there is. */
  readonly newestAt: number | null;
  /** The last try that failed since the start. */
  readonly failedAt: number | null;
}

/** A time in the future counts as none: the clock was wrong then or is now. */
export function isBackupDue({ startedAt, newestAt, failedAt }: BackupTimes, now: number): boolean {
  const isRecent = (at: number | null, ms: number): boolean => at !== null && at <= now && now - at < ms;
  return !isRecent(startedAt, settleMs) && !isRecent(newestAt, dayMs) && !isRecent(failedAt, retryMs);
}

/**
 * Copies a store that is in use, from one moment of it, and keeps the copy only when it is whole. Answers with its name.
 * Page by page under one read transaction: ten times faster than VACUUM INTO (3.8 s against 42 s for 1.6 GB), and it can
 * be stopped at any page.
 */
export async function makeBackup(dataDir: string, at: number): Promise<string> {
  const folder = prepareFolder(dataDir);
  const name = dailyName(at);
  const temporary = join(folder, `${name}.part`);
  closeSync(openSync(temporary, 'w', 0o600));
  const db = openForReading(join(dataDir, 'tocsin.db'));
  try {
    db.exec('BEGIN');
    const expected = countRows(db);
    await db.backup(temporary, { progress: () => pagesAtOnce });
    keepWhole(temporary, join(folder, name), expected);
  } finally {
    db.close();
    rmSync(temporary, { force: true });
  }
  prune(dataDir);
  return name;
}

/** The same before a migration, while nobody has the store open. Answers with its name. */
export function backUpBeforeSchema(dataDir: string, version: number, at: number): string {
  const folder = prepareFolder(dataDir);
  const store = join(dataDir, 'tocsin.db');
  const name = beforeSchemaName(version, at);
  const temporary = join(folder, `${name}.part`);
  const db = new Database(store);
  let expected: Readonly<Record<string, number>>;
  try {
    expected = countRows(db);
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    // Closed before the copy: whoever reads the file beside SQLite and closes it would take away SQLite's locks.
    db.close();
  }
  try {
    closeSync(openSync(temporary, 'w', 0o600));
    copyFileSync(store, temporary);
    keepWhole(temporary, join(folder, name), expected);
  } finally {
    rmSync(temporary, { force: true });
  }
  prune(dataDir);
  return name;
}

function prepareFolder(dataDir: string): string {
  const folder = backupFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Left over from a process that was killed.
  for (const name of readdirSync(folder))
    if (name.includes('.part')) rmSync(join(folder, name), { force: true });
  return folder;
}

/** Throws when the copy is not what it should be. */
function keepWhole(temporary: string, target: string, expected: Readonly<Record<string, number>>): void {
  const copy = new Database(temporary);
  try {
    // One file without companions.
    copy.pragma('journal_mode = DELETE');
    const check = checkOpen(copy);
    if (check.result !== 'ok') throw new Error(`The copy is not sound: ${check.why}`);
    const found = countRows(copy);
    for (const [table, rows] of Object.entries(expected))
      if (found[table] !== rows) throw new Error(`The copy has ${found[table]} of ${rows} rows of ${table}`);
  } finally {
    copy.close();
  }
  syncFile(temporary);
  renameSync(temporary, target);
  syncFolder(join(target, '..'));
}

function prune(dataDir: string): void {
  const backups = listBackups(dataDir);
  const over = [
    ...backups.filter(({ kind }) => kind === 'daily').slice(keptDaily),
    ...backups.filter(({ kind }) => kind === 'before-schema').slice(keptBeforeSchema),
  ];
  for (const { name } of over) rmSync(join(backupFolder(dataDir), name), { force: true });
}
