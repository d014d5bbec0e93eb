// The call against the real app: today's parser, the source's rules of today, and the numbers beside the source.
import Database from 'better-sqlite3';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Source } from '../../../shared/source.ts';
import { callSocket } from '../../fakes/control-client.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await TestApp.start();
});
afterEach(() => app.close());

/** A store as a version would have left it that did not understand the one delivery in it. */
async function forgetHowToRead(): Promise<void> {
  await app.app.stop();
  const db = new Database(path.join(app.dataDir, 'tocsin.db'));
  db.exec(`
    UPDATE deliveries SET verdict = 'not-understood', reason = 'broken-json', alerts = '[]';
    UPDATE sources SET not_understood = 1;
    DELETE FROM alerts; DELETE FROM problems; DELETE FROM applied_events; DELETE FROM timeline;`);
  db.close();
  await app.start();
}

const only = async (): Promise<Source> => {
  const [source] = await app.call('listSources', {});
  if (source === undefined) throw new Error('There is no source.');
  return source;
};

test('a delivery that an older version did not understand becomes an alert, once', async () => {
  const source = await app.addSource();
  await fetch(source.localUrl, callback({ name: 'shop-web-1' }));
  await forgetHowToRead();
  expect((await only()).counts).toMatchObject({ open: 0, deliveries: 1, notUnderstood: 1 });
  const again = await app.call('parseAgain', { id: 'D1' });
  expect(again).toMatchObject({
    verdict: 'opened',
    reason: 'opened, parsed-again',
    bodyDamaged: false,
    body: expect.stringContaining('shop-web-1'),
  });
  expect((await only()).counts).toMatchObject({ open: 1, deliveries: 1, notUnderstood: 0 });
  expect(await app.call('parseAgain', { id: 'D1' })).toEqual(again);
  await app.restart();
  expect((await only()).counts).toMatchObject({ open: 1, deliveries: 1, notUnderstood: 0 });
  const { alerts } = await app.call('listAlerts', {});
  expect(alerts).toMatchObject([{ id: again.alertIds[0], count: 1, deliveries: 1 }]);
});

test('while its source is paused it opens nothing', async () => {
  const source = await app.addSource();
  await fetch(source.localUrl, callback({ name: 'shop-web-1' }));
  await forgetHowToRead();
  await app.call('updateSource', { id: source.id, changes: { paused: true } });
  expect(await app.call('parseAgain', { id: 'D1' })).toMatchObject({
    verdict: 'ignored',
    reason: 'source-paused, parsed-again',
  });
  expect((await only()).counts).toMatchObject({ open: 0, notUnderstood: 0 });
});

test('when its source was removed the answer says so', async () => {
  const source = await app.addSource();
  await fetch(source.localUrl, callback({ name: 'shop-web-1' }));
  await app.call('removeSource', { id: source.id });
  const { reply } = await callSocket(app.app.controlSocket, 'parseAgain', { id: 'D1' });
  expect(reply).toMatchObject({ ok: false, error: { code: 'unknown-source' } });
});
