// What went wrong before the start, or goes wrong beside it, must not keep the app from hearing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeDesktop } from '../../fakes/fake-desktop.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'toc-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const hearing = async (app: TestApp): Promise<string> => (await app.call('health', {})).hearing.state;
const reopenAll = "UPDATE alerts SET state = 'open', place_rank = 0, resolved_at = NULL, resolved_by = NULL";

test('a test alert that a crash left open, in a store that takes nothing right now', async () => {
  let other: Database.Database | null = null;
  // Asked for on the way, when the store is open.
  const onWake = (): void => {
    if (other?.inTransaction === false) other.exec('BEGIN IMMEDIATE');
  };
  const app = await TestApp.start({ dataDir, desktop: fakeDesktop({ onWake }) });
  await app.call('sendTestAlert', {});
  await app.app.stop();
  other = new Database(join(dataDir, 'tocsin.db'));
  other.exec(reopenAll);
  await app.start();
  expect(await hearing(app)).toBe('deaf');
  other.exec('ROLLBACK');
  other.close();
  await until(async () => (await hearing(app)) === 'hearing', 5000);
  await app.close();
});

test('an alert that a crash left open while its source was being removed is closed', async () => {
  const app = await TestApp.start({ dataDir });
  const { id, localUrl } = await app.addSource();
  await fetch(localUrl, callback({ name: 'cpu' }));
  await app.call('removeSource', { id });
  expect((await app.call('listAlerts', {})).alerts).toEqual([]);
  await app.app.stop();
  const db = new Database(join(dataDir, 'tocsin.db'));
  db.exec(reopenAll);
  db.close();
  await app.start();
  await until(async () => (await app.call('listAlerts', {})).alerts.length === 0, 5000);
  await app.close();
});

test('a tray icon that cannot be drawn', async () => {
  const broken = fakeDesktop({
    tray: {
      render: () => {
        throw new Error('EMFILE: too many open files');
      },
    },
  });
  const app = await TestApp.start({ dataDir, desktop: broken });
  expect(await hearing(app)).toBe('hearing');
  expect(app.log.join('')).toContain('EMFILE');
  await app.close();
});
