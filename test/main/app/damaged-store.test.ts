import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../../../main/database/migrations.ts';
import { openDatabase } from '../../../main/database/open-database.ts';
import { openForReading } from '../../../main/database/store-check.ts';
import type { Push } from '../../../shared/bridge.ts';
import { fakeDesktop } from '../../fakes/fake-desktop.ts';
import { fillStore, leafPages, spoil } from '../../fakes/filled-store.ts';
import { RecordingPresenter } from '../../fakes/recording-presenter.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

let dataDir: string;
let path: string;
let app: TestApp;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
  path = join(dataDir, 'tocsin.db');
});
afterEach(async () => {
  await app.app.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const codes = async (): Promise<string[]> => (await app.call('health', {})).notices.map(({ code }) => code);
const post = async (url: string, name: string): Promise<string> => {
  const answer = await fetch(url, callback({ name }));
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { delivery: string }).delivery;
};

describe('a store that is damaged at the start', () => {
  beforeEach(async () => {
    app = await TestApp.start({ dataDir });
  });

  test('is replaced: addresses, settings and unresolved alerts stay, new ids are new, and it says so until it is read', async () => {
    const { localUrl, id } = await app.addSource('Night shift');
    await app.call('updateSettings', { changes: { theme: 'dark' } });
    const before = [await post(localUrl, 'cpu'), await post(localUrl, 'disk')];
    await app.app.stop();
    const db = openForReading(path);
    const pages = [...leafPages(db, 'deliveries'), ...leafPages(db, 'alerts_by_key')];
    db.close();
    spoil(path, (file) => {
      for (const page of pages) file.zeroPage(page);
    });
    await app.start();

    const { hearing, notices } = await app.call('health', {});
    expect(hearing.state).toBe('hearing');
    expect(notices).toMatchObject([{ code: 'store-salvaged' }]);
    const [folder] = readdirSync(dataDir).filter((name) => name.startsWith('damaged-'));
    expect(notices[0]?.message).toMatch(/^The store was damaged .* 2 unresolved alerts were kept.*\.$/);
    expect(notices[0]?.message).toContain(folder);
    expect(app.log.join('')).toContain('store-salvaged');
    expect(
      (await app.call('listAlerts', {})).alerts.map(({ labels }) => labels['alertName'] ?? '').toSorted(),
    ).toEqual(['cpu', 'disk']);
    expect((await app.call('getSettings', {})).theme).toBe('dark');
    const address = await app.call('sourceAddress', { id });
    expect(address).toMatchObject({ name: 'Night shift' });
    expect(new URL(address.localUrl).pathname).toBe(new URL(localUrl).pathname);
    const after = await post(address.localUrl, 'memory');
    expect(Number(after.slice(1))).toBeGreaterThan(Math.max(...before.map((one) => Number(one.slice(1)))));

    await app.restart();
    expect(await codes()).toEqual(['store-salvaged']);
    await app.call('dismissNotice', { code: 'store-salvaged' });
    expect(await codes()).toEqual([]);
    await app.restart();
    expect(await codes()).toEqual([]);
  });

  test.each([
    ['no database at all', () => writeFileSync(path, 'garbage '.repeat(1000))],
    ['empty', () => writeFileSync(path, '')],
    ['gone', () => rmSync(path)],
  ])('%s and without a backup: the addresses work again', async (_what, destroy) => {
    const { localUrl } = await app.addSource();
    const before = await post(localUrl, 'cpu');
    await app.app.stop();
    destroy();
    await app.start();
    expect(await codes()).toEqual(['store-rebuilt']);
    const [source] = await app.call('listSources', {});
    const address = await app.call('sourceAddress', { id: source?.id ?? '' });
    expect(new URL(address.localUrl).pathname).toBe(new URL(localUrl).pathname);
    const after = await post(address.localUrl, 'disk');
    expect(Number(after.slice(1))).toBeGreaterThan(Number(before.slice(1)));
    expect((await app.call('health', {})).hearing.state).toBe('hearing');
  });

  test('a fresh folder is not a lost store', async () => {
    expect(await codes()).toEqual([]);
  });

  test('one that was put back from an older copy says how much is missing and uses no id twice', async () => {
    const { localUrl } = await app.addSource();
    await post(localUrl, 'cpu');
    await app.app.stop();
    const older = openDatabase(path);
    older.exec(`VACUUM INTO '${join(dataDir, 'older.db')}'`);
    older.close();
    await app.start();
    const [source] = await app.call('listSources', {});
    const address = await app.call('sourceAddress', { id: source?.id ?? '' });
    const second = await post(address.localUrl, 'disk');
    await app.app.stop();
    rmSync(path);
    const copy = openForReading(join(dataDir, 'older.db'));
    copy.exec(`VACUUM INTO '${path}'`);
    copy.close();
    await app.start();
    expect(await codes()).toEqual(['store-older']);
    const again = await app.call('sourceAddress', { id: source?.id ?? '' });
    expect(Number((await post(again.localUrl, 'memory')).slice(1))).toBeGreaterThan(Number(second.slice(1)));
  });
});

describe('a store that becomes damaged while the app runs', () => {
  const pushed: Push[] = [];
  let presenter: RecordingPresenter;
  beforeEach(async () => {
    presenter = new RecordingPresenter();
    pushed.length = 0;
    fillStore(dataDir, { resolved: 60, unresolved: 3, bodyBytes: 20_000 });
    app = await TestApp.start({
      dataDir,
      desktop: fakeDesktop({ presenter, push: (push) => void pushed.push(push) }),
    });
  });

  /** The app has not read these yet, so it finds out when it is asked for one. */
  const spoilDeliveries = (): void => {
    const db = openForReading(path);
    const pages = leafPages(db, 'deliveries');
    db.close();
    spoil(path, (file) => {
      for (const page of pages) file.zeroPage(page);
    });
  };

  test('is replaced in the same process, on the same port, and the window is told to look again', async () => {
    const { localUrl } = await app.addSource();
    await post(localUrl, 'cpu');
    await until(() => presenter.up.size === 1);
    const { webhookUrl } = app.app;
    spoilDeliveries();
    await expect(app.call('getDelivery', { id: 'D5' })).rejects.toThrow('store-damaged');
    await until(() => pushed.some(({ type }) => type === 'reload'));
    expect(app.app.webhookUrl).toBe(webhookUrl);
    expect(await codes()).toEqual(['store-salvaged']);
    expect((await app.call('listAlerts', {})).alerts).toHaveLength(4);
    await post(localUrl, 'disk');
    // The toast that was up was taken over: it gave way to the one summary of what is open.
    expect(presenter.asked).not.toContain('stop');
    await until(() => presenter.up.has('summary'));
    expect(presenter.asked.filter((asked) => asked.startsWith('close'))).toHaveLength(1);
  });

  test('everything that can be read is read back in the background, and then it says so', async () => {
    spoilDeliveries();
    await app.call('getDelivery', { id: 'D5' }).catch(() => undefined);
    await until(() => pushed.some(({ type }) => type === 'reload'));
    // The settings came along, and with them the language.
    await until(
      async () => (await app.call('health', {})).notices[0]?.message.includes('但有 63 处无法读取'),
      15_000,
    );
    const page = await app.call('listAlerts', { states: ['resolved'], limit: 500 });
    expect(page.alerts).toHaveLength(60);
  });

  test('the new store stays when the app cannot go on at once: it is not put aside in its turn', async () => {
    const { controlSocket } = app.app;
    spoilDeliveries();
    // Something that is not ours stands where the socket belongs.
    rmSync(controlSocket);
    mkdirSync(join(controlSocket, 'full'), { recursive: true });
    await expect(app.app.handlers.getDelivery({ id: 'D5' })).rejects.toThrow('damaged');
    await until(() => app.log.some((line) => line.includes(' yet')), 5000);
    rmSync(controlSocket, { recursive: true });
    await until(() => pushed.some(({ type }) => type === 'reload'), 10_000);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('damaged-'))).toHaveLength(1);
    expect((await app.call('listAlerts', {})).alerts).toHaveLength(3);
  }, 20_000);

  test('a second time within ten minutes it stays as it is and says deaf', async () => {
    spoilDeliveries();
    await app.call('getDelivery', { id: 'D5' }).catch(() => undefined);
    await until(() => pushed.some(({ type }) => type === 'reload'));
    const { localUrl } = await app.addSource();
    for (let index = 0; index < 3; index += 1) await post(localUrl, `cpu-${index}`);
    await app.call('getStorage', {});
    const db = openDatabase(path);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    spoil(path, (file) => {
      for (let page = 2; page <= file.pages; page += 1) file.zeroPage(page);
    });
    for (let index = 0; index < 40; index += 1)
      await app.call('getDelivery', { id: `D${index + 1}` }).catch(() => undefined);
    await until(async () => {
      const { hearing } = await app.call('health', {});
      return hearing.causes.some(({ code }) => code === 'store-damaged');
    });
    expect((await app.call('health', {})).hearing.state).toBe('deaf');
  });
});

test('a large store is not checked before it hears; damage that the check finds then has it replaced', async () => {
  // 35 MB: too large for a look at the start.
  fillStore(dataDir, { resolved: 340, unresolved: 2, bodyBytes: 100_000 });
  const db = openForReading(path);
  const pages = leafPages(db, 'timeline');
  db.close();
  spoil(path, (file) => file.scramblePage(pages[1] ?? 0));
  app = await TestApp.start({ dataDir });
  await until(async () => (await codes().catch((): string[] => [])).includes('store-salvaged'), 15_000);
  expect((await app.call('listAlerts', {})).alerts).toHaveLength(2);
});

test('damage that shows while the app is still starting has the store replaced as well', async () => {
  fillStore(dataDir, { resolved: 340, unresolved: 2, bodyBytes: 100_000 });
  const db = openDatabase(path);
  // A test alert that a crash left open is closed at the start, which writes into the timeline.
  db.exec(`UPDATE alerts SET state = 'acknowledged', place_rank = 1 WHERE place_rank = 0;
    UPDATE alerts SET description = json_set(description, '$.title', 'Tocsin test abc') WHERE id = 342`);
  const pages = leafPages(db, 'timeline');
  db.close();
  spoil(path, (file) => file.zeroPage(pages.at(-1) ?? 0));
  app = await TestApp.start({ dataDir });
  await until(async () => (await codes().catch((): string[] => [])).includes('store-salvaged'), 5000);
  expect((await app.call('listAlerts', {})).alerts.map(({ id }) => id)).toEqual(['A341']);
});

test('a store of an older schema is copied before it is changed, and everything in it is there afterwards', async () => {
  const [first] = migrations;
  const old = new Database(path);
  old.pragma('journal_mode = WAL');
  old.exec(`${first} PRAGMA user_version = 1; PRAGMA application_id = 1414480723;
    INSERT INTO settings (name, value) VALUES ('theme', '"dark"')`);
  old.close();
  app = await TestApp.start({ dataDir });
  expect((await app.call('getSettings', {})).theme).toBe('dark');
  const { backups } = await app.call('getStorage', {});
  expect(backups).toMatchObject([
    { kind: 'before-schema', name: expect.stringMatching(/^before-schema-3-/) as string },
  ]);
  const copy = new Database(join(dataDir, 'backups', backups[0]?.name ?? ''), { readonly: true });
  expect(copy.pragma('user_version', { simple: true })).toBe(1);
  expect(copy.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(1);
  copy.close();
  await app.restart();
  expect((await app.call('getStorage', {})).backups).toHaveLength(1);
});
