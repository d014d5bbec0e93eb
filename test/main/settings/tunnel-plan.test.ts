import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { SettingsStore } from '../../../main/settings/settings-store.ts';
import { TunnelPlanStore } from '../../../main/settings/tunnel-plan.ts';
import { defaultSettings } from '../../../shared/settings.ts';

let folder: string;
let db: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-plan-'));
  db = openDatabase(join(folder, 'tocsin.db'));
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const plan = { kind: 'ngrok', domain: 'pager.ngrok-free.app' } as const;

test('a fresh store has no way in and knows no address', () => {
  const store = new TunnelPlanStore(db);
  expect([store.plan, store.formerUrls]).toEqual([{ kind: 'none' }, []]);
});

test('a plan is kept, and no setting is disturbed by it', () => {
  new TunnelPlanStore(db).setPlan(plan);
  expect(new TunnelPlanStore(db).plan).toEqual(plan);
  expect(new SettingsStore(db).current).toEqual(defaultSettings);
});

test.each(['', 'null', '{"kind":"ngrok"}', '{"kind":"ssh","host":"-oProxyCommand=x"}'])(
  'a row that is no plan (%s) is none',
  (value) => {
    db.prepare("INSERT INTO settings (name, value) VALUES ('tunnelPlan', ?)").run(value);
    db.prepare("INSERT INTO settings (name, value) VALUES ('tunnelAddresses', ?)").run(value);
    const store = new TunnelPlanStore(db);
    expect([store.plan, store.formerUrls]).toEqual([{ kind: 'none' }, []]);
  },
);

test('an address that comes back is no former one any more, and none is listed twice', () => {
  const store = new TunnelPlanStore(db);
  const urls = (): string[] => store.formerUrls.map(({ url }) => url);
  for (const [at, url] of ['https://a', 'https://b', 'https://a', 'https://c', 'https://a'].entries()) {
    store.noteUrl(url, at);
    store.noteProven();
  }
  expect(urls()).toEqual(['https://c', 'https://b']);
  expect(new TunnelPlanStore(db).formerUrls).toEqual(store.formerUrls);
});

test('an address that never led here was a typing error, and nobody has to be told that it changed', () => {
  const store = new TunnelPlanStore(db);
  store.noteUrl('https://alrets.example.test', 1);
  store.noteUrl('https://alerts.example.test', 2);
  expect(store.formerUrls).toEqual([]);
  store.noteProven();
  new TunnelPlanStore(db).noteUrl('https://pager.example.test', 3);
  expect(new TunnelPlanStore(db).formerUrls).toEqual([{ url: 'https://alerts.example.test', until: 3 }]);
});

test('an address that changes over and over leaves the newest ten', () => {
  const store = new TunnelPlanStore(db);
  for (let at = 0; at < 30; at += 1) {
    store.noteUrl(`https://n${at}.example.test`, at);
    store.noteProven();
  }
  expect(store.formerUrls).toHaveLength(10);
  expect(store.formerUrls[0]).toEqual({ url: 'https://n28.example.test', until: 29 });
  store.forgetFormerUrls();
  expect(new TunnelPlanStore(db).formerUrls).toEqual([]);
});
