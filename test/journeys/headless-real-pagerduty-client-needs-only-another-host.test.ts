import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SourceWithAddress } from '../../shared/source.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { TlsFront } from '../fakes/tls-front.ts';

const run = promisify(execFile);
const client = path.join(import.meta.dirname, '..', 'fakes', 'pagerduty-client.ts');

let folder: DataFolder;
let app: HeadlessApp;
let front: TlsFront;
let source: SourceWithAddress;
beforeEach(async () => {
  folder = new DataFolder();
  app = await folder.start();
  source = await app.call('addSource', { kind: 'universal', name: 'Pager' });
  front = await TlsFront.start(app.ready.webhookUrl);
});
afterEach(async () => {
  await front.stop();
  await folder.remove();
});

interface Answer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
}

async function send(data: object, more: object = {}): Promise<Answer> {
  const given = JSON.stringify({ server: front.host, data, ...more });
  const { stdout } = await run(process.execPath, [client, given], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: front.certificate },
  });
  return JSON.parse(stdout) as Answer;
}

const trigger = (more: object = {}): object => ({
  routing_key: source.secret,
  event_action: 'trigger',
  payload: { summary: 'Replica is 340 s behind', severity: 'error', source: 'replica-3' },
  ...more,
});

test('its client triggers, acknowledges and resolves with the secret for a routing key', async () => {
  expect(source.secret).toMatch(/^[0-9a-f]{32}$/);
  expect(await send(trigger({ dedup_key: 'lag' }))).toEqual({
    status: 202,
    data: { status: 'success', message: 'Event processed', dedup_key: 'lag' },
  });
  expect(await app.alerts()).toMatchObject([{ state: 'open', priority: 'critical', resource: 'replica-3' }]);
  await send({ routing_key: source.secret, event_action: 'acknowledge', dedup_key: 'lag' });
  expect(await app.alerts()).toMatchObject([{ state: 'acknowledged' }]);
  await send({ routing_key: source.secret, event_action: 'resolve', dedup_key: 'lag' });
  expect(await app.alerts()).toMatchObject([{ state: 'resolved', resolvedBy: 'recovery' }]);
  expect((await app.deliveries()).map(({ verdict }) => verdict)).toEqual([
    'resolved',
    'acknowledged',
    'opened',
  ]);
  expect(new Set(front.seen)).toEqual(new Set(['/v2/enqueue']));
});

test('its client retries what was taken already, and it stays one alert that its made-up key resolves', async () => {
  front.answerInstead.push(429, 429);
  const { status, data } = await send(trigger(), { retryTimeout: 20 });
  expect(front.seen).toHaveLength(3);
  expect(status).toBe(202);
  expect(await app.alerts()).toMatchObject([{ state: 'open', deliveries: 3 }]);
  await send({ routing_key: source.secret, event_action: 'resolve', dedup_key: data['dedup_key'] });
  expect(await app.alerts()).toMatchObject([{ state: 'resolved' }]);
});

test('its client may be given the address of the source as a host as well, and reports changes', async () => {
  const server = `${front.host}/hooks/${source.id}/${source.secret}`;
  expect((await send(trigger({ routing_key: 'e'.repeat(32) }), { server })).status).toBe(202);
  expect(
    (await send({ routing_key: source.secret, payload: { summary: 'Build 7' } }, { type: 'change' })).status,
  ).toBe(202);
  expect((await app.deliveries()).map(({ verdict }) => verdict)).toEqual(['ignored', 'opened']);
});

test('its client is told what is wrong with an event, and an unknown key learns nothing', async () => {
  const invalid = await send(trigger({ payload: { severity: 'error', source: 'replica-3' } }));
  expect(invalid).toMatchObject({ status: 400, data: { errors: ["'payload.summary' is missing or blank"] } });
  const stranger = JSON.stringify(trigger({ routing_key: 'f'.repeat(32) }));
  const answer = await fetch(`${app.ready.webhookUrl}/v2/enqueue`, { method: 'POST', body: stranger });
  expect([answer.status, await answer.text()]).toEqual([404, '']);
  expect(await app.alerts()).toEqual([]);
});
