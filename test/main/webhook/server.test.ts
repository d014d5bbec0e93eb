// The listener on real sockets: what only shows on the wire.
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncomingDelivery } from '../../../main/sources/source.ts';
import { ListenError, startWebhookServer, type WebhookServer } from '../../../main/webhook/server.ts';
import { firing, origin, TestLedger } from '../../fakes/ledger.ts';
import { until } from '../../fakes/until.ts';

let at: TestLedger;
let server: WebhookServer;
let faults: unknown[];
const sockets = new Set<Socket>();
const parts = () => ({
  ingest: at.ingest,
  admit: (id: string, secret: string) =>
    id === origin.sourceId && secret === 'right'
      ? {
          id: origin.sourceId,
          paused: false,
          origin,
          secret: 'current' as const,
          judge: () => 'fine' as const,
          sender: {
            kind: 'cloudmonitor' as const,
            defaultPriorityMap: {},
            knownAddresses: [],
            sample: () => ({ contentType: '', body: '' }),
            withoutPersonalData: (delivery: IncomingDelivery) => delivery,
            read: () => ({ kind: 'events' as const, events: [firing(1)], remarks: [] }),
          },
        }
      : null,
  admitByKey: () => null,
  probes: { use: () => null },
  forwardedHeader: () => 'none' as const,
  onOldSecret: () => undefined,
  now: () => at.now,
  onStored: () => undefined,
  onFault: (error: unknown) => void faults.push(error),
});

beforeEach(async () => {
  at = new TestLedger();
  faults = [];
  server = await startWebhookServer(parts(), 0);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await server.stop();
  at.close();
});

const address = (): string => `http://127.0.0.1:${server.port}/hooks/${origin.sourceId}/right`;
const path = `/hooks/${origin.sourceId}/right`;
const deliveries = () => at.deliveries.listDeliveries({}).deliveries;

/** A raw connection and everything that came back on it. */
function open(): Promise<{ socket: Socket; answer: () => string; ended: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    sockets.add(socket);
    let text = '';
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
    });
    const ended = new Promise<void>((done) => {
      socket.once('close', () => done());
    });
    socket.once('connect', () => {
      socket.on('error', () => undefined);
      resolve({ socket, answer: () => text, ended });
    });
    socket.once('error', reject);
  });
}

test('it listens on the loopback address only', async () => {
  const { networkInterfaces } = await import('node:os');
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one !== undefined && !one.internal && one.family === 'IPv4');
  expect((await fetch(address())).status).toBe(200);
  if (outside === undefined) return;
  const refused = await new Promise<string>((resolve) => {
    const socket = connect(server.port, outside.address);
    socket.once('connect', () => resolve('connected'));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    sockets.add(socket);
  });
  expect(refused).toBe('ECONNREFUSED');
});

describe('too much', () => {
  test('is refused by its announced length before it is sent', async () => {
    const { socket, answer } = await open();
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n`);
    await until(() => answer().includes('\r\n\r\n'));
    expect(answer()).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer().split('\r\n\r\n')[1]).toBe('');
  });

  test('is refused in pieces of unannounced length as soon as it is too much', async () => {
    const { socket, answer } = await open();
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const piece = 'a'.repeat(64 * 1024);
    for (let sent = 0; sent < 17; sent += 1) socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    await until(() => answer().includes('\r\n\r\n'));
    expect(answer()).toMatch(/^HTTP\/1\.1 413 /);
    expect(deliveries()).toMatchObject([{ reason: 'too-large', bytes: 0 }]);
  });

  test('in the head of a request is refused too', async () => {
    const { socket, answer, ended } = await open();
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`);
    await ended;
    expect(answer()).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('1 MiB in pieces is taken', async () => {
    const body = Buffer.alloc(1024 * 1024, 'a');
    const stream = new ReadableStream({
      start(controller) {
        for (let from = 0; from < body.length; from += 100_000)
          controller.enqueue(body.subarray(from, from + 100_000));
        controller.close();
      },
    });
    const answer = await fetch(address(), { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
    expect(answer.status).toBe(200);
    expect(deliveries()[0]?.bytes).toBe(body.length);
  });
});

describe('too slow', () => {
  test('a sender that never finishes its body gets 408 after ten seconds, one that never finishes its head after five', {
    timeout: 16_000,
  }, async () => {
    const body = await open();
    const head = await open();
    const from = performance.now();
    body.socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345`);
    head.socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\n`);
    await head.ended;
    expect(head.answer()).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - from).toBeLessThan(8000);
    await body.ended;
    expect(body.answer()).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - from).toBeGreaterThan(9000);
    expect(performance.now() - from).toBeLessThan(13_000);
    expect(deliveries()).toEqual([]);
    expect((await fetch(address())).status).toBe(200);
  });

  test('a connection that says nothing is closed without a word', { timeout: 12_000 }, async () => {
    const { answer, ended } = await open();
    const from = performance.now();
    await ended;
    expect(answer()).toBe('');
    expect(performance.now() - from).toBeLessThan(6000);
  });

  test('a sender that hangs up in the middle leaves nothing and breaks nothing', async () => {
    const { socket } = await open();
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await fetch(address(), { method: 'POST', body: 'x' })).status).toBe(200);
    expect(deliveries()).toHaveLength(1);
    expect(faults).toEqual([]);
  });
});

test('something that is not HTTP is turned away', async () => {
  const { socket, answer, ended } = await open();
  socket.write('SSH-2.0-OpenSSH_9.2\r\n\r\n');
  await ended;
  expect(answer()).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetch(address())).status).toBe(200);
});

test('two requests on one connection that arrive together are answered in order', async () => {
  const { socket, answer } = await open();
  const one = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n`;
  socket.write(`${one}a${one}b`);
  await until(() => answer().match(/"delivery":"D\d+"/g)?.length === 2);
  expect(answer().match(/D\d+/g)).toEqual(['D1', 'D2']);
  expect(deliveries().map(({ verdict }) => verdict)).toEqual(['retry', 'opened']);
});

describe('a store that refuses', () => {
  test('gives 503 with Retry-After on the wire, and 200 again by itself', async () => {
    at.db.pragma(`max_page_count = ${Number(at.db.pragma('page_count', { simple: true }))}`);
    const refused = await fetch(address(), { method: 'POST', body: 'x'.repeat(200_000) });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(deliveries()).toEqual([]);
    at.db.pragma('max_page_count = 1000000');
    const taken = await fetch(address(), { method: 'POST', body: 'x'.repeat(200_000) });
    expect(taken.status).toBe(200);
    expect(deliveries()).toMatchObject([{ verdict: 'opened' }]);
  });
});

describe('the port', () => {
  test('that somebody else has is named in one sentence', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const failure = await startWebhookServer(parts(), port).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ListenError);
    expect(failure).toMatchObject({ code: 'port-taken', message: expect.stringContaining(String(port)) });
    await new Promise((resolve) => other.close(resolve));
  });

  test('is free again after stop, also with connections that were kept open', async () => {
    await fetch(address());
    const { socket } = await open();
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n`);
    const { port } = server;
    const from = performance.now();
    await server.stop();
    expect(performance.now() - from).toBeLessThan(900);
    server = await startWebhookServer(parts(), port);
    expect(server.port).toBe(port);
  });
});
