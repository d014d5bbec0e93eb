import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  backUpBeforeSchema,
  type BackupTimes,
  isBackupDue,
  listBackups,
  makeBackup,
} from '../../../main/database/backups.ts';
import { openDatabase } from '../../../main/database/open-database.ts';
import { checkStore } from '../../../main/database/store-check.ts';
import { StoreJobFailure, StoreJobs } from '../../../main/database/store-jobs.ts';
import { filledAt, fillStore, leafPages, spoil } from '../../fakes/filled-store.ts';

const hour = 3_600_000;
const day = 24 * hour;
let dataDir: string;
let path: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
  path = join(dataDir, 'tocsin.db');
});
afterEach(() => rmSync(dataDir, { recursive: true }));

describe('a backup', () => {
  beforeEach(() => fillStore(dataDir, { resolved: 20, unresolved: 3 }));

  test('is one sound file that only its owner can read', async () => {
    const name = await makeBackup(dataDir, filledAt);
    const file = join(dataDir, 'backups', name);
    expect(readdirSync(join(dataDir, 'backups'))).toEqual([name]);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(join(dataDir, 'backups')).mode & 0o777).toString(8)).toBe('700');
    expect(checkStore(file)).toEqual({ result: 'ok' });
    expect(listBackups(dataDir)).toMatchObject([{ name, at: filledAt, kind: 'daily' }]);
    const copy = new Database(file, { readonly: true });
    expect(copy.prepare('SELECT count(*) FROM deliveries').pluck().get()).toBe(23);
    copy.close();
  });

  test('is of one moment, however much is written meanwhile', async () => {
    const db = openDatabase(path);
    const write = (): void =>
      void db
        .prepare("INSERT OR REPLACE INTO settings (name, value) VALUES (?, '1')")
        .run(`x${Math.random()}`);
    const making = makeBackup(dataDir, filledAt);
    const writing = setInterval(write, 0);
    const name = await making;
    clearInterval(writing);
    db.close();
    const copy = new Database(join(dataDir, 'backups', name), { readonly: true });
    expect(copy.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(2);
    copy.close();
  });

  test('takes the place of the oldest: three are kept, and those from before a change of the schema apart', async () => {
    backUpBeforeSchema(dataDir, 2, filledAt - day);
    for (let index = 0; index < 5; index += 1) await makeBackup(dataDir, filledAt + index * day);
    expect(listBackups(dataDir).map(({ at, kind }) => [kind, (at - filledAt) / day])).toEqual([
      ['daily', 4],
      ['daily', 3],
      ['daily', 2],
      ['before-schema', -1],
    ]);
  });

  test('of a damaged store is none: nothing is kept that was not whole', async () => {
    const db = openDatabase(path);
    const [page] = leafPages(db, 'deliveries').slice(-1);
    db.close();
    spoil(path, (file) => file.scramblePage(page ?? 0));
    await expect(makeBackup(dataDir, filledAt)).rejects.toThrow(/\S/);
    expect(readdirSync(join(dataDir, 'backups'))).toEqual([]);
  });

  test('that was cut off by a kill is cleared away by the next one', async () => {
    mkdirSync(join(dataDir, 'backups'));
    writeFileSync(join(dataDir, 'backups', 'tocsin-2026-01-01T00-00-00.000Z.db.part'), 'half');
    expect(listBackups(dataDir)).toEqual([]);
    const name = await makeBackup(dataDir, filledAt);
    expect(readdirSync(join(dataDir, 'backups'))).toEqual([name]);
  });
});

test('before a change of the schema the store is copied with all that was only in its journal', () => {
  fillStore(dataDir, { resolved: 2, unresolved: 1 });
  const db = openDatabase(path);
  db.exec("INSERT INTO settings (name, value) VALUES ('port', '9000')");
  const name = backUpBeforeSchema(dataDir, 3, filledAt);
  db.close();
  expect(name).toMatch(/^before-schema-3-2026-04-20T/);
  const copy = new Database(join(dataDir, 'backups', name), { readonly: true });
  expect(copy.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(3);
  copy.close();
});

describe('is due', () => {
  const now = filledAt;
  const long: BackupTimes = { startedAt: now - day, newestAt: null, failedAt: null };
  const cases: [string, BackupTimes, boolean][] = [
    ['when there is none', long, true],
    ['not in the first minutes', { ...long, startedAt: now - 60_000 }, false],
    ['not while the newest is younger than a day', { ...long, newestAt: now - 23 * hour }, false],
    ['a day after the newest', { ...long, newestAt: now - 25 * hour }, true],
    ['not right after one that failed', { ...long, failedAt: now - hour }, false],
    ['some hours after one that failed', { ...long, failedAt: now - 7 * hour }, true],
    ['when the newest is from a clock that was ahead', { ...long, newestAt: now + 40 * day }, true],
  ];
  test.each(cases)('%s', (_when, times, due) => expect(isBackupDue(times, now)).toBe(due));
});

describe('in a thread of its own', () => {
  const jobs = new StoreJobs();

  test('a backup is made, the store is checked and measured', async () => {
    fillStore(dataDir, { resolved: 6, unresolved: 2, bodyBytes: 100 });
    await expect(jobs.run({ kind: 'check', dataDir })).resolves.toEqual({ result: 'ok' });
    const name = await jobs.run({ kind: 'backup', dataDir, at: filledAt });
    expect(listBackups(dataDir)).toMatchObject([{ name }]);
    await expect(jobs.run({ kind: 'measure', dataDir })).resolves.toMatchObject({
      databaseBytes: statSync(path).size,
      deliveries: 8,
      bodies: { count: 8, bytes: 800, oldestAt: filledAt - 7 * 60_000 },
      alerts: { unresolved: 2, resolved: 6 },
    });
  });

  test('damage is told from a missing disk', async () => {
    writeFileSync(path, 'garbage '.repeat(1000));
    await expect(jobs.run({ kind: 'check', dataDir })).resolves.toMatchObject({ result: 'damaged' });
    await expect(jobs.run({ kind: 'measure', dataDir })).rejects.toMatchObject({ trouble: 'damaged' });
    rmSync(path);
    await expect(jobs.run({ kind: 'measure', dataDir })).rejects.toMatchObject({ trouble: 'storage' });
  });

  test('what is stopped says so', async () => {
    fillStore(dataDir, { resolved: 400, unresolved: 2, bodyBytes: 20_000 });
    const stopped = jobs.run({ kind: 'backup', dataDir, at: filledAt }).catch((error: unknown) => error);
    await jobs.stop();
    const outcome = await stopped;
    expect(outcome).toBeInstanceOf(StoreJobFailure);
    expect(outcome).toMatchObject({ trouble: 'stopped' });
    expect(listBackups(dataDir)).toEqual([]);
  });
});
