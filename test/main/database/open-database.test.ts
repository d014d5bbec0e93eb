import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isStorageTrouble, openDatabase, StoreUnusable } from '../../../main/database/open-database.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-db-'));
  path = join(folder, 'tocsin.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const promised: Readonly<Record<string, string | number>> = {
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  fullfsync: 1,
  checkpoint_fullfsync: 1,
  busy_timeout: 200,
};

function refusal(): StoreUnusable {
  try {
    openDatabase(path).close();
  } catch (error) {
    if (error instanceof StoreUnusable) return error;
    throw error;
  }
  throw new Error('It was opened.');
}

describe('every promise about durability is kept', () => {
  test.each(Object.entries(promised))('%s is %s at the first open and at every later one', (name, value) => {
    for (let open = 1; open <= 3; open += 1) {
      const db = openDatabase(path);
      expect(db.pragma(name, { simple: true }), `open ${open}`).toBe(value);
      db.close();
    }
  });

  test('a store left at synchronous=NORMAL by whoever had it last is at FULL again', () => {
    openDatabase(path).close();
    const other = new Database(path);
    other.pragma('synchronous = NORMAL');
    other.close();
    const db = openDatabase(path);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    db.close();
  });

  test('statistics of a small store are forgotten: they would have a large one read whole', () => {
    const plan = (db: Database.Database): unknown =>
      db.prepare('EXPLAIN QUERY PLAN SELECT id FROM deliveries WHERE id >= 5 AND id < 9').all();
    openDatabase(path).close();
    const other = new Database(path);
    const byHand = plan(other);
    other.exec(`INSERT INTO deliveries (id, source_id, received_at, method, remote_address, headers, query, bytes, body_hash,
        verdict, reason, alerts, body) VALUES (1, 'cm-demo77', 1, 'POST', '', '{}', '', 0, x'', 'opened', '', '[]', x'');
      ANALYZE`);
    other.close();
    for (let open = 1; open <= 2; open += 1) {
      const db = openDatabase(path);
      expect(plan(db), `open ${open}`).toEqual(byHand);
      expect(db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'").all()).toEqual([]);
      db.close();
    }
  });

  test('pages can be given back later without copying the whole file', () => {
    const db = openDatabase(path);
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
    db.close();
  });
});

test.skipIf(process.platform === 'win32')(
  'only its owner can read the store and its journal, whatever the mask',
  () => {
    const mask = process.umask(0);
    try {
      const db = openDatabase(path);
      db.exec("INSERT INTO settings (name, value) VALUES ('x', '1')");
      for (const file of [path, `${path}-wal`, `${path}-shm`]) {
        expect((statSync(file).mode & 0o777).toString(8), file).toBe('600');
      }
      db.close();
    } finally {
      process.umask(mask);
    }
  },
);

test('opening again changes nothing and keeps what is there', () => {
  const first = openDatabase(path);
  first.exec("INSERT INTO settings (name, value) VALUES ('theme', '\"dark\"')");
  const schema = first.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
  first.close();
  const second = openDatabase(path);
  expect(second.prepare('SELECT value FROM settings').pluck().get()).toBe('"dark"');
  expect(second.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()).toEqual(schema);
  second.close();
});

describe('what is not ours is refused and left as it is', () => {
  test('a store of a newer Tocsin', () => {
    const newer = openDatabase(path);
    newer.pragma('user_version = 99');
    newer.close();
    const before = readFileSync(path);
    const { code, message } = refusal();
    expect(code).toBe('store-newer');
    expect(message).toContain('newer Tocsin');
    expect(message).toContain('99');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each([0, 1, 7])('a database of another program that is at user_version %i', (version) => {
    const other = new Database(path);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.pragma(`user_version = ${version}`);
    other.close();
    const before = readFileSync(path);
    const { message } = refusal();
    expect(message).toContain('another program');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a file that is no database', () => {
    const garbage = Buffer.from('This was a shopping list. '.repeat(400));
    writeFileSync(path, garbage);
    const { code, message } = refusal();
    expect(code).toBe('store-damaged');
    expect(message).toContain(path);
    expect(readFileSync(path).equals(garbage)).toBe(true);
  });

  test('a store whose first page was torn', () => {
    openDatabase(path).close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 100, 4096);
    writeFileSync(path, bytes);
    expect(refusal().code).toBe('store-damaged');
  });
});

test('an empty file, as a full disk leaves it behind, becomes a store', () => {
  writeFileSync(path, '');
  chmodSync(path, 0o600);
  const db = openDatabase(path);
  expect(db.pragma('user_version', { simple: true })).toBeGreaterThan(0);
  db.close();
});

test('a full disk is trouble that can pass, a broken rule is not', () => {
  const db = openDatabase(path);
  db.pragma('max_page_count = 1');
  const fill = (): void =>
    void db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)').run('big', 'x'.repeat(1e6));
  expect(trouble(fill)).toBe(true);
  expect(trouble(() => void db.prepare("INSERT INTO meta (name, value) VALUES ('revision', 1)").run())).toBe(
    false,
  );
  expect(isStorageTrouble(new Error('SQLITE_FULL'))).toBe(false);
  db.close();
});

function trouble(work: () => void): boolean {
  try {
    work();
  } catch (error) {
    return isStorageTrouble(error);
  }
  throw new Error('It went well.');
}
