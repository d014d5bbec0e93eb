// Webhook secrets. The store keeps only their hashes; the texts, needed to show an address again, are in a file of their
// own that only the owner can read, so that a copied store or a diagnostics bundle gives nobody a way in.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceId, SourceKind } from '../../shared/alert.ts';
import { syncFolder } from '../database/durable-files.ts';

/**
 * 128 random bits that can stand in an address as they are. For a universal source 32 hex digits, since it may be asked
 * for as a PagerDuty routing key and those look so; else 22 characters.
 */
export function newSecret(kind: SourceKind): string {
  return randomBytes(16).toString(kind === 'universal' ? 'hex' : 'base64url');
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** What is known of a source's secrets; `old` is the one before the last rotation while it is still good. */
export interface SecretHashes {
  readonly current: Uint8Array;
  readonly old: Uint8Array | null;
}

/**
 * Which of a source's secrets has this hash (`hashSecret`), null for none of them. Takes the same time whether the source
 * exists, has an old secret, and the given one is nearly right or all wrong.
 */
export function matchSecret(given: Uint8Array, hashes: SecretHashes | null): 'current' | 'old' | null {
  const isCurrent = timingSafeEqual(given, hashes?.current ?? nobody);
  const isOld = timingSafeEqual(given, hashes?.old ?? nobody);
  if (hashes === null) return null;
  if (isCurrent) return 'current';
  return isOld && hashes.old !== null ? 'old' : null;
}
const nobody = randomBytes(32);

/** The file with the secrets cannot be written; nothing was changed. */
export class SecretsNotWritable extends Error {
  constructor(cause: unknown) {
    super('The file with the secrets cannot be written right now; nothing was changed.', { cause });
    this.name = 'SecretsNotWritable';
  }
}

/** The file with the texts. */
export class SecretFile {
  readonly #path: string;
  #secrets: Map<SourceId, string>;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'secrets.json');
    this.#secrets = readSecrets(this.#path);
  }

  /** Null when the file was lost: the address still works but cannot be shown. */
  get(id: SourceId): string | null {
    return this.#secrets.get(id) ?? null;
  }

  /** Every source whose text is known. */
  ids(): SourceId[] {
    return [...this.#secrets.keys()];
  }

  /** Throws `SecretsNotWritable`. */
  set(id: SourceId, secret: string): void {
    try {
      this.#write(new Map(this.#secrets).set(id, secret));
    } catch (error) {
      throw new SecretsNotWritable(error);
    }
  }

  /** Never throws: a text without a source opens nothing; it goes with the next write. */
  forget(id: SourceId): void {
    const secrets = new Map(this.#secrets);
    secrets.delete(id);
    try {
      this.#write(secrets);
    } catch {
      this.#secrets = secrets;
    }
  }

  #write(secrets: Map<SourceId, string>): void {
    replacePrivateFile(this.#path, JSON.stringify(Object.fromEntries(secrets)));
    this.#secrets = secrets;
  }
}

/** Whole or not at all, on the disk when it returns, and for its owner only. */
export function replacePrivateFile(path: string, text: string): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

function readSecrets(path: string): Map<SourceId, string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) return new Map();
    return new Map(
      Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    // Addresses keep working by their hashes; they only cannot be shown. The next write must not destroy what is there.
    renameSync(path, `${path}.broken`);
    return new Map();
  }
}
