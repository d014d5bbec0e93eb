import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { takeEssentials } from '../../../main/database/essentials.ts';
import { openDatabase } from '../../../main/database/open-database.ts';
import { Shifts } from '../../../main/on-call/shifts.ts';
import { QuietUntil } from '../../../main/settings/quiet-until.ts';

test('whoever is on call, or asked for quiet, still is after the store was replaced', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-essentials-'));
  const old = openDatabase(path.join(folder, 'old.db'));
  new Shifts(old).begin(1000, 2000);
  new Shifts(old).end(2000);
  new Shifts(old).begin(3000, 9000);
  new QuietUntil(old).set(5000);
  old.close();
  const db = openDatabase(path.join(folder, 'new.db'));
  db.transaction(() => takeEssentials(db, folder, 'old.db', 4000))();
  expect(new Shifts(db).current).toEqual({ since: 3000, until: 9000 });
  expect(new Shifts(db).last).toEqual({ from: 1000, to: 2000 });
  expect(new QuietUntil(db).current).toBe(5000);
  db.close();
  rmSync(folder, { recursive: true });
});
