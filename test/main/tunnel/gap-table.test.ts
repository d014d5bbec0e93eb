import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { GapTable } from '../../../main/tunnel/gap-table.ts';
import type { Gap } from '../../../shared/coverage.ts';

let folder: string;
let db: Store;
let faults: unknown[];
let table: GapTable;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-gaps-'));
  db = openDatabase(path.join(folder, 'tocsin.db'));
  faults = [];
  table = newTable();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const newTable = (): GapTable => new GapTable(db, (error) => faults.push(error));
const gap = (id: number, startedAt: number, endedAt: number | null, later: Gap['later'] = []): Gap => ({
  id,
  startedAt,
  endedAt,
  cause: 'asleep',
  later,
});
/** A disk that takes nothing more, and one that does again. */
const fill = (): void => void db.pragma('query_only = 1');
const empty = (): void => void db.pragma('query_only = 0');

test('a gap is in the store from its beginning, so that a crash keeps it', () => {
  table.since = 500;
  table.save(gap(table.nextId, 1000, null));
  table.save(gap(1, 1000, null, [{ at: 1500, cause: 'no-network' }]));
  const after = newTable();
  expect(after.since).toBe(500);
  expect(after.endingAfter(0)).toEqual([gap(1, 1000, null, [{ at: 1500, cause: 'no-network' }])]);
  after.save(gap(1, 1000, 2000));
  expect(after.nextId).toBe(2);
  expect(newTable().endingAfter(0)).toEqual([gap(1, 1000, 2000)]);
});

test('answers with those that end later or have not ended, oldest first', () => {
  for (const one of [gap(1, 10, 20), gap(2, 30, 40), gap(3, 50, null)]) table.save(one);
  expect(table.endingAfter(20).map(({ id }) => id)).toEqual([2, 3]);
  expect(table.endingAfter(0).map(({ id }) => id)).toEqual([1, 2, 3]);
  expect([table.lastEndUpTo(19), table.lastEndUpTo(39), table.lastEndUpTo(99)]).toEqual([null, 20, 40]);
});

test('a store that takes nothing loses none: they are known meanwhile and written later', () => {
  table.since = 500;
  table.save(gap(1, 1000, null));
  fill();
  table.save(gap(1, 1000, 2000));
  table.save(gap(table.nextId, 3000, 4000));
  expect(faults.length).toBeGreaterThan(0);
  expect(table.nextId).toBe(3);
  expect(table.endingAfter(0)).toEqual([gap(1, 1000, 2000), gap(2, 3000, 4000)]);
  expect(table.lastEndUpTo(5000)).toBe(4000);
  expect(newTable().endingAfter(0)).toEqual([gap(1, 1000, null)]);
  table.catchUp(10_000);
  empty();
  table.catchUp(12_000);
  expect(newTable().endingAfter(0)).toEqual([gap(1, 1000, null)]);
  table.catchUp(15_000);
  expect(newTable().endingAfter(0)).toEqual([gap(1, 1000, 2000), gap(2, 3000, 4000)]);
});

test('the beginning of the ledger waits as well', () => {
  fill();
  table.since = 500;
  expect(table.since).toBe(500);
  expect(newTable().since).toBeNull();
  empty();
  table.catchUp(1);
  expect(newTable().since).toBe(500);
});

test("what would be lost with somebody else's transaction is written after it", () => {
  const roll = db.transaction(() => {
    table.save(gap(1, 1000, 2000));
    throw new Error('rolled back');
  });
  expect(() => roll.immediate()).toThrow('rolled back');
  table.catchUp(1);
  expect(newTable().endingAfter(0)).toEqual([gap(1, 1000, 2000)]);
  expect(faults).toEqual([]);
});

test('an id is not used twice, also after the newest gap was removed', () => {
  table.save(gap(1, 10, 20));
  table.removeBefore(1000);
  expect(newTable().nextId).toBe(2);
});

test('findings that cannot be read are left out, the gap stays', () => {
  table.save(gap(1, 10, 20));
  db.exec(`UPDATE gaps SET later = '[{"at":"x"'`);
  expect(table.endingAfter(0)).toEqual([gap(1, 10, 20)]);
});
