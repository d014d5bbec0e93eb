import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openForReading } from '../../main/database/store-check.ts';
import { leafPages, type Spoiler, spoil } from '../fakes/filled-store.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { callback } from '../fakes/test-app.ts';

let folder: DataFolder;
let store: string;
beforeEach(() => {
  folder = new DataFolder();
  store = path.join(folder.path, 'tocsin.db');
});
afterEach(() => folder.remove());

const numberOf = (id: string): number => Number(id.slice(1));

async function post(url: string, name: string): Promise<number> {
  const answer = await fetch(url, callback({ name }));
  expect(answer.status).toBe(200);
  return numberOf(((await answer.json()) as { delivery: string }).delivery);
}

/** The same address on the port of this start. */
const addressOf = (app: HeadlessApp, url: string): string =>
  `${app.ready.webhookUrl}${new URL(url).pathname}`;

async function burst(url: string, names: readonly string[]): Promise<number> {
  let highest = 0;
  for (const name of names) highest = Math.max(highest, await post(url, name));
  return highest;
}

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

/** The leaves of the table of deliveries, and one page in the middle of the alerts' index. */
function middlePages(): number[] {
  const db = openForReading(store);
  const pages = [...leafPages(db, 'deliveries'), ...leafPages(db, 'alerts_by_key').slice(0, 1)];
  db.close();
  return pages;
}

type Ruin = [what: string, code: string, keepsAlerts: boolean, ruin: () => void];
const spoiled = (change: (file: Spoiler) => void): void => spoil(store, change);
const ruins: Ruin[] = [
  [
    'pages in the middle are zero',
    'store-salvaged',
    true,
    () => {
      const pages = middlePages();
      // What was only in the journal would heal them.
      spoiled((file) => {
        for (const page of pages) if (page <= file.pages) file.zeroPage(page);
      });
    },
  ],
  [
    'the header is garbage',
    'store-rebuilt',
    false,
    () => spoiled((file) => file.overwrite(0, Buffer.alloc(100, 7))),
  ],
  [
    'the file is cut to a page and a half',
    'store-',
    false,
    () => writeFileSync(store, readFileSync(store).subarray(0, 6000)),
  ],
  ['the file is gone', 'store-rebuilt', false, () => rmSync(store)],
];

describe('killed in the middle of work, and then the disk spoils the store', () => {
  test.each(ruins)(
    '%s: it hears at once, by the same address, and uses no id twice',
    async (_what, code, keepsAlerts, ruin) => {
      const first = await folder.start();
      const { localUrl } = await first.addSource();
      await burst(localUrl, names('early', 30));
      // A clean end puts everything into the file; what comes after it is in the journal.
      expect((await first.end('SIGTERM')).code).toBe(0);
      const second = await folder.start();
      const highest = await burst(addressOf(second, localUrl), names('late', 10));
      await new Promise((resolve) => setTimeout(resolve, 1200));
      await second.end('SIGKILL');
      for (const companion of ['-wal', '-shm']) rmSync(`${store}${companion}`, { force: true });
      ruin();

      const third = await folder.start();
      const { hearing, notices } = await third.call('health', {});
      expect(hearing.state).toBe('hearing');
      expect(notices[0]?.code).toContain(code);
      expect(notices[0]?.message).toMatch(/^The store .*\.$/);
      expect(third.stderr).toContain('news of the store');
      const aside = readdirSync(folder.path).filter((name) => name.startsWith('damaged-'));
      if (aside.length > 0) expect(notices[0]?.message).toContain(aside[0]);
      expect(await post(addressOf(third, localUrl), 'after')).toBeGreaterThan(highest);
      const open = (await third.call('listAlerts', { limit: 500 })).alerts;
      expect(open.some(({ labels }) => labels['alertName'] === 'after')).toBe(true);
      if (keepsAlerts) expect(open).toHaveLength(31);
      const alertNumbers = open.map(({ id }) => numberOf(id));
      expect(Math.max(...alertNumbers)).toBeGreaterThan(40);
    },
  );
});

test('only the journal is gone: what was in it is missed aloud, and no id is used twice', async () => {
  const first = await folder.start();
  const { localUrl } = await first.addSource();
  await burst(localUrl, names('early', 5));
  await first.end('SIGTERM');
  const second = await folder.start();
  const highest = await burst(addressOf(second, localUrl), names('late', 8));
  await new Promise((resolve) => setTimeout(resolve, 1200));
  await second.end('SIGKILL');
  rmSync(`${store}-wal`);
  rmSync(`${store}-shm`, { force: true });
  const third = await folder.start();
  const { notices } = await third.call('health', {});
  expect(notices).toMatchObject([{ code: 'store-older' }]);
  expect(notices[0]?.message).toContain('about 8 ');
  expect(await post(addressOf(third, localUrl), 'after')).toBeGreaterThan(highest);
  expect((await third.call('listAlerts', { limit: 500 })).alerts).toHaveLength(6);
});
