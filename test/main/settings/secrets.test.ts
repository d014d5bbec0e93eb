import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashSecret, isSecret, newSecret, SecretFile } from '../../../main/settings/secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (): string => join(folder, 'secrets.json');

describe('a secret', () => {
  test('has 128 bits, can stand in an address as it is, and is never the same twice', () => {
    const many = Array.from({ length: 500 }, newSecret);
    for (const secret of many) {
      expect(Buffer.from(secret, 'base64url')).toHaveLength(16);
      expect(encodeURIComponent(secret)).toBe(secret);
    }
    expect(new Set(many).size).toBe(500);
  });

  test('is recognised by its hash, whole and exact', () => {
    const secret = newSecret();
    const hash = hashSecret(secret);
    expect(isSecret(secret, hash)).toBe(true);
    for (const wrong of ['', `${secret}x`, secret.slice(1), secret.toUpperCase(), ` ${secret}`]) {
      expect(isSecret(wrong, hash), wrong).toBe(false);
    }
  });

  test('without a source is never right, also not the empty one', () => {
    expect(isSecret('', null)).toBe(false);
    expect(isSecret(newSecret(), null)).toBe(false);
  });
});

describe('the file of secrets', () => {
  test('keeps them over a restart, for its owner only', () => {
    const mask = process.umask(0);
    try {
      new SecretFile(folder).set('cm-1', 'first');
      new SecretFile(folder).set('cm-2', 'second');
    } finally {
      process.umask(mask);
    }
    const again = new SecretFile(folder);
    expect([again.get('cm-1'), again.get('cm-2'), again.get('cm-3')]).toEqual(['first', 'second', null]);
    if (process.platform !== 'win32') expect((statSync(path()).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  test('forgets one that was removed', () => {
    const file = new SecretFile(folder);
    file.set('cm-1', 'first');
    file.set('cm-2', 'second');
    file.forget('cm-1');
    expect(readFileSync(path(), 'utf8')).not.toContain('first');
    expect(new SecretFile(folder).get('cm-2')).toBe('second');
  });

  test.each(['', '{', 'null', '[]', '"text"', '{"cm-1": 5}'])(
    'that was damaged (%j) shows no addresses, and breaks nothing',
    (text) => {
      writeFileSync(path(), text);
      const file = new SecretFile(folder);
      expect(file.get('cm-1')).toBeNull();
      file.set('cm-2', 'second');
      expect(new SecretFile(folder).get('cm-2')).toBe('second');
    },
  );

  test('a half-written copy of a crash is not taken for the file', () => {
    new SecretFile(folder).set('cm-1', 'first');
    writeFileSync(`${path()}.new`, '{"cm-1":"fi');
    const file = new SecretFile(folder);
    expect(file.get('cm-1')).toBe('first');
    file.set('cm-2', 'second');
    expect(new SecretFile(folder).get('cm-1')).toBe('first');
  });
});
