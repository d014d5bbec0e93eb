import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Retention } from '../../../main/alerts/retention.ts';
import { listBackups } from '../../../main/database/backups.ts';
import { Notices } from '../../../main/database/notices.ts';
import { readNumbers } from '../../../main/database/number-file.ts';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { createLog } from '../../../main/log.ts';
import { StoreCare } from '../../../main/store-care.ts';
import { filledAt, fillStore, leafPages, spoil } from '../../fakes/filled-store.ts';
import { until } from '../../fakes/until.ts';

// The size of the disk is not ours to change; only how much of it is said to be free.
const disk = vi.hoisted(() => ({ free: 1e12 }));
vi.mock('../../../main/data-folder.ts', async (original) => ({
  ...(await original<object>()),
  freeBytes: () => disk.free,
}));

const hour = 3_600_000;
let dataDir: string;
let db: Store;
let notices: Notices;
let care: StoreCare;
let now: number;
const damage: unknown[] = [];
const faults: unknown[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
  fillStore(dataDir, { resolved: 30, unresolved: 2 });
  disk.free = 1e12;
  damage.length = 0;
  faults.length = 0;
  now = filledAt;
});
afterEach(async () => {
  await care.stop();
  db.close();
  rmSync(dataDir, { recursive: true });
  if (faults.length > 0) throw new Error('Something went wrong.', { cause: faults[0] });
});

async function begin(isChecked = true): Promise<void> {
  db = openDatabase(join(dataDir, 'tocsin.db'));
  notices = new Notices(db);
  care = new StoreCare({
    dataDir,
    db,
    now: () => now,
    notices,
    retention: new Retention({ db, forgetWords: () => undefined }),
    isChecked,
    onDamage: (why) => void damage.push(why),
    onNews: () => undefined,
    onFault: (error) => void faults.push(error),
    log: createLog(() => undefined),
  });
  // Its first turn comes after a second; a backup waits for it.
  await until(() => readNumbers(dataDir).delivery === 32);
  await new Promise((resolve) => setTimeout(resolve, 50));
}

const codes = (): string[] => notices.list().map(({ news }) => news.code);

describe('a backup a day', () => {
  test('is made when it is due, and not again', async () => {
    await begin();
    await care.backUpWhenDue();
    expect(listBackups(dataDir)).toEqual([]);
    now += hour;
    await care.backUpWhenDue();
    await care.backUpWhenDue();
    expect(listBackups(dataDir)).toHaveLength(1);
    now += 24 * hour;
    await care.backUpWhenDue();
    expect(listBackups(dataDir)).toHaveLength(2);
    expect(codes()).toEqual([]);
  });

  test('without room it is skipped with a notice, tried again hours later, and the notice goes with the next one', async () => {
    await begin();
    disk.free = 1e6;
    now += hour;
    await care.backUpWhenDue();
    expect(codes()).toEqual(['backup-skipped']);
    disk.free = 1e12;
    await care.backUpWhenDue();
    expect(listBackups(dataDir)).toEqual([]);
    now += 7 * hour;
    await care.backUpWhenDue();
    expect(listBackups(dataDir)).toHaveLength(1);
    expect(codes()).toEqual([]);
  });

  test('one that fails says so and keeps those before it', async () => {
    await begin();
    writeFileSync(join(dataDir, 'backups'), 'a file where the folder belongs');
    now += hour;
    await care.backUpWhenDue();
    expect(codes()).toEqual(['backup-failed']);
    expect(damage).toEqual([]);
    rmSync(join(dataDir, 'backups'));
    mkdirSync(join(dataDir, 'backups'));
  });

  test('one that finds the store damaged says so', async () => {
    await begin();
    const pages = leafPages(db, 'deliveries');
    db.pragma('wal_checkpoint(TRUNCATE)');
    spoil(join(dataDir, 'tocsin.db'), (file) => file.scramblePage(pages[0] ?? 0));
    now += hour;
    await care.backUpWhenDue();
    expect(damage).toHaveLength(1);
    expect(listBackups(dataDir)).toEqual([]);
  });
});

test('a store that was too large to be checked at the start is checked right after it', async () => {
  await begin(false);
  await until(async () => (await care.storage()).lastCheck?.result === 'ok');
});

test('figures are counted once for everybody who asks within ten seconds', async () => {
  await begin();
  const [first, second] = await Promise.all([care.storage(), care.storage()]);
  expect(first).toMatchObject({
    deliveries: 32,
    alerts: { unresolved: 2, resolved: 30 },
    diskFreeBytes: 1e12,
  });
  expect(second.at).toBe(first.at);
  db.prepare('DELETE FROM deliveries WHERE id = 1').run();
  expect((await care.storage()).deliveries).toBe(32);
  now += 11_000;
  expect((await care.storage()).deliveries).toBe(31);
});
