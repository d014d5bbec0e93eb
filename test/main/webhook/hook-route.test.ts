import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { InjectOptions } from 'fastify';
import { StoreRefusal } from '../../../main/alerts/ingest.ts';
import { hashSecret, matchSecret } from '../../../main/settings/secrets.ts';
import type { IncomingDelivery, Reading, Sender } from '../../../main/sources/source.ts';
import type { HookSource } from '../../../main/webhook/hook-route.ts';
import { buildWebhookServer } from '../../../main/webhook/server.ts';
import { firing, recovered, origin, TestLedger } from '../../fakes/ledger.ts';

const secret = 'q8J3nTestSecretXyz0123';
let at: TestLedger;
let server: ReturnType<typeof buildWebhookServer>;
let paused: boolean;
let reading: Reading;
let seen: IncomingDelivery[];
let faults: unknown[];
let refusal: StoreRefusal | null;
let stored: string[];
let calledAt: string | undefined;
let breaks: boolean;

/** Reads nothing, so that a test decides what was said. */
const sender: Sender = {
  kind: 'cloudmonitor',
  defaultPriorityMap: {},
  knownAddresses: [],
  sample: () => ({ contentType: '', body: '' }),
  withoutPersonalData: (delivery) => {
    const text = `${delivery.query} ${Buffer.from(delivery.body).toString()}`;
    if (text.includes('hostile')) throw new Error('the removal broke');
    return text.includes('alice') ? { ...delivery, query: 'q', body: Buffer.from('clean') } : delivery;
  },
  read: (delivery) => {
    seen.push(delivery);
    if (['break', 'clean'].includes(delivery.body.toString()) && breaks) throw new Error('the parser broke');
    return reading;
  },
};

beforeEach(() => {
  at = new TestLedger();
  paused = false;
  reading = { kind: 'not-understood', reason: 'unknown-alert-state' };
  seen = [];
  faults = [];
  refusal = null;
  stored = [];
  breaks = false;
  const hashes = { current: hashSecret(secret), old: null };
  server = buildWebhookServer({
    ingest: {
      submit: (submission) => (refusal === null ? at.ingest.submit(submission) : Promise.reject(refusal)),
    },
    admit: (id, given): HookSource | null => {
      const known = id === origin.sourceId;
      const isRight = matchSecret(hashSecret(given), known ? hashes : null) !== null;
      return isRight && known ? { id, paused, origin, sender, secret: 'current', judge: () => 'fine' } : null;
    },
    admitByKey: () => null,
    probes: { use: () => null },
    forwardedHeader: () => 'none',
    onOldSecret: () => undefined,
    now: () => at.now,
    onStored: (id, { verdict }, _at, host) => {
      stored.push(`${id} ${verdict}`);
      calledAt = host;
    },
    onFault: (error) => faults.push(error),
  });
});
afterEach(async () => {
  await server.close();
  at.close();
});

const address = `/hooks/${origin.sourceId}/${secret}`;
const byToken = `/hooks/${origin.sourceId}?token=${secret}`;

const ask = (options: InjectOptions) => server.inject(options);
const post = (more: InjectOptions = {}) => ask({ method: 'POST', url: address, payload: 'x=1', ...more });
const deliveries = () => at.deliveries.listDeliveries({}).deliveries;

describe('who may come in', () => {
  test.each([
    ['the secret in the path', address],
    ['the secret as a token', byToken],
    ['the token among other parameters', `/hooks/${origin.sourceId}?a=1&token=${secret}&b=2`],
  ])('%s', async (_what, url) => {
    expect((await ask({ method: 'POST', url, payload: 'x' })).statusCode).toBe(200);
    expect((await ask({ method: 'PUT', url, payload: 'x' })).statusCode).toBe(200);
    expect((await ask({ method: 'GET', url })).statusCode).toBe(200);
  });

  const strangers: [string, InjectOptions][] = [
    ['a wrong secret', { method: 'POST', url: `/hooks/${origin.sourceId}/wrong`, payload: 'x' }],
    ['a secret that is nearly right', { method: 'POST', url: `${address}x`, payload: 'x' }],
    [
      'a secret in other case',
      {
        method: 'POST',
        url: address.toUpperCase().replace('/HOOKS/CM-TEST', '/hooks/cm-test'),
        payload: 'x',
      },
    ],
    ['an empty secret', { method: 'POST', url: `/hooks/${origin.sourceId}/`, payload: 'x' }],
    ['no secret', { method: 'POST', url: `/hooks/${origin.sourceId}`, payload: 'x' }],
    ['a wrong token', { method: 'POST', url: `/hooks/${origin.sourceId}?token=wrong`, payload: 'x' }],
    ['an unknown source', { method: 'POST', url: `/hooks/cm-nobody/${secret}`, payload: 'x' }],
    ['a wrong secret by GET', { method: 'GET', url: `/hooks/${origin.sourceId}/wrong` }],
    ['another path', { method: 'POST', url: '/', payload: 'x' }],
    ['a path below', { method: 'POST', url: `${address}/more`, payload: 'x' }],
    ['DELETE with the right secret', { method: 'DELETE', url: address }],
    ['OPTIONS with the right secret', { method: 'OPTIONS', url: address }],
    ['PATCH with the right secret', { method: 'PATCH', url: address, payload: 'x' }],
    ['a path that cannot be decoded', { method: 'POST', url: '/hooks/%zz/%e0%a4%a', payload: 'x' }],
    [
      'a secret that cannot be decoded',
      { method: 'POST', url: `/hooks/${origin.sourceId}/%ff`, payload: 'x' },
    ],
    [
      'a secret without end',
      { method: 'POST', url: `/hooks/${origin.sourceId}/${'s'.repeat(3000)}`, payload: 'x' },
    ],
    [
      'a wrong secret with two megabytes',
      { method: 'POST', url: `/hooks/${origin.sourceId}/wrong`, payload: Buffer.alloc(2 * 1024 * 1024) },
    ],
  ];

  test.each(strangers)('%s gets 404, no body, and is told nothing', async (_what, request) => {
    const answer = await ask(request);
    expect(answer.statusCode).toBe(404);
    expect(answer.rawPayload).toHaveLength(0);
    const { date: _date, connection: _connection, ...headers } = answer.headers;
    expect(headers).toEqual({ 'content-length': '0' });
    expect(deliveries()).toEqual([]);
    expect(seen).toEqual([]);
    expect(faults).toEqual([]);
  });
});

describe('a delivery by GET', () => {
  test('is one when the sender understands its query', async () => {
    reading = { kind: 'events', events: [firing(1)], remarks: [] };
    const answer = await ask({ method: 'GET', url: `${byToken}&status=firing` });
    expect(answer.json()).toEqual({ status: 'stored', delivery: 'D1' });
    expect(deliveries()).toMatchObject([{ method: 'GET', verdict: 'opened' }]);
    expect(seen[0]?.query).toBe('status=firing');
  });

  test('is not understood when it is nearly one', async () => {
    reading = { kind: 'not-understood', reason: 'unknown-status-word' };
    await ask({ method: 'GET', url: `${byToken}&status=broken` });
    expect(deliveries()).toMatchObject([{ verdict: 'not-understood', reason: 'unknown-status-word' }]);
  });

  test('is an address check when the sender does not, and HEAD always is', async () => {
    reading = { kind: 'not-understood', reason: 'unknown-shape' };
    await ask({ method: 'GET', url: `${address}?utm=1` });
    reading = { kind: 'events', events: [firing(1)], remarks: [] };
    await ask({ method: 'HEAD', url: `${address}?status=firing` });
    expect(deliveries().map(({ verdict }) => verdict)).toEqual(['probe', 'probe']);
    expect(at.openAlerts.size).toBe(0);
  });
});

describe('the answer that a protocol prescribes', () => {
  test.each([
    ['an event', { kind: 'events', events: [firing(1)], remarks: [] }, 'opened'],
    ['a body that is not understood', { kind: 'not-understood', reason: 'no-title' }, 'not-understood'],
  ] as const)('is given for %s, after it is stored', async (_what, said, verdict) => {
    reading = { ...said, reply: { status: 418, body: { dedup_key: 'k' } } };
    const answer = await post();
    expect(answer.statusCode).toBe(418);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.json()).toEqual({ dedup_key: 'k' });
    expect(deliveries()).toMatchObject([{ verdict }]);
  });

  test('is not given when the store refuses', async () => {
    reading = { kind: 'events', events: [], remarks: [], reply: { status: 202, body: {} } };
    refusal = new StoreRefusal('store-busy');
    expect((await post()).statusCode).toBe(503);
  });
});

describe('behind the address', () => {
  test.each(['/v2/enqueue', '/v2/change/enqueue', '/api/events', '/api/v1/events'])(
    '%s is taken, as clients put it there',
    async (path) => {
      expect((await ask({ method: 'POST', url: address + path, payload: 'x' })).statusCode).toBe(200);
      const wrong = `/hooks/${origin.sourceId}/wrong${path}`;
      expect((await ask({ method: 'POST', url: wrong, payload: 'x' })).statusCode).toBe(404);
    },
  );
});

describe('an address check', () => {
  test.each(['GET', 'HEAD'] as const)(
    '%s answers 200, creates nothing and is kept as a probe',
    async (method) => {
      reading = { kind: 'events', events: [firing(1)], remarks: [] };
      const answer = await ask({ method, url: address });
      expect(answer.statusCode).toBe(200);
      expect(answer.body.includes(secret)).toBe(false);
      expect(answer.rawPayload.length > 0).toBe(method === 'GET');
      expect(deliveries()).toMatchObject([
        { method, verdict: 'probe', reason: 'address-check', bytes: 0, alertIds: [] },
      ]);
      expect(at.openAlerts.size).toBe(0);
      expect(stored).toEqual([`${origin.sourceId} probe`]);
    },
  );
});

describe('a delivery', () => {
  test('is answered with its number, as JSON', async () => {
    const answer = await post();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'stored', delivery: 'D1' });
    expect(stored).toEqual([`${origin.sourceId} not-understood`]);
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded; charset=UTF-8'],
    ['JSON', 'application/json'],
    ['plain text', 'text/plain'],
    ['XML', 'text/xml'],
    ['a multipart without boundary', 'multipart/form-data'],
    ['nonsense', 'nonsense'],
    ['more nonsense', ';;;=/,'],
    ['nothing at all', ''],
    ['a very long one', `text/${'x'.repeat(5000)}`],
  ])('is taken whatever its content type says: %s', async (_what, type) => {
    const payload = Buffer.from([0x7b, 0xff, 0x00, 0x25]);
    const answer = await post({ headers: { 'content-type': type }, payload });
    expect(answer.statusCode).toBe(200);
    expect(Buffer.from(seen[0]?.body ?? []).equals(payload)).toBe(true);
    expect(seen[0]?.contentType).toBe(type.slice(0, 200));
    expect(deliveries()[0]).toMatchObject({ contentType: type.slice(0, 200), bytes: 4 });
  });

  test('is taken without a content type', async () => {
    const answer = await post({ payload: Buffer.from('x=1') });
    expect(answer.statusCode).toBe(200);
    expect(deliveries()[0]).toMatchObject({ contentType: null, bytes: 3 });
  });

  test('is taken without a body', async () => {
    const answer = await ask({ method: 'POST', url: address });
    expect(answer.statusCode).toBe(200);
    expect(deliveries()[0]).toMatchObject({ bytes: 0 });
  });

  test('of exactly 1 MiB is taken', async () => {
    expect((await post({ payload: Buffer.alloc(1024 * 1024, 'a') })).statusCode).toBe(200);
    expect(deliveries()[0]).toMatchObject({ bytes: 1024 * 1024 });
  });

  test('of one byte more is too large: refused, not kept, but not without a trace', async () => {
    const answer = await post({ payload: Buffer.alloc(1024 * 1024 + 1, 'a') });
    expect(answer.statusCode).toBe(413);
    expect(answer.rawPayload).toHaveLength(0);
    expect(deliveries()).toMatchObject([{ verdict: 'not-understood', reason: 'too-large', bytes: 0 }]);
  });

  test('that breaks the parser is kept as it came, and the fault is reported', async () => {
    breaks = true;
    expect((await post({ payload: 'break' })).statusCode).toBe(200);
    expect(deliveries()).toMatchObject([{ verdict: 'not-understood', reason: 'fault-in-tocsin', bytes: 5 }]);
    expect(faults).toHaveLength(1);
  });

  test('of a paused source is kept and opens nothing', async () => {
    paused = true;
    reading = { kind: 'events', events: [firing(1)], remarks: [] };
    expect((await post()).statusCode).toBe(200);
    expect(deliveries()).toMatchObject([{ verdict: 'ignored', reason: 'source-paused' }]);
    expect(at.openAlerts.size).toBe(0);
  });

  test('of a paused source still closes what was open before', async () => {
    reading = { kind: 'events', events: [firing(1)], remarks: [] };
    await post();
    expect(at.openAlerts.size).toBe(1);
    paused = true;
    reading = { kind: 'events', events: [recovered(2)], remarks: [] };
    await post();
    expect(at.openAlerts.size).toBe(0);
  });
});

describe('what must not be kept of a person', () => {
  const cases: [string, InjectOptions, string, () => void][] = [
    ['an alert', { payload: 'user=alice' }, 'opened', () => undefined],
    [
      'a body that is not understood',
      { payload: 'user=alice' },
      'unknown-alert-state',
      () => {
        reading = { kind: 'not-understood', reason: 'unknown-alert-state' };
      },
    ],
    [
      'a body that breaks the parser',
      { payload: 'user=alice' },
      'fault-in-tocsin',
      () => {
        breaks = true;
      },
    ],
    [
      'a delivery of a paused source',
      { payload: 'user=alice' },
      'source-paused',
      () => {
        paused = true;
      },
    ],
    ['a query', { url: `${address}?user=alice` }, 'opened', () => undefined],
    ['an address check', { method: 'HEAD', url: `${address}?user=alice` }, 'address-check', () => undefined],
    ['a delivery by GET', { method: 'GET', url: `${address}?user=alice` }, 'opened', () => undefined],
    [
      'the query of a body that is too large',
      { url: `${address}?user=alice`, payload: Buffer.alloc(1024 * 1024 + 1, 'a') },
      'too-large',
      () => undefined,
    ],
  ];
  test.each(cases)('is gone from %s, and the reason says so', async (_what, request, reason, prepare) => {
    reading = { kind: 'events', events: [firing(1)], remarks: [] };
    prepare();
    await post(request);
    expect(deliveries()).toMatchObject([{ reason: `${reason}, personal-data-removed` }]);
    expect(
      JSON.stringify(seen.map(({ query, body }) => [query, Buffer.from(body).toString()])),
    ).not.toContain('alice');
    const rows = at.db.prepare('SELECT query, CAST(body AS TEXT) AS body FROM deliveries').all();
    expect(rows).toEqual([{ query: 'q', body: 'clean' }]);
  });

  test('the secret of the address is kept nowhere, whoever says it back', async () => {
    await post({ url: `${address}?from=${secret}`, payload: `{"callback":"https://x.invalid${address}"}` });
    await post({ url: byToken, payload: secret });
    const rows = at.db.prepare('SELECT query, CAST(body AS TEXT) AS body FROM deliveries').all();
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(rows).toMatchObject([{ query: 'from=[removed]' }, { body: '[removed]' }]);
  });

  test('nothing else is touched', async () => {
    await post({ url: `${address}?b=2`, payload: 'user=bob' });
    expect(deliveries()).toMatchObject([{ reason: 'unknown-alert-state' }]);
    expect(at.db.prepare('SELECT query FROM deliveries').pluck().get()).toBe('b=2');
    expect(at.deliveries.getDelivery('D1')).toMatchObject({ body: 'user=bob' });
  });

  test('when it cannot be told apart, nothing of body and query is kept', async () => {
    expect((await post({ url: `${address}?b=2`, payload: 'hostile' })).statusCode).toBe(200);
    expect(at.deliveries.getDelivery('D1')).toMatchObject({ body: '[removed]' });
    expect(at.db.prepare('SELECT query FROM deliveries').pluck().get()).toBe('');
    expect(faults).toHaveLength(1);
  });
});

describe('when the store does not take it', () => {
  test.each(['store-not-writable', 'store-busy'] as const)(
    '%s: the sender is asked to come again',
    async (code) => {
      refusal = new StoreRefusal(code);
      const answer = await post();
      expect(answer.statusCode).toBe(503);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(stored).toEqual([]);
    },
  );

  test('so is a GET: a green test in the console must not lie', async () => {
    refusal = new StoreRefusal('store-not-writable');
    expect((await ask({ method: 'GET', url: address })).statusCode).toBe(503);
  });
});

describe('the secret', () => {
  test('never reaches what is kept of a request', async () => {
    await ask({
      method: 'POST',
      url: `${byToken}&a=1`,
      payload: 'x=1',
      headers: {
        referer: `http://x${address}`,
        authorization: `Bearer ${secret}`,
        cookie: secret,
        'x-token': secret,
        'user-agent': 'sender/1',
      },
    });
    const rows = JSON.stringify(at.db.prepare('SELECT * FROM deliveries').all());
    expect(rows).not.toContain(secret);
    expect(at.db.prepare('SELECT query FROM deliveries').pluck().get()).toBe('a=1');
    expect(at.deliveries.getDelivery('D1')?.headers).toEqual({
      'content-length': '3',
      'user-agent': 'sender/1',
    });
  });

  test('is not shown to the parser either', async () => {
    await ask({ method: 'POST', url: `${byToken}&a=1`, payload: 'x=1' });
    await post();
    expect(JSON.stringify(seen)).not.toContain(secret);
  });
});

test('it is told which address was called, for that may prove the way in', async () => {
  await post({ headers: { host: 'demo.example' } });
  expect(calledAt).toBe('demo.example');
});
