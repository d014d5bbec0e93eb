import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/database/open-database.ts';
import { QuietUntil } from '../../../main/settings/quiet-until.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

test('the quiet that somebody asked for outlives a restart, and so does its end', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tocsin-quiet-'));
  const db = openDatabase(path.join(folder, 'tocsin.db'));
  expect(new QuietUntil(db).current).toBeNull();
  new QuietUntil(db).set(1_900_000_000_000);
  expect(new QuietUntil(db).current).toBe(1_900_000_000_000);
  new QuietUntil(db).set(null);
  expect(new QuietUntil(db).current).toBeNull();
  db.close();
  rmSync(folder, { recursive: true });
});
