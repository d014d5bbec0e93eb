// A store that cannot be trusted is moved aside, never deleted, and a fresh one takes its place with everything that
// paging needs. Killed at any point, the next start goes on: the new store appears under its name only when it is whole.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceId, SourceKind } from '../../shared/alert.ts';
import type { StoreNews } from '../../shared/notice.ts';
import type { PriorityMap } from '../../shared/priority.ts';
import { type Backup, listBackups, timeStamp } from './backups.ts';
import { syncFile, syncFolder } from './durable-files.ts';
import { saveNews } from './notices.ts';
import { beyond, type Numbers, readNumbers } from './number-file.ts';
import { openDatabase, type Store } from './open-database.ts';
import { takeEssentials, takeLedger, takeMissing } from './essentials.ts';

/** A source of which only the address is known. */
export interface AddressOnly {
  readonly id: SourceId;
  readonly kind: SourceKind;
  readonly priorityMap: PriorityMap;
  /** SHA-256 of the secret. */
  readonly secretHash: Uint8Array;
}

export interface ReplaceParts {
  readonly dataDir: string;
  readonly now: number;
  /** Every source of which the secret is known. */
  readonly addresses: readonly AddressOnly[];
}

const storeName = 'tocsin.db';
const companions = ['', '-wal', '-shm'];
/** Lies in the folder of a damaged store until the new one is in its place. */
const marker = 'unfinished';
/** Far past every line of a timeline, so that what is read back later comes before what is new. */
const timelineGap = 1_000_000_000;

/** Moves the store aside and puts a new one in its place; answers with what the person is to be told. */
export function replaceStore(parts: ReplaceParts): StoreNews {
  const { dataDir, now } = parts;
  const folder = moveAside(dataDir, now);
  const fresh = join(dataDir, `${storeName}.new`);
  for (const companion of companions) rmSync(`${fresh}${companion}`, { force: true });
  const db = openDatabase(fresh);
  let news: StoreNews;
  try {
    news = db.transaction(() => fill(db, folder, parts)).immediate();
  } finally {
    db.close();
  }
  syncFile(fresh);
  renameSync(fresh, join(dataDir, storeName));
  syncFolder(dataDir);
  if (folder !== null) rmSync(join(dataDir, folder, marker), { force: true });
  return news;
}

/** True when a replacement was cut off after the old store had gone. */
export function isReplacementUnfinished(dataDir: string): boolean {
  const folder = unfinishedFolder(dataDir);
  if (folder === null || !existsSync(join(dataDir, folder, storeName))) return false;
  if (!existsSync(join(dataDir, storeName))) return true;
  // All done but for the marker.
  rmSync(join(dataDir, folder, marker), { force: true });
  return false;
}

/** Raises the numbers of a store that is behind what was given already. */
export function skipNumbers(db: Store, numbers: Numbers): void {
  const update = db.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
  const insert = db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)');
  const raise = (table: string, value: number): void => {
    if (update.run(value, table).changes === 0) insert.run(table, value);
  };
  raise('alerts', numbers.alert);
  raise('deliveries', numbers.delivery);
  db.prepare("UPDATE meta SET value = max(value, ?) WHERE name = 'revision'").run(numbers.revision);
}

/** The folder it was moved to; null when there was nothing to move. */
function moveAside(dataDir: string, now: number): string | null {
  const begun = unfinishedFolder(dataDir);
  const left = companions.filter((companion) => existsSync(join(dataDir, `${storeName}${companion}`)));
  if (left.length === 0) return begun;
  const folder = begun ?? `damaged-${timeStamp(now)}`;
  mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, folder, marker), '', { mode: 0o600 });
  // The store first: one without its journal would look sound and be old.
  for (const companion of left)
    renameSync(join(dataDir, `${storeName}${companion}`), join(dataDir, folder, `${storeName}${companion}`));
  syncFolder(dataDir);
  return folder;
}

function unfinishedFolder(dataDir: string): string | null {
  const folders = readdirSync(dataDir).filter(
    (name) => name.startsWith('damaged-') && existsSync(join(dataDir, name, marker)),
  );
  return folders.toSorted().at(-1) ?? null;
}

function fill(db: Store, folder: string | null, parts: ReplaceParts): StoreNews {
  const { dataDir, now, addresses } = parts;
  const damaged = folder === null ? null : join(folder, storeName);
  const backups = listBackups(dataDir);
  const own = damaged === null ? null : takeEssentials(db, dataDir, damaged, now);
  if (own !== null && damaged !== null) takeLedger(db, dataDir, damaged);
  let backup: { readonly at: number; readonly numbers: Numbers } | null = null;
  if (own === null) {
    backup = takeBackup(db, dataDir, now, backups);
    if (backup !== null && addresses.length > 0) retire(db, addresses, now);
  } else if (own.lost > 0 && damaged !== null && backups[0] !== undefined) {
    const known = new Set(addresses.map(({ id }) => id));
    takeMissing(db, dataDir, { backup: join('backups', backups[0].name), damaged, known });
  }
  addAddresses(db, addresses, now);
  const numbers = beyond(
    ...[own?.numbers, backup?.numbers].filter((known) => known !== undefined),
    readNumbers(dataDir),
  );
  skipNumbers(db, numbers);
  db.prepare(
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'timeline', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'timeline')",
  ).run();
  db.prepare("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'timeline'").run(timelineGap);
  const count = (sql: string): number => Number(db.prepare(sql).pluck().get());
  const unresolved = count('SELECT count(*) FROM alerts');
  const news: StoreNews =
    own !== null
      ? { code: 'store-salvaged', folder, unresolved, reading: true, lost: own.lost }
      : backup !== null
        ? { code: 'store-restored', folder, backupAt: backup.at, unresolved, reading: true }
        : { code: 'store-rebuilt', folder, sources: count('SELECT count(*) FROM sources') };
  saveNews(db, news, now);
  return news;
}

/** The newest that can be read. */
function takeBackup(
  db: Store,
  dataDir: string,
  now: number,
  backups: readonly Backup[],
): { readonly at: number; readonly numbers: Numbers } | null {
  for (const { name, at } of backups) {
    const taken = takeEssentials(db, dataDir, join('backups', name), now);
    if (taken !== null) return { at, numbers: taken.numbers };
  }
  return null;
}

/** A source that was removed after the backup has no secret any more; it must not come back. */
function retire(db: Store, addresses: readonly AddressOnly[], now: number): void {
  const known = JSON.stringify(addresses.map(({ id }) => id));
  db.prepare(
    'UPDATE sources SET removed_at = ? WHERE removed_at IS NULL AND id NOT IN (SELECT value FROM json_each(?))',
  ).run(now, known);
}

/** Every address whose secret is known works, whatever the file said of it. */
function addAddresses(db: Store, addresses: readonly AddressOnly[], now: number): void {
  const add = db.prepare(
    `INSERT INTO sources (id, kind, name, priority_map, secret_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET secret_hash = excluded.secret_hash WHERE removed_at IS NULL`,
  );
  for (const { id, kind, priorityMap, secretHash } of addresses)
    add.run(id, kind, id, JSON.stringify(priorityMap), secretHash, now);
}
