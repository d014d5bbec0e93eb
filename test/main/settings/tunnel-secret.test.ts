import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SecretsNotWritable } from '../../../main/settings/secrets.ts';
import {
  type Keyring,
  noKeyring,
  SecretUnreadable,
  TunnelSecrets,
} from '../../../main/settings/tunnel-secret.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-token-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (): string => join(folder, 'tunnel-secrets.json');
/** Turns every byte over; counts how often it is asked. */
class TurningKeyring implements Keyring {
  opened = 0;
  readonly seal = (text: string): Promise<Uint8Array> => Promise.resolve(turned(Buffer.from(text)));
  readonly open = (sealed: Uint8Array): Promise<string> => {
    this.opened += 1;
    return Promise.resolve(Buffer.from(turned(sealed)).toString());
  };
}
const turned = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0xff);

describe('without a keyring', () => {
  test('a token is in a file for its owner only, kept over a restart', async () => {
    const mask = process.umask(0);
    try {
      await new TunnelSecrets(folder, noKeyring).keep('ngrok', 'token');
    } finally {
      process.umask(mask);
    }
    const again = new TunnelSecrets(folder, noKeyring);
    expect(again.keptBy('ngrok')).toBe('file');
    expect(await again.read('ngrok')).toBe('token');
    if (process.platform !== 'win32') expect((statSync(file()).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(folder)).toEqual(['tunnel-secrets.json']);
  });

  test('each kind has its own, and one that is forgotten is gone from the file', async () => {
    const secrets = new TunnelSecrets(folder, noKeyring);
    await secrets.keep('ngrok', 'first');
    await secrets.keep('cloudflared', 'second');
    secrets.forget('ngrok');
    expect(await secrets.read('ngrok')).toBeNull();
    expect(secrets.keptBy('ngrok')).toBe('none');
    expect(await secrets.read('cloudflared')).toBe('second');
    expect(readFileSync(file(), 'utf8')).not.toContain('first');
  });

  test.each(['', '{', 'null', '[]', '{"ngrok":"token"}', '{"ngrok":{"by":"keyring"}}'])(
    'a file that was damaged (%j) has none, and takes a new one',
    async (text) => {
      writeFileSync(file(), text);
      const secrets = new TunnelSecrets(folder, noKeyring);
      expect(secrets.keptBy('ngrok')).toBe('none');
      await secrets.keep('ngrok', 'token');
      expect(await new TunnelSecrets(folder, noKeyring).read('ngrok')).toBe('token');
    },
  );

  test('a token that cannot be written is refused, and nothing was changed', async () => {
    const secrets = new TunnelSecrets(join(folder, 'no-such-folder'), noKeyring);
    await expect(secrets.keep('ngrok', 'token')).rejects.toBeInstanceOf(SecretsNotWritable);
    expect(secrets.keptBy('ngrok')).toBe('none');
  });
});

describe('with a keyring', () => {
  test('the file holds what only the keyring can open', async () => {
    await new TunnelSecrets(folder, new TurningKeyring()).keep('ngrok', 'a token');
    expect(readFileSync(file(), 'utf8')).not.toContain('a token');
    const again = new TunnelSecrets(folder, new TurningKeyring());
    expect(again.keptBy('ngrok')).toBe('keyring');
    expect(await again.read('ngrok')).toBe('a token');
  });

  test('it is asked once, and again after a new token or a refusal', async () => {
    const keyring = new TurningKeyring();
    const secrets = new TunnelSecrets(folder, keyring);
    await secrets.keep('ngrok', 'old');
    await Promise.all([secrets.read('ngrok'), secrets.read('ngrok')]);
    expect(keyring.opened).toBe(1);
    await secrets.keep('ngrok', 'new');
    expect(await secrets.read('ngrok')).toBe('new');
    expect(keyring.opened).toBe(2);
  });

  test('that is locked says so without a word of the token, and opens later', async () => {
    const turning = new TurningKeyring();
    let isLocked = true;
    const keyring: Keyring = {
      seal: turning.seal,
      open: (sealed) => (isLocked ? Promise.reject(new Error('locked')) : turning.open(sealed)),
    };
    const secrets = new TunnelSecrets(folder, keyring);
    await secrets.keep('ngrok', 'token');
    await expect(secrets.read('ngrok')).rejects.toBeInstanceOf(SecretUnreadable);
    isLocked = false;
    expect(await secrets.read('ngrok')).toBe('token');
  });

  test('that refuses to take it is none: better in a file than lost', async () => {
    const keyring: Keyring = { seal: () => Promise.reject(new Error('no')), open: noKeyring.open };
    const secrets = new TunnelSecrets(folder, keyring);
    await secrets.keep('ngrok', 'token');
    expect(secrets.keptBy('ngrok')).toBe('file');
    expect(await secrets.read('ngrok')).toBe('token');
  });

  test('that is gone after a restart, as when the app is run headless, is a token that cannot be read', async () => {
    await new TunnelSecrets(folder, new TurningKeyring()).keep('ngrok', 'token');
    await expect(new TunnelSecrets(folder, noKeyring).read('ngrok')).rejects.toBeInstanceOf(SecretUnreadable);
  });
});
