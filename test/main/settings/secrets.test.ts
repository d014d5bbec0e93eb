import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashSecret, matchSecret, newSecret, SecretFile } from '../../../main/settings/secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = (): string => join(folder, 'secrets.json');

describe('a secret', () => {
  test.each(['cloudmonitor', 'clustercontrol'] as const)(
    'of %s has 128 bits, can stand in an address as it is, and is never the same twice',
    (kind) => {
      const many = Array.from({ length: 500 }, () => newSecret(kind));
      for (const secret of many) {
        expect(Buffer.from(secret, 'base64url')).toHaveLength(16);
        expect(encodeURIComponent(secret)).toBe(secret);
      }
      expect(new Set(many).size).toBe(500);
    },
  );

  test('of a universal source looks like a PagerDuty routing key', () => {
    const many = Array.from({ length: 500 }, () => newSecret('universal'));
    for (const secret of many) expect(secret).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(many).size).toBe(500);
  });

  const secret = newSecret('cloudmonitor');
  const old = newSecret('cloudmonitor');
  const hashes = { current: hashSecret(secret), old: hashSecret(old) };

  test('is recognised by its hash, whole and exact, and so is the old one while it is good', () => {
    expect(matchSecret(hashSecret(secret), hashes)).toBe('current');
    expect(matchSecret(hashSecret(old), hashes)).toBe('old');
    expect(matchSecret(hashSecret(old), { ...hashes, old: null })).toBeNull();
    for (const right of [secret, old]) {
      for (const wrong of ['', `${right}x`, right.slice(1), right.toUpperCase(), ` ${right}`]) {
        expect(matchSecret(hashSecret(wrong), hashes), wrong).toBeNull();
      }
    }
  });

  test('without a source is never right, also not the empty one', () => {
    expect(matchSecret(hashSecret(''), null)).toBeNull();
    expect(matchSecret(hashSecret(secret), null)).toBeNull();
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
