// The whole app behind a far end that misbehaves: somebody else's proxy, as a person would run it.
import { createServer, request, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Health } from '../../../shared/bridge.ts';
import { callback, TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

let at: TestApp;
let far: Server;
let publicUrl: string;
let behave: RequestListener;
const sockets = new Set<Socket>();

/** What a proxy does: hands the request on, with the host it was sent to. */
const forward: RequestListener = (asked, reply) => {
  const path = (asked.url ?? '').replace(/^\/behind/, '');
  const onward = request(
    at.app.webhookUrl + path,
    { method: asked.method, headers: asked.headers },
    (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    },
  );
  onward.on('error', () => reply.writeHead(502).end());
  asked.pipe(onward);
};

beforeEach(async () => {
  behave = forward;
  far = createServer((asked, reply) => behave(asked, reply));
  far.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => void far.listen(0, '127.0.0.1', resolve));
  const address = far.address();
  publicUrl = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/behind`;
  at = await TestApp.start();
  await at.addSource();
});
afterEach(async () => {
  await at.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  far.close();
});

const choose = (url = publicUrl) => at.call('setTunnel', { plan: { kind: 'own-address', publicUrl: url } });
const heard = async (): Promise<[Health['hearing']['state'], string[]]> => {
  const { state, causes } = (await at.call('health', {})).hearing;
  return [state, causes.map(({ code }) => code)];
};
const hearing = () => until(async () => (await heard())[0] === 'hearing');

test('an address that leads here is proven by a call of our own', async () => {
  await choose();
  await hearing();
  const { tunnel } = await at.call('health', {});
  expect(tunnel).toMatchObject({ state: 'up', publicUrl, proof: { finding: 'reached', misses: 0 } });
  expect(tunnel?.proof.roundTripMs).toBeGreaterThan(0);
});

test("somebody else's page makes us deaf at once, and its end is noticed", async () => {
  await choose();
  await hearing();
  behave = (_asked, reply) => reply.end('<h1>Welcome to nginx!</h1>');
  expect(await at.call('probeNow', {})).toMatchObject({ finding: 'wrong-answer', detail: 'HTTP 200 OK' });
  expect(await heard()).toEqual(['deaf', ['wrong-answer']]);
  behave = forward;
  await at.call('probeNow', {});
  expect(await heard()).toEqual(['hearing', []]);
  const { gaps } = await at.call('coverage', { days: 1 });
  expect(gaps[0]).toMatchObject({ cause: 'wrong-answer', endedAt: expect.any(Number) as number });
});

test('no test alert, which holds the secret, goes where the newest answer was not ours', async () => {
  await choose();
  await hearing();
  behave = (_asked, reply) => reply.writeHead(404).end('no such tunnel');
  await at.call('probeNow', {});
  expect((await heard())[0]).toBe('hearing');
  await expect(at.call('sendTestAlert', {})).rejects.toThrow('not-reachable');
  behave = forward;
  await at.call('probeNow', {});
  await at.call('sendTestAlert', {});
});

test('a proxy that is gone makes us deaf with the third call', async () => {
  await choose();
  await hearing();
  behave = (asked) => asked.socket.destroy();
  for (const misses of [1, 2, 3]) {
    expect(await at.call('probeNow', {})).toMatchObject({ finding: 'refused', misses });
    expect((await heard())[0]).toBe(misses < 3 ? 'hearing' : 'deaf');
  }
  expect(await heard()).toEqual(['deaf', ['unreachable']]);
});

test('a sender that comes in by the public address is proof enough', async () => {
  await choose();
  await hearing();
  behave = (_asked, reply) => reply.writeHead(302, { location: 'https://elsewhere.example' }).end();
  await at.call('probeNow', {});
  expect((await heard())[0]).toBe('deaf');
  behave = forward;
  const source = (await at.call('listSources', {}))[0];
  const { secret } = await at.call('sourceAddress', { id: source?.id ?? '' });
  await fetch(`${publicUrl}/hooks/${source?.id ?? ''}/${secret}`, callback({ name: 'shop-web-1' }));
  expect(await heard()).toEqual(['hearing', []]);
});

test('nothing of our own calls is stored, shown or logged', async () => {
  await choose();
  await hearing();
  await at.call('probeNow', {});
  expect((await at.call('listDeliveries', {})).deliveries).toEqual([]);
  expect((await at.call('listSources', {}))[0]?.probeSeenAt).toBeNull();
  expect(at.log.join('\n')).not.toContain('.probe');
});

test('quitting and starting again is one gap', async () => {
  await choose();
  await hearing();
  await at.restart();
  await hearing();
  const { gaps, since, now, days } = await at.call('coverage', { days: 1 });
  expect(gaps).toHaveLength(2);
  expect(gaps[0]).toMatchObject({ endedAt: expect.any(Number) as number, later: [] });
  expect(since).toBeLessThanOrEqual(now);
  expect(days).toHaveLength(1);
});
