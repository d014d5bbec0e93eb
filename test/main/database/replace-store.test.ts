import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBackup } from '../../../main/database/backups.ts';
import { numbersIn, writeNumbers } from '../../../main/database/number-file.ts';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import {
  type AddressOnly,
  isReplacementUnfinished,
  replaceStore,
} from '../../../main/database/replace-store.ts';
import { Salvage } from '../../../main/database/salvage.ts';
import { judgeStore } from '../../../main/database/store-check.ts';
import type { StoreNews } from '../../../shared/notice.ts';
import {
  filledAt,
  fillStore,
  leafPages,
  rootPage,
  secretHashOf,
  type Spoiler,
  spoil,
} from '../../fakes/filled-store.ts';

const now = filledAt + 60_000;
const addresses: readonly AddressOnly[] = [
  { id: 'cm-demo77', kind: 'cloudmonitor', priorityMap: { WARN: 'medium' }, secretHash: secretHashOf('day') },
  { id: 'un-demo88', kind: 'universal', priorityMap: {}, secretHash: secretHashOf('night') },
];

let dataDir: string;
let path: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
  path = join(dataDir, 'tocsin.db');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Something read from the sound store. */
function look<Result>(read: (db: Store) => Result): Result {
  const db = openDatabase(path);
  try {
    return read(db);
  } finally {
    db.close();
  }
}

const pagesOf = (name: string): number[] => look((db) => leafPages(db, name));
const ids = (db: Store, sql: string): number[] => db.prepare<[], number>(sql).pluck().all();
const unresolvedIds = (db: Store): number[] =>
  ids(db, 'SELECT id FROM alerts WHERE place_rank < 3 ORDER BY id');
const sourcesIn = (db: Store): unknown[] =>
  db.prepare('SELECT id, name, team, secret_hash, removed_at FROM sources ORDER BY id').all();

function readBack(db: Store): Salvage {
  const salvage = new Salvage(db, dataDir);
  while (salvage.step());
  return salvage;
}

/** Spoils, replaces, reads everything back. */
function rescue(change: (file: Spoiler) => void): { news: StoreNews; folder: string; lost: number } {
  spoil(path, change);
  const news = replaceStore({ dataDir, now, addresses });
  const folder = readdirSync(dataDir).find((name) => name.startsWith('damaged-')) ?? '';
  const lost = look((db) => readBack(db).lost);
  return { news, folder, lost };
}

describe('a file that is damaged in one place', () => {
  beforeEach(() => fillStore(dataDir, { resolved: 400, unresolved: 25 }));

  const places: [string, string][] = [
    ['the alerts', 'alerts'],
    ['the deliveries', 'deliveries'],
    ['the timelines', 'timeline'],
    ['the problems', 'problems'],
    ['the messages applied', 'applied_events'],
    ['an index', 'alerts_in_screen_order'],
  ];
  test.each(places)('a page of %s: everything else is kept, and the old file lies aside', (_what, name) => {
    const sound = look((db) => ({
      sources: sourcesIn(db),
      alerts: ids(db, 'SELECT id FROM alerts'),
      deliveries: ids(db, 'SELECT id FROM deliveries'),
      timeline: ids(db, 'SELECT id FROM timeline'),
    }));
    const pages = pagesOf(name);
    const { news, folder } = rescue((file) => file.zeroPage(pages[Math.floor(pages.length / 2)] ?? 0));
    expect(news).toMatchObject({ code: 'store-salvaged', folder });
    expect(readdirSync(join(dataDir, folder))).toContain('tocsin.db');
    expect(judgeStore(path)).toMatchObject({ kind: 'sound' });
    look((db) => {
      expect(sourcesIn(db)).toEqual(sound.sources);
      expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(2);
      for (const table of ['alerts', 'deliveries', 'timeline'] as const) {
        const found = ids(db, `SELECT id FROM ${table}`);
        expect(
          found.filter((id) => !sound[table].includes(id)),
          table,
        ).toEqual([]);
        // One page holds at most some forty rows.
        const share = table === name ? 0.8 : 1;
        expect(found.length, table).toBeGreaterThanOrEqual(Math.floor(sound[table].length * share));
      }
    });
  });

  test('every unresolved alert is there at once, with its timeline and its problem', () => {
    const pages = pagesOf('deliveries');
    spoil(path, (file) => file.scramblePage(pages[3] ?? 0));
    const news = replaceStore({ dataDir, now, addresses });
    expect(news).toMatchObject({ code: 'store-salvaged', unresolved: 25, reading: true });
    look((db) => {
      expect(unresolvedIds(db)).toEqual(Array.from({ length: 25 }, (_, index) => 401 + index));
      expect(
        ids(db, 'SELECT count(*) FROM timeline JOIN alerts ON alerts.id = alert_id WHERE place_rank < 3'),
      ).toEqual([50]);
      expect(ids(db, 'SELECT count(*) FROM problems')).toEqual([425]);
    });
  });

  test('an unresolved alert on the destroyed page comes from the backup', async () => {
    await makeBackup(dataDir, now - 1000);
    const last = pagesOf('alerts').at(-1) ?? 0;
    const { news } = rescue((file) => file.zeroPage(last));
    expect(news).toMatchObject({ code: 'store-salvaged', lost: expect.any(Number) as number });
    expect(look(unresolvedIds)).toEqual(Array.from({ length: 25 }, (_, index) => 401 + index));
  });

  test('but not when its problem has a newer alert: of one problem one alert is open', async () => {
    await makeBackup(dataDir, now - 1000);
    look((db) => {
      const { key } = db.prepare('SELECT key FROM alerts WHERE id = 401').get() as { key: string };
      // As if the page it was on could not be read, after it had recovered and fired once more.
      db.exec(`CREATE TEMP TABLE again AS SELECT * FROM alerts WHERE id = 401;
        UPDATE again SET id = 426, episode = 2; INSERT INTO alerts SELECT * FROM again;
        DELETE FROM alerts WHERE id = 401`);
      db.prepare('UPDATE problems SET episodes = 2, last_alert = 426 WHERE key = ?').run(key);
    });
    const lines = pagesOf('timeline').at(-1) ?? 0;
    rescue((file) => file.zeroPage(lines));
    expect(look(unresolvedIds)).toEqual(Array.from({ length: 25 }, (_, index) => 402 + index));
  });

  test('the sources on the destroyed page keep their addresses', () => {
    const page = look((db) => rootPage(db, 'sources'));
    rescue((file) => file.zeroPage(page));
    expect(look(sourcesIn)).toMatchObject([
      { id: 'cm-demo77', name: 'cm-demo77', secret_hash: secretHashOf('day'), removed_at: null },
      { id: 'un-demo88', name: 'un-demo88', secret_hash: secretHashOf('night'), removed_at: null },
    ]);
    expect(look(unresolvedIds)).toHaveLength(25);
  });

  test('and their names, when there is a backup', async () => {
    await makeBackup(dataDir, now - 1000);
    const page = look((db) => rootPage(db, 'sources'));
    rescue((file) => file.zeroPage(page));
    expect(look(sourcesIn)).toMatchObject([{ name: 'Day shift' }, { name: 'Night shift' }]);
  });

  test('a file cut off in the middle', () => {
    const { news } = rescue((file) => file.cutAfterPage(Math.floor(file.pages / 2)));
    expect(news.code).toMatch(/^store-(salvaged|rebuilt)$/);
    expect(look(sourcesIn)).toHaveLength(2);
  });

  test('a table of which neither the beginning nor the end can be found comes to an end all the same', () => {
    const pages = look((db) => ['alerts', 'deliveries', 'sqlite_sequence'].map((name) => rootPage(db, name)));
    const { news } = rescue((file) => {
      for (const page of pages) file.zeroPage(page);
    });
    expect(news).toMatchObject({ code: 'store-salvaged', unresolved: 0 });
    expect(look((db) => ids(db, 'SELECT count(*) FROM timeline'))).toEqual([1250]);
  });

  test('a store of before schema 2 is read as well', () => {
    const old = new Database(path);
    old.exec(`ALTER TABLE deliveries DROP COLUMN bytes; ALTER TABLE deliveries DROP COLUMN body_removed;
      ALTER TABLE sources DROP COLUMN allow_list; PRAGMA user_version = 1`);
    old.close();
    const news = replaceStore({ dataDir, now, addresses });
    expect(news).toMatchObject({ code: 'store-salvaged', unresolved: 25 });
    look((db) => {
      readBack(db);
      expect(ids(db, 'SELECT count(*) FROM deliveries WHERE bytes = 300 AND length(body) = 300')).toEqual([
        425,
      ]);
    });
  });
});

describe('ids are never used twice', () => {
  test('after what the file says, with a gap', () => {
    fillStore(dataDir, { resolved: 30, unresolved: 2 });
    const pages = pagesOf('timeline');
    rescue((file) => file.zeroPage(pages[0] ?? 0));
    const numbers = look(numbersIn);
    expect(numbers.alert).toBeGreaterThan(32);
    expect(numbers.delivery).toBeGreaterThan(32);
    expect(numbers.revision).toBeGreaterThan(64);
    look((db) => {
      expect(
        Number(
          db
            .prepare(
              "INSERT INTO timeline (alert_id, at, kind, text, reason, last_at) VALUES (1, 1, 'noted', '', '', 1)",
            )
            .run().lastInsertRowid,
        ),
      ).toBeGreaterThan(94);
    });
  });

  test('after what was written down beside it, when the file says less', () => {
    fillStore(dataDir, { resolved: 3, unresolved: 2 });
    writeNumbers(dataDir, { alert: 70_000, delivery: 900_000, revision: 5_000_000 });
    rescue((file) => file.overwrite(0, Buffer.alloc(4096)));
    const numbers = look(numbersIn);
    expect(numbers.alert).toBeGreaterThan(70_000);
    expect(numbers.delivery).toBeGreaterThan(900_000);
    expect(numbers.revision).toBeGreaterThan(5_000_000);
  });
});

describe('a file that cannot be read at all', () => {
  beforeEach(() => fillStore(dataDir, { resolved: 40, unresolved: 5 }));
  const spoilHeader = (file: Spoiler): void => file.overwrite(0, Buffer.from('not a database at all'));

  test('the newest backup takes its place', async () => {
    await makeBackup(dataDir, now - 7000);
    const { news } = rescue(spoilHeader);
    expect(news).toMatchObject({ code: 'store-restored', backupAt: now - 7000, unresolved: 5 });
    look((db) => {
      expect(sourcesIn(db)).toMatchObject([{ name: 'Day shift' }, { name: 'Night shift' }]);
      expect(ids(db, 'SELECT count(*) FROM deliveries')).toEqual([45]);
    });
  });

  test('a backup that cannot be read either is passed over', async () => {
    const older = await makeBackup(dataDir, now - 9000);
    const newer = await makeBackup(dataDir, now - 7000);
    spoil(join(dataDir, 'backups', newer), spoilHeader);
    const { news } = rescue(spoilHeader);
    expect(older).not.toBe(newer);
    expect(news).toMatchObject({ code: 'store-restored', backupAt: now - 9000 });
  });

  test('a source that was removed after the backup does not come back', async () => {
    await makeBackup(dataDir, now - 7000);
    spoil(path, spoilHeader);
    replaceStore({ dataDir, now, addresses: addresses.slice(0, 1) });
    expect(look(sourcesIn)).toMatchObject([
      { id: 'cm-demo77', removed_at: null },
      { id: 'un-demo88', removed_at: now },
    ]);
  });

  test('without a backup the addresses are left', () => {
    const { news, folder } = rescue(spoilHeader);
    expect(news).toEqual({ code: 'store-rebuilt', folder, sources: 2 });
    look((db) => {
      expect(sourcesIn(db)).toMatchObject([
        { id: 'cm-demo77', secret_hash: secretHashOf('day') },
        { id: 'un-demo88', secret_hash: secretHashOf('night') },
      ]);
      expect(ids(db, 'SELECT count(*) FROM alerts')).toEqual([0]);
    });
  });
});

describe('all three files are moved and none is deleted', () => {
  test('with the journal of a killed process', () => {
    fillStore(dataDir, { resolved: 3, unresolved: 2 });
    for (const companion of ['-wal', '-shm']) writeFileSync(`${path}${companion}`, 'journal');
    spoil(path, (file) => file.overwrite(0, Buffer.from('garbage')));
    replaceStore({ dataDir, now, addresses });
    const folder = readdirSync(dataDir).find((name) => name.startsWith('damaged-')) ?? '';
    expect(readdirSync(join(dataDir, folder)).toSorted()).toEqual([
      'tocsin.db',
      'tocsin.db-shm',
      'tocsin.db-wal',
    ]);
    expect((statSync(join(dataDir, folder)).mode & 0o777).toString(8)).toBe('700');
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });
});

describe('killed in the middle of it, the next start goes on', () => {
  beforeEach(() => {
    fillStore(dataDir, { resolved: 20, unresolved: 4 });
    replaceStore({ dataDir, now, addresses });
  });

  test('after the old file had gone and before the new one was there', () => {
    const folder = readdirSync(dataDir).find((name) => name.startsWith('damaged-')) ?? '';
    rmSync(path);
    writeFileSync(join(dataDir, folder, 'unfinished'), '');
    writeFileSync(`${path}.new`, 'half of it');
    expect(isReplacementUnfinished(dataDir)).toBe(true);
    const news = replaceStore({ dataDir, now: now + 1, addresses });
    expect(news).toMatchObject({ code: 'store-salvaged', folder, unresolved: 4 });
    expect(isReplacementUnfinished(dataDir)).toBe(false);
  });

  test('after the new one was there: nothing is left to do', () => {
    const folder = readdirSync(dataDir).find((name) => name.startsWith('damaged-')) ?? '';
    writeFileSync(join(dataDir, folder, 'unfinished'), '');
    expect(isReplacementUnfinished(dataDir)).toBe(false);
    expect(existsSync(join(dataDir, folder, 'unfinished'))).toBe(false);
  });

  test('while the rest was being read back: every row comes, none comes twice', () => {
    for (let step = 0; step < 200; step += 1) {
      const more = look((db) => {
        const salvage = new Salvage(db, dataDir);
        const did = salvage.step();
        salvage.close();
        return did;
      });
      if (!more) break;
    }
    look((db) => {
      expect(ids(db, 'SELECT count(*) FROM alerts')).toEqual([24]);
      expect(ids(db, 'SELECT count(*) FROM deliveries')).toEqual([24]);
      expect(ids(db, 'SELECT count(*) FROM timeline')).toEqual([68]);
      expect(ids(db, 'SELECT count(*) FROM applied_events')).toEqual([24]);
    });
  });
});

test('a store that is damaged while the one before it is being read back: both are read back', () => {
  fillStore(dataDir, { resolved: 20, unresolved: 4 });
  replaceStore({ dataDir, now, addresses });
  replaceStore({ dataDir, now: now + 1, addresses });
  look((db) => {
    readBack(db);
    expect(ids(db, 'SELECT count(*) FROM alerts')).toEqual([24]);
    expect(ids(db, 'SELECT count(*) FROM deliveries')).toEqual([24]);
    expect(ids(db, 'SELECT count(*) FROM timeline')).toEqual([68]);
    expect(ids(db, 'SELECT count(*) FROM applied_events')).toEqual([24]);
  });
});

test('an alert that was resolved since does not come back as unresolved', () => {
  fillStore(dataDir, { resolved: 5, unresolved: 3 });
  replaceStore({ dataDir, now, addresses });
  look((db) => {
    db.prepare(
      "UPDATE alerts SET state = 'resolved', place_rank = 3, resolved_at = ?, resolved_by = 'recovery' WHERE id = 7",
    ).run(now);
    readBack(db);
    expect(unresolvedIds(db)).toEqual([6, 8]);
  });
});

describe('the ledger of gaps', () => {
  const keep = (db: Store): void => {
    db.exec(`INSERT INTO meta (name, value) VALUES ('ledger_since', 1000);
      INSERT INTO gaps (started_at, ended_at, cause, later) VALUES (2000, 3000, 'asleep', '[{"at":2500,"cause":"no-network"}]'),
        (4000, NULL, 'tunnel-down', '[]')`);
  };
  const ledger = (db: Store): unknown => ({
    since: db.prepare("SELECT value FROM meta WHERE name = 'ledger_since'").pluck().get(),
    gaps: db.prepare('SELECT started_at, ended_at, cause FROM gaps ORDER BY id').raw().all(),
  });
  beforeEach(() => {
    fillStore(dataDir, { resolved: 40, unresolved: 5 });
    look(keep);
  });

  test('goes over into the store that takes the place of a damaged one', () => {
    const page = pagesOf('alerts')[1] ?? 0;
    rescue((file) => file.zeroPage(page));
    expect(look(ledger)).toEqual({
      since: 1000,
      gaps: [
        [2000, 3000, 'asleep'],
        [4000, null, 'tunnel-down'],
      ],
    });
  });

  test('begins anew where a piece of it is lost, because what is missing would seem covered', () => {
    const page = look((db) => rootPage(db, 'gaps'));
    rescue((file) => file.zeroPage(page));
    expect(look(ledger)).toEqual({ since: undefined, gaps: [] });
  });
});
