// The data folder: taken for this process alone, then the secrets and the store in it, which is checked, copied before a
// migration, and replaced when it is damaged.
import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '../shared/alert.ts';
import type { StoreNews } from '../shared/notice.ts';
import { StartFailure } from './app-parts.ts';
import { isSocketPathShortEnough } from './control/control-socket.ts';
import { backUpBeforeSchema } from './database/backups.ts';
import { takeInstanceLock } from './database/instance-lock.ts';
import { beyond, isBehind, numbersIn, readNumbers } from './database/number-file.ts';
import {
  isDamage,
  isStorageTrouble,
  openDatabase,
  type Store,
  StoreUnusable,
} from './database/open-database.ts';
import {
  type AddressOnly,
  isReplacementUnfinished,
  replaceStore,
  skipNumbers,
} from './database/replace-store.ts';
import { judgeStore } from './database/store-check.ts';
import { hashSecret, SecretFile } from './settings/secrets.ts';
import { senderOf } from './sources/catalogue.ts';

export interface DataFolder {
  readonly path: string;
  readonly secrets: SecretFile;
  /** Opens the store; `damaged`: it was found out while it was open, so it is replaced. Throws `StartFailure`. */
  readonly open: (how: { readonly damaged: boolean; readonly now: number }) => OpenedStore;
  /** Lets another instance in. */
  readonly release: () => void;
}

export interface OpenedStore {
  readonly db: Store;
  /** False for a store that is too large to be checked before anything is heard. */
  readonly isChecked: boolean;
  /** What happened to it just now. */
  readonly news: readonly StoreNews[];
}

/** Throws `StartFailure` with one sentence. */
export function takeDataFolder(dataDir: string): DataFolder {
  const lock = lockFolder(dataDir);
  try {
    const secrets = inFolder(dataDir, () => new SecretFile(dataDir));
    return {
      path: dataDir,
      secrets,
      open: ({ damaged, now }) => openStore(dataDir, secrets, damaged, now),
      release: lock.release,
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Enough for some of the largest deliveries and what they bring along. */
const roomBytes = 16 * 1024 * 1024;

/** A write of one page may still fit where no delivery does; so the free space counts as well. */
export function hasRoom(dataDir: string): boolean {
  return freeBytes(dataDir) >= roomBytes;
}

/** What is left on the disk for this user. */
export function freeBytes(dataDir: string): number {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize;
}

/** What a backup takes up, with room left for the deliveries that come meanwhile. */
export function backupBytes(dataDir: string): number {
  return statSync(join(dataDir, 'tocsin.db')).size + 4 * roomBytes;
}

/** Anything in the folder that did not work, as one sentence. */
export function folderUnusable(dataDir: string, error: unknown): StartFailure {
  const why = error instanceof Error ? error.message : String(error);
  return new StartFailure('data-folder-unusable', `The data folder ${dataDir} cannot be used: ${why}.`);
}

function lockFolder(dataDir: string): { release: () => void } {
  if (!isSocketPathShortEnough(dataDir)) {
    throw new StartFailure(
      'data-folder-unusable',
      `The path of the data folder is too long: ${dataDir}. Choose a shorter one.`,
    );
  }
  const lock = inFolder(dataDir, () => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return takeInstanceLock(dataDir);
  });
  if (lock === null) {
    throw new StartFailure(
      'data-folder-in-use',
      `Another Tocsin is running with the data folder ${dataDir}.`,
    );
  }
  return lock;
}

function inFolder<Result>(dataDir: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof StartFailure ? error : folderUnusable(dataDir, error);
  }
}

function openStore(dataDir: string, secrets: SecretFile, damaged: boolean, now: number): OpenedStore {
  const path = join(dataDir, 'tocsin.db');
  try {
    const news: StoreNews[] = [];
    const replace = (): void =>
      void news.push(replaceStore({ dataDir, now, addresses: addressesIn(secrets) }));
    let isChecked = true;
    let isReplaced = damaged || isReplacementUnfinished(dataDir);
    let migratesTo: number | null = null;
    if (!isReplaced) {
      const found = judgeStore(path);
      isChecked = found.kind !== 'unchecked';
      // A store without anything in it is new, unless there are secrets: then there was one.
      isReplaced = found.kind === 'damaged' || (found.kind === 'empty' && secrets.ids().length > 0);
      if ('migratesTo' in found) ({ migratesTo } = found);
    }
    if (isReplaced) replace();
    let db: Store;
    try {
      if (migratesTo !== null) news.push(...copyBeforeMigration(dataDir, migratesTo, now));
      db = openDatabase(path);
    } catch (error) {
      const isItsFault =
        isDamage(error) || (error instanceof StoreUnusable && error.code === 'store-damaged');
      if (!isItsFault || isReplaced) throw error;
      replace();
      db = openDatabase(path);
    }
    const older = catchUp(db, dataDir);
    if (older !== null) news.push(older);
    return { db, isChecked, news };
  } catch (error) {
    if (error instanceof StoreUnusable) {
      throw new StartFailure(error.code === 'store-newer' ? 'store-newer' : 'store-damaged', error.message);
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new StartFailure('data-folder-unusable', `The store ${path} cannot be opened: ${why}.`);
  }
}

/** A migration is all or nothing by itself, so a disk without room for the copy does not stop it. */
function copyBeforeMigration(dataDir: string, version: number, now: number): StoreNews[] {
  try {
    backUpBeforeSchema(dataDir, version, now);
    return [];
  } catch (error) {
    if (isDamage(error)) throw error;
    return [{ code: 'backup-failed', why: error instanceof Error ? error.message : String(error) }];
  }
}

/** A store that is behind what was given already goes on past it, so that no id is used twice. */
function catchUp(db: Store, dataDir: string): StoreNews | null {
  const known = readNumbers(dataDir);
  const now = numbersIn(db);
  if (!isBehind(now, known)) return null;
  try {
    skipNumbers(db, beyond(known));
  } catch (error) {
    if (!isStorageTrouble(error)) throw error;
  }
  return { code: 'store-older', missing: Math.max(0, known.delivery - now.delivery) };
}

/** The id of a source says its kind. */
const kindOf: Readonly<Record<string, SourceKind>> = {
  cm: 'cloudmonitor',
  cc: 'clustercontrol',
  un: 'universal',
};

function addressesIn(secrets: SecretFile): AddressOnly[] {
  return secrets.ids().flatMap((id) => {
    const kind = kindOf[id.slice(0, 2)];
    const secret = secrets.get(id);
    if (kind === undefined || secret === null) return [];
    return [
      { id, kind, priorityMap: senderOf(kind)?.defaultPriorityMap ?? {}, secretHash: hashSecret(secret) },
    ];
  });
}
