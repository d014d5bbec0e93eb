// Webhook secrets. The store keeps only their hashes; the texts, needed to show an address again, are in a file of their
// own that only the owner can read, so that a copied store or a diagnostics bundle gives nobody a way in.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SourceId } from '../../shared/alert.ts';

/** 128 random bits, URL-safe, 22 characters. */
export function newSecret(): string {
  return randomBytes(16).toString('base64url');
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Takes the same time whether the source exists, the secret is nearly right or all wrong. */
export function isSecret(given: string, hash: Uint8Array | null): boolean {
  const matches = timingSafeEqual(hashSecret(given), hash ?? nobody);
  return matches && hash !== null;
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
    const temporary = `${this.#path}.new`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeFileSync(file, JSON.stringify(Object.fromEntries(secrets)));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.#path);
    syncFolder(dirname(this.#path));
    this.#secrets = secrets;
  }
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

/** So that the rename survives a power cut; Windows has no such thing. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
