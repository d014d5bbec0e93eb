// A real OpenSSH server carries what a monitor sends; whatever is done to it is known, named, written down, and over by itself.
import { createServer, type Server } from 'node:http';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Gap } from '../../shared/coverage.ts';
import type { HearingCauseCode } from '../../shared/hearing.ts';
import type { SourceWithAddress } from '../../shared/source.ts';
import { freePort } from '../fakes/free-port.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { Sshd } from '../fakes/sshd.ts';
import { callback } from '../fakes/test-app.ts';
import { until } from '../fakes/until.ts';

let folder: DataFolder;
let app: HeadlessApp;
let sshd: Sshd;
let remotePort: number;
let source: SourceWithAddress;

beforeEach(async () => {
  folder = new DataFolder();
  sshd = await Sshd.start();
  remotePort = await freePort();
  app = await folder.start();
  source = await app.addSource();
});
afterEach(async () => {
  await folder.remove();
  sshd.stop();
});

const causes = async (): Promise<readonly HearingCauseCode[]> =>
  (await app.call('health', {})).hearing.causes.map(({ code }) => code);
const isHearing = async (): Promise<boolean> => (await app.call('health', {})).hearing.state === 'hearing';
const isDeaf = async (cause: HearingCauseCode): Promise<boolean> => {
  const { hearing } = await app.call('health', {});
  return hearing.state === 'deaf' && hearing.causes[0]?.code === cause;
};
const newestGap = async (): Promise<Gap | undefined> => (await app.call('coverage', {})).gaps[0];

async function throughSsh(): Promise<void> {
  await app.call('setTunnel', { plan: sshd.plan(remotePort) });
  await until(async () => (await app.call('health', {})).tunnel?.proof.finding === 'reached', 10_000);
  expect(await isHearing()).toBe(true);
}

test('a callback posted to the public address becomes an alert, and nothing else is reachable there', async () => {
  await throughSsh();
  const { publicUrl } = await app.call('sourceAddress', { id: source.id });
  expect(publicUrl).toBe(source.localUrl.replace(app.ready.webhookUrl, `http://127.0.0.1:${remotePort}`));
  const answer = await fetch(publicUrl ?? '', callback({ name: 'cpu' }));
  expect(answer.status).toBe(200);
  expect((await app.alerts()).map(({ title }) => title)).toContain('cpu · web-104');
  const base = `http://127.0.0.1:${remotePort}`;
  for (const path of [
    '/',
    '/health',
    '/call/health',
    '/changes',
    '/hooks',
    '/hooks/.probe/x',
    '/control.sock',
    '/../control.sock',
  ]) {
    for (const method of ['GET', 'POST']) {
      const refused = await fetch(base + path, { method });
      expect([path, method, refused.status, await refused.text()]).toEqual([path, method, 404, '']);
    }
  }
  // A test alert goes the way of a monitor.
  expect((await app.call('sendTestAlert', {})).url).toContain(base);
}, 30_000);

test('a server that is killed is a tunnel that is down, until it is back', async () => {
  await throughSsh();
  sshd.kill();
  await until(async () => (await causes())[0] === 'tunnel-down', 5000);
  // Just after a start it may still be called starting, which is no calm icon either.
  expect(await isHearing()).toBe(false);
  await until(() => isDeaf('tunnel-down'), 25_000);
  await sshd.comeBack();
  await until(isHearing, 20_000);
  expect(await newestGap()).toMatchObject({ cause: 'tunnel-down', endedAt: expect.any(Number) as number });
}, 60_000);

test('a server that stands still is noticed, although its port still takes connections', async () => {
  await throughSsh();
  sshd.freeze();
  await until(async () => !(await isHearing()), 45_000);
  expect(await causes()).toEqual(['tunnel-down']);
  sshd.thaw();
  await until(isHearing, 45_000);
}, 120_000);

test('an address that changes stays announced with the former one, until it is pasted everywhere', async () => {
  await throughSsh();
  const other = await freePort();
  await app.call('setTunnel', { plan: sshd.plan(other) });
  await until(
    async () => (await app.call('health', {})).tunnel?.publicUrl === `http://127.0.0.1:${other}`,
    10_000,
  );
  await until(isHearing, 10_000);
  const former = async () => (await app.call('health', {})).tunnel?.formerUrls.map(({ url }) => url);
  expect(await former()).toEqual([`http://127.0.0.1:${remotePort}`]);
  await app.call('addressPasted', {});
  expect(await former()).toEqual([]);
}, 30_000);

/** A way to the app that a person runs; it can swallow everything that comes in without a word. */
class Proxy {
  readonly #server = createTcpServer((from) => {
    this.#sockets.add(from);
    from.on('error', () => undefined);
    if (this.#isSwallowing) return;
    const to = connect(this.#port, '127.0.0.1');
    this.#sockets.add(to);
    to.on('error', () => from.destroy());
    from.pipe(to).pipe(from);
  });
  readonly #sockets = new Set<Socket>();
  readonly #port: number;
  #isSwallowing = false;

  constructor(port: number) {
    this.#port = port;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  swallow(on: boolean): void {
    this.#isSwallowing = on;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

test('a way that swallows what it is given is unreachable from the third call on, and not a moment longer than it lasts', async () => {
  const proxy = new Proxy(Number(new URL(app.ready.webhookUrl).port));
  const publicUrl = await proxy.start();
  await app.call('setTunnel', { plan: { kind: 'own-address', publicUrl } });
  await until(isHearing, 10_000);
  proxy.swallow(true);
  expect(await app.call('probeNow', {})).toMatchObject({ misses: 1, finding: 'timeout' });
  expect(await isHearing()).toBe(true);
  expect(await app.call('probeNow', {})).toMatchObject({ misses: 2 });
  expect(await isHearing()).toBe(true);
  expect(await app.call('probeNow', {})).toMatchObject({ misses: 3 });
  expect(await isDeaf('unreachable')).toBe(true);
  // The secret is not sent into the unknown.
  await expect(app.call('sendTestAlert', {})).rejects.toThrow('not-reachable');
  proxy.swallow(false);
  expect(await app.call('probeNow', {})).toMatchObject({ misses: 0, finding: 'reached' });
  expect(await isHearing()).toBe(true);
  const gap = await newestGap();
  expect(gap).toMatchObject({ cause: 'unreachable', endedAt: expect.any(Number) as number });
  await proxy.stop();
}, 180_000);

test("somebody else's page at our address is known at once", async () => {
  const stranger: Server = createServer((_request, response) => response.end('<h1>Welcome</h1>'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const { port } = stranger.address() as AddressInfo;
  await app.call('setTunnel', { plan: { kind: 'own-address', publicUrl: `http://127.0.0.1:${port}` } });
  await until(() => isDeaf('wrong-answer'), 10_000);
  stranger.close();
}, 30_000);
