import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { SettingsStore } from '../../../main/settings/settings-store.ts';
import { defaultSettings } from '../../../shared/settings.ts';

let folder: string;
let db: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-settings-'));
  db = openDatabase(join(folder, 'tocsin.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const save = (name: string, value: string): void =>
  void db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value);

test('a fresh store has the defaults', () => {
  expect(new SettingsStore(db).current).toEqual(defaultSettings);
});

test('a change is kept, and only what was changed is written down', () => {
  const settings = new SettingsStore(db);
  expect(settings.update({ theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark' });
  expect(settings.current.theme).toBe('dark');
  expect(new SettingsStore(db).current).toEqual({ ...defaultSettings, theme: 'dark' });
  expect(db.prepare('SELECT name FROM settings').pluck().all()).toEqual(['theme']);
});

test('several changes are one change', () => {
  const changes = { theme: 'light', language: 'zh-CN', port: 0, forwardedHeader: 'x-real-ip' } as const;
  new SettingsStore(db).update(changes);
  expect(new SettingsStore(db).current).toEqual({ ...defaultSettings, ...changes });
});

test.each([
  ['a value this version does not know', 'theme', '"neon"'],
  ['a number out of range', 'port', '70000'],
  ['another type', 'port', '"9797"'],
  ['a setting of another version', 'loudness', '11'],
  ['something that is not JSON', 'theme', 'dark'],
  ['a name that every object has', '__proto__', '{"port": 1}'],
])('%s falls back to the default and takes nothing else with it', (_what, name, value) => {
  save('language', '"en"');
  save(name, value);
  expect(new SettingsStore(db).current).toEqual({ ...defaultSettings, language: 'en' });
});
