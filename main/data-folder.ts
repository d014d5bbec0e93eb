// The data folder: taken for this process alone, then the store and the secrets in it.
import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from './app-parts.ts';
import { isSocketPathShortEnough } from './control/control-socket.ts';
import { takeInstanceLock } from './database/instance-lock.ts';
import { isDamage, openDatabase, type Store, StoreUnusable } from './database/open-database.ts';
import { SecretFile } from './settings/secrets.ts';

export interface DataFolder {
  readonly db: Store;
  readonly secrets: SecretFile;
  /** Closes the store and lets another instance in. */
  readonly close: () => void;
}

/** Throws `StartFailure` with one sentence. */
export function openDataFolder(dataDir: string): DataFolder {
  const lock = lockFolder(dataDir);
  try {
    const secrets = inFolder(dataDir, () => new SecretFile(dataDir));
    const db = openStore(join(dataDir, 'tocsin.db'));
    return {
      db,
      secrets,
      close: () => {
        db.close();
        lock.release();
      },
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
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize >= roomBytes;
}

/** Anything in the folder that did not work, as one sentence. */
export function folderUnusable(dataDir: string, error: unknown): StartFailure {
  const why = error instanceof Error ? error.message : String(error);
  if (isDamage(error)) {
    return new StartFailure(
      'store-damaged',
      `The store in ${dataDir} is damaged and cannot be read: ${why}.`,
    );
  }
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
    throw folderUnusable(dataDir, error);
  }
}

function openStore(path: string): Store {
  try {
    return openDatabase(path);
  } catch (error) {
    if (error instanceof StoreUnusable) {
      throw new StartFailure(error.code === 'store-newer' ? 'store-newer' : 'store-damaged', error.message);
    }
    const why = error instanceof Error ? error.message : String(error);
    throw new StartFailure('data-folder-unusable', `The store ${path} cannot be opened: ${why}.`);
  }
}
