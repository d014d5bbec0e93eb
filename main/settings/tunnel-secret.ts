// Tokens of tunnels: encrypted with the keyring of the desktop where there is one, else as they are in a file that only
// its owner can read. Apart from the store, so that no copy of that gives them away.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { TunnelKind, TunnelView } from '../../shared/tunnel.ts';
import { replacePrivateFile, SecretsNotWritable } from './secrets.ts';

/** The keyring of the desktop. */
export interface Keyring {
  /** Null: there is none that keeps its key to itself. */
  readonly seal: (text: string) => Promise<Uint8Array | null>;
  /** Rejects when the keyring is locked, is another one, or is gone. */
  readonly open: (sealed: Uint8Array) => Promise<string>;
}

/** Where nobody keeps a key: headless. */
export const noKeyring: Keyring = {
  seal: () => Promise.resolve(null),
  open: () => Promise.reject(new Error('There is no keyring here.')),
};

/** The keyring does not give out what it once took. */
export class SecretUnreadable extends Error {
  constructor(cause: unknown) {
    super('The keyring does not give out the token.', { cause });
    this.name = 'SecretUnreadable';
  }
}

const Kept = Type.Union([
  Type.Object({ by: Type.Literal('keyring'), sealed: Type.String({ description: 'base64' }) }),
  Type.Object({ by: Type.Literal('file'), text: Type.String() }),
]);
/** One for each kind, so that no service is ever shown the token of another. */
const KeptByKind = Type.Record(Type.String(), Kept);
type KeptByKind = Readonly<Static<typeof KeptByKind>>;

export class TunnelSecrets {
  readonly #path: string;
  readonly #keyring: Keyring;
  #kept: KeptByKind;
  /** What the keyring gave out or is asked for now: a person who has to unlock it is asked once. */
  readonly #opened = new Map<TunnelKind, Promise<string>>();

  constructor(dataDir: string, keyring: Keyring) {
    this.#path = join(dataDir, 'tunnel-secrets.json');
    this.#keyring = keyring;
    this.#kept = readKept(this.#path);
  }

  /** How the secret of this kind of tunnel is kept. */
  keptBy(kind: TunnelKind): TunnelView['secret'] {
    return this.#kept[kind]?.by ?? 'none';
  }

  /** Null when none is kept. Rejects with `SecretUnreadable`. */
  async read(kind: TunnelKind): Promise<string | null> {
    const kept = this.#kept[kind];
    if (kept === undefined) return null;
    if (kept.by === 'file') return kept.text;
    const opened = this.#opened.get(kind) ?? this.#keyring.open(Buffer.from(kept.sealed, 'base64'));
    this.#opened.set(kind, opened);
    try {
      return await opened;
    } catch (error) {
      if (this.#opened.get(kind) === opened) this.#opened.delete(kind);
      throw new SecretUnreadable(error);
    }
  }

  /** Rejects with `SecretsNotWritable`, and nothing was changed. A keyring that refuses is none. */
  async keep(kind: TunnelKind, text: string): Promise<void> {
    const sealed = await this.#keyring.seal(text).catch(() => null);
    this.#opened.delete(kind);
    this.#write({
      ...this.#kept,
      [kind]:
        sealed === null
          ? { by: 'file', text }
          : { by: 'keyring', sealed: Buffer.from(sealed).toString('base64') },
    });
  }

  /** Throws `SecretsNotWritable`. */
  forget(kind: TunnelKind): void {
    const { [kind]: gone, ...rest } = this.#kept;
    this.#opened.delete(kind);
    if (gone !== undefined) this.#write(rest);
  }

  /** Those of ways that are not used any more. Throws `SecretsNotWritable`. */
  forgetOthers(kind: TunnelKind): void {
    for (const other of Object.keys(this.#kept) as TunnelKind[]) if (other !== kind) this.forget(other);
  }

  #write(kept: KeptByKind): void {
    try {
      replacePrivateFile(this.#path, JSON.stringify(kept));
    } catch (error) {
      throw new SecretsNotWritable(error);
    }
    this.#kept = kept;
  }
}

/** A file that was damaged has none: the person is asked for the token, and nothing else breaks. */
function readKept(path: string): KeptByKind {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return Value.Check(KeptByKind, parsed) ? parsed : {};
  } catch {
    return {};
  }
}
