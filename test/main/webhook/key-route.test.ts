// The addresses of PagerDuty and ilert on the listener: whose delivery it is stands in the body.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { universal } from '../../../main/sources/universal/universal.ts';
import type { HookSource } from '../../../main/webhook/hook-route.ts';
import { buildWebhookServer } from '../../../main/webhook/server.ts';
import { origin, TestLedger } from '../../fakes/ledger.ts';

const key = 'ab'.repeat(16);
let at: TestLedger;
let server: ReturnType<typeof buildWebhookServer>;
let asked: string[];
let faults: unknown[];

beforeEach(() => {
  at = new TestLedger();
  asked = [];
  faults = [];
  server = buildWebhookServer({
    probes: { use: () => null },
    ingest: at.ingest,
    admit: () => null,
    admitByKey: (given): HookSource | null => {
      asked.push(given);
      return given === key
        ? {
            id: origin.sourceId,
            paused: false,
            origin,
            sender: universal,
            secret: 'current',
            judge: () => 'fine',
          }
        : null;
    },
    forwardedHeader: () => 'none',
    onOldSecret: () => undefined,
    now: () => at.now,
    onStored: () => undefined,
    onFault: (error) => faults.push(error),
  });
});
afterEach(async () => {
  await server.close();
  at.close();
});

const deliveries = () => at.deliveries.listDeliveries({}).deliveries;
const post = (url: string, body: object | string | Buffer, headers: Record<string, string> = {}) =>
  server.inject({
    method: 'POST',
    url,
    headers,
    payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  });

const trigger = (more: object = {}): object => ({
  routing_key: key,
  event_action: 'trigger',
  dedup_key: 'k',
  payload: { summary: 's', severity: 'error', source: 'x' },
  ...more,
});

describe('POST /v2/enqueue', () => {
  test.each(['application/json', 'text/plain', 'nonsense'])(
    'with the key of a source is answered as PagerDuty answers, also as %s',
    async (type) => {
      const answer = await post('/v2/enqueue', trigger(), { 'content-type': type });
      expect(answer.statusCode).toBe(202);
      expect(answer.json()).toEqual({ status: 'success', message: 'Event processed', dedup_key: 'k' });
      expect(deliveries()).toMatchObject([{ verdict: 'opened', contentType: type }]);
    },
  );

  test('keeps the key nowhere', async () => {
    await post('/v2/enqueue', trigger());
    const rows = JSON.stringify([
      at.db.prepare('SELECT *, CAST(body AS TEXT) AS text FROM deliveries').all(),
      at.db.prepare('SELECT * FROM alerts').all(),
    ]);
    expect(rows).toContain('event_action');
    expect(rows).not.toContain(key);
  });

  test('with an event that lacks something says what, and keeps it', async () => {
    const answer = await post('/v2/enqueue', trigger({ payload: {} }));
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ status: 'invalid event', errors: [expect.any(String)] });
    expect(deliveries()).toMatchObject([{ verdict: 'not-understood' }]);
  });

  test('has the limit of PagerDuty', async () => {
    const long = (bytes: number): string => JSON.stringify(trigger({ client: 'x'.repeat(bytes) }));
    expect((await post('/v2/enqueue', long(512 * 1024 - 300))).statusCode).toBe(202);
    expect((await post('/v2/enqueue', long(512 * 1024))).statusCode).toBe(413);
    expect(deliveries()).toHaveLength(1);
  });
});

test('a change event is taken and ignored', async () => {
  const answer = await post('/v2/change/enqueue', { routing_key: key, payload: { summary: 'Build 7' } });
  expect(answer.statusCode).toBe(202);
  expect(deliveries()).toMatchObject([
    { verdict: 'ignored', reason: expect.stringContaining('change-event') },
  ]);
});

test.each([
  ['/api/events', { apiKey: key }],
  ['/api/v1/events', { integrationKey: key }],
  [`/api/v1/events/push/${key}`, {}],
])('POST %s takes an event of ilert', async (url, named) => {
  const answer = await post(url, { ...named, eventType: 'ALERT', summary: 's', alertKey: 'K' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ alertKey: 'k' });
  expect(deliveries()).toMatchObject([{ verdict: 'opened' }]);
});

describe('a stranger', () => {
  const strangers: [string, string, object | string | Buffer][] = [
    ['a wrong key', '/v2/enqueue', trigger({ routing_key: 'cd'.repeat(16) })],
    ['no key', '/v2/enqueue', trigger({ routing_key: undefined })],
    ['a key that is no text', '/v2/enqueue', trigger({ routing_key: [key] })],
    ['an endless key', '/v2/enqueue', trigger({ routing_key: 'a'.repeat(10_000) })],
    ['no JSON', '/v2/enqueue', `routing_key=${key}`],
    ['broken JSON', '/v2/enqueue', `{"routing_key":"${key}"`],
    ['a list', '/v2/enqueue', JSON.stringify([trigger()])],
    ['brackets without end', '/v2/enqueue', '['.repeat(500_000)],
    ['nothing', '/v2/enqueue', ''],
    ['bytes', '/v2/enqueue', Buffer.from([0xff, 0x00])],
    ['a wrong key of ilert', '/api/events', { apiKey: 'x', eventType: 'ALERT', summary: 's' }],
    ['a wrong key in the address', '/api/v1/events/push/wrong', { eventType: 'ALERT', summary: 's' }],
    ['another address', `/v2/enqueue/${key}`, trigger()],
  ];
  test.each(strangers)('with %s gets 404, no body, and leaves nothing', async (_what, url, body) => {
    const answer = await post(url, body);
    expect(answer.statusCode).toBe(404);
    expect(answer.rawPayload).toHaveLength(0);
    const { date: _date, connection: _connection, ...headers } = answer.headers;
    expect(headers).toEqual({ 'content-length': '0' });
    expect(deliveries()).toEqual([]);
    expect(faults).toEqual([]);
    expect(asked.every((given) => given.length <= 128)).toBe(true);
  });

  test.each(['GET', 'HEAD', 'PUT'] as const)('gets it for %s as well', async (method) => {
    expect((await server.inject({ method, url: '/v2/enqueue' })).statusCode).toBe(404);
  });
});
