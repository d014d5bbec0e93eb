import Database from 'better-sqlite3';
import path from 'node:path';
import { expect, test } from 'vitest';
import { callback, TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

test('a reminder that falls due after a restart comes when it is due, and once', async () => {
  const app = await TestApp.start();
  const { localUrl } = await app.addSource();
  await fetch(localUrl, callback({ name: 'unheard' }));
  const [alert] = (await app.call('listAlerts', {})).alerts;
  if (alert === undefined) throw new Error('It is not there.');
  await app.app.stop();
  // Five minutes less two seconds go by while nothing runs.
  const db = new Database(path.join(app.dataDir, 'tocsin.db'));
  db.exec('UPDATE timeline SET at = at - 298000, last_at = last_at - 298000');
  db.close();
  await app.start();
  const reminders = async (): Promise<number> =>
    (await app.call('getAlert', { id: alert.id })).timeline
      .filter(({ reason }) => reason === 'reminder')
      .reduce((sum, { times }) => sum + times, 0);
  expect(await reminders()).toBe(0);
  await until(async () => (await reminders()) === 1, 5000);
  await app.restart();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(await reminders()).toBe(1);
  await app.close();
});
