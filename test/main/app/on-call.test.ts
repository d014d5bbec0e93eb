// On call as the whole app does it: the switch, its hand-over, and a source of which something is expected.
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callback, TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

const hour = 3_600_000;
let app: TestApp;
beforeEach(async () => {
  app = await TestApp.start();
});
afterEach(() => app.close());

test('the switch is in health, outlives a restart, and is refused what makes no sense', async () => {
  expect((await app.call('health', {})).onCall).toBeNull();
  const end = Date.now() + 8 * hour;
  await expect(app.call('setOnCall', { on: true, until: end })).resolves.toMatchObject({ until: end });
  await app.restart();
  // Nothing can keep a headless computer awake, and nobody knows what it runs on.
  expect((await app.call('health', {})).onCall).toMatchObject({ until: end, keptAwake: false, warnings: [] });
  for (const wrong of [Date.now() - 1, Date.now() + 15 * 24 * hour])
    await expect(app.call('setOnCall', { on: true, until: wrong })).rejects.toThrow('bad-argument');
  await expect(app.call('setOnCall', { on: false })).resolves.toBeNull();
  expect((await app.call('health', {})).onCall).toBeNull();
});

test('a shift ends by itself, and the hand-over has what is open then', async () => {
  const source = await app.addSource();
  await app.call('setOnCall', { on: true, until: Date.now() + 1500 });
  await fetch(source.localUrl, callback({ name: 'Queue is *full*' }));
  await until(async () => (await app.call('health', {})).onCall === null, 5000);
  const { from, to, markdown } = await app.call('handOver', {});
  expect(to - from).toBeLessThan(2000);
  expect(markdown).toContain('## Open and not acknowledged (1)\n- **Critical** · Queue is \\*full\\*');
  await until(() => app.log.some((line) => line.includes('shift-over')));
});

test('a source that is silent for too long has an alert, which ends with its next word', async () => {
  const source = await app.addSource();
  const { id } = source;
  const changed = await app.call('updateSource', { id, changes: { expectEveryHours: 1 } });
  expect(changed).toMatchObject({ expectEveryHours: 1 });
  expect(changed).not.toHaveProperty('expectSince');
  await app.app.stop();
  const db = new Database(path.join(app.dataDir, 'tocsin.db'));
  db.prepare('UPDATE sources SET created_at = created_at - ?, expect_since = expect_since - ?').run(
    2 * hour,
    2 * hour,
  );
  // We heard all the while: what else the ledger says of the time is not the question here.
  db.prepare('DELETE FROM gaps').run();
  db.close();
  await app.start();
  const [alert] = await until(async () => {
    const { alerts } = await app.call('listAlerts', {});
    return alerts.length > 0 ? alerts : null;
  }, 5000);
  expect(alert).toMatchObject({
    sourceId: id,
    title: 'Nothing heard from Night shift for 2 h',
    priority: 'medium',
    deliveries: 0,
  });
  const { localUrl } = await app.call('sourceAddress', { id });
  await fetch(localUrl, callback({ name: 'Queue is full' }));
  const { alerts } = await app.call('listAlerts', { states: ['resolved'] });
  expect(alerts).toMatchObject([{ id: alert?.id, resolvedBy: 'recovery' }]);
});
