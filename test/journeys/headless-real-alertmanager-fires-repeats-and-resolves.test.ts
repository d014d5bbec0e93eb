import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../shared/alert.ts';
import { Alertmanager } from '../fakes/alertmanager.ts';
import { freePort } from '../fakes/free-port.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { until } from '../fakes/until.ts';

let folder: DataFolder;
let app: HeadlessApp;
let alertmanager: Alertmanager;
let port: string;
beforeEach(async () => {
  folder = new DataFolder();
  port = String(await freePort());
  app = await folder.start('--port', port);
  const { localUrl } = await app.call('addSource', { kind: 'universal', name: 'Alertmanager' });
  alertmanager = await Alertmanager.start(localUrl);
});
afterEach(async () => {
  await alertmanager.stop();
  await folder.remove();
});

const disk = (instance: string, more: object = {}) => ({
  labels: { alertname: 'DiskFillsUp', instance, severity: 'critical' },
  annotations: { summary: `${instance} will be full within 4 hours` },
  ...more,
});
const over = (): object => ({ endsAt: new Date().toISOString() });

/** `store-1 open 1` for each alert: where, state, episode. */
const states = async (): Promise<string[]> =>
  (await app.alerts()).map(({ resource, state, episode }) => `${resource} ${state} ${episode}`).toSorted();
const alertOf = async (resource: string): Promise<Alert | undefined> =>
  (await app.alerts()).find((alert) => alert.resource === resource);

async function ends(expected: readonly string[]): Promise<void> {
  await until(async () => JSON.stringify(await states()) === JSON.stringify(expected), 15_000).catch(
    async () => expect(await states()).toEqual(expected),
  );
}

test('Alertmanager fires a group, repeats it, resolves it in two steps, and Tocsin is away in between', async () => {
  await alertmanager.post(disk('store-1'), disk('store-2'));
  await ends(['store-1 open 1', 'store-2 open 1']);
  const [opened] = await app.alerts();
  expect(opened).toMatchObject({
    priority: 'critical',
    level: 'CRITICAL',
    title: expect.stringMatching(/^store-\d will be full within 4 hours$/),
    labels: { alertname: 'DiskFillsUp' },
  });

  await app.call('acknowledgeAlerts', { ids: [(await alertOf('store-1'))?.id ?? 'A0'] });
  await until(async () => ((await alertOf('store-1'))?.count ?? 0) >= 3, 15_000);
  await ends(['store-1 acknowledged 1', 'store-2 open 1']);

  await app.end('SIGKILL');
  await alertmanager.post(disk('store-1', over()), disk('store-2'));
  app = await folder.start('--port', port);
  await ends(['store-1 resolved 1', 'store-2 open 1']);

  // Closed by hand while it fires: the next repeat says that it still does.
  await app.call('resolveAlerts', { ids: [(await alertOf('store-2'))?.id ?? 'A0'] });
  await ends(['store-1 resolved 1', 'store-2 open 1']);

  await alertmanager.post(disk('store-2', over()));
  await ends(['store-1 resolved 1', 'store-2 resolved 1']);
  expect(await alertOf('store-2')).toMatchObject({ resolvedBy: 'recovery', priority: 'critical' });

  await alertmanager.post(disk('store-1'));
  await ends(['store-1 open 2', 'store-1 resolved 1', 'store-2 resolved 1']);

  const verdicts = new Set((await app.deliveries()).map(({ verdict }) => verdict));
  expect(verdicts).toContain('opened');
  expect(verdicts).toContain('repeated');
  expect(verdicts).toContain('mixed');
  expect(verdicts).not.toContain('not-understood');
});
