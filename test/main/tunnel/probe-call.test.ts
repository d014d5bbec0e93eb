// Our own call against real sockets: what a far end can do to it.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callOurselves, type ProbeCallParts } from '../../../main/tunnel/probe-call.ts';
import { TlsFront } from '../../fakes/tls-front.ts';

let listener: Server;
let port: number;
let listenerAnswers: boolean;
let issued: number;
let asked: { url: string; headers: NodeJS.Dict<string | string[]> }[];
const opened: { close: () => unknown }[] = [];
const sockets = new Set<Socket>();

/** Ours: answers `/p/<n>` with the echo of the nth token. */
const ours: RequestListener = (request, reply) => {
  asked.push({ url: request.url ?? '', headers: request.headers });
  if (!listenerAnswers) return void request.socket.destroy();
  reply.end(`echo-${request.url?.split('/').at(-1) ?? ''}`);
};

async function open(server: Server | TcpServer): Promise<number> {
  server.on('connection', (socket: Socket) => sockets.add(socket));
  opened.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Somebody at the public address. */
const far = async (answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await open(createServer(answer))}`;

beforeEach(async () => {
  listenerAnswers = true;
  issued = 0;
  asked = [];
  listener = createServer(ours);
  port = await open(listener);
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const one of opened.splice(0)) one.close();
});

const parts = (more: Partial<ProbeCallParts> = {}): ProbeCallParts => ({
  issue: () => {
    issued += 1;
    return { path: `/p/${issued}`, echo: `echo-${issued}` };
  },
  localPort: () => port,
  hasNetwork: () => true,
  version: '1.2.3',
  elapsed: () => performance.now(),
  ...more,
});
const finding = async (publicUrl: string, more: Partial<ProbeCallParts> = {}) => {
  const { finding: found, certain, detail } = await callOurselves(parts(more), publicUrl);
  return { finding: found, certain, detail };
};

test('a call that comes home proves the way, with how long it took', async () => {
  const outcome = await callOurselves(parts(), `http://127.0.0.1:${port}/behind/a/path`);
  expect(outcome).toMatchObject({ finding: 'reached', detail: null });
  expect(outcome.roundTripMs).toBeGreaterThan(0);
  expect(asked.map(({ url }) => url)).toEqual(['/behind/a/path/p/1']);
  expect(asked[0]?.headers).toMatchObject({
    'user-agent': 'Tocsin/1.2.3 probe',
    'ngrok-skip-browser-warning': '1',
    connection: 'close',
  });
});

test("somebody else's page is a wrong answer, and certain", async () => {
  const page = await far((_request, reply) => reply.end('<h1>Welcome</h1>'));
  expect(await finding(page)).toEqual({ finding: 'wrong-answer', certain: true, detail: 'HTTP 200 OK' });
});

test('a page that says the address back does not pass', async () => {
  const mirror = await far((request, reply) => reply.end(request.url));
  expect(await finding(mirror)).toMatchObject({ finding: 'wrong-answer', certain: true });
});

test('a redirect is not followed, not even to ourselves', async () => {
  const elsewhere = await far((request, reply) =>
    reply.writeHead(302, { location: `http://127.0.0.1:${port}${request.url ?? ''}` }).end(),
  );
  expect(await finding(elsewhere)).toEqual({
    finding: 'wrong-answer',
    certain: true,
    detail: 'HTTP 302 Found',
  });
  // The second call is the one to the listener itself.
  expect(asked.map(({ url }) => url)).toEqual(['/p/2']);
});

test.each([404, 502, 503])(
  'a refusal of %i may be a tunnel that is between two connections',
  async (status) => {
    const gate = await far((_request, reply) => reply.writeHead(status).end());
    expect(await finding(gate)).toMatchObject({ finding: 'wrong-answer', certain: false });
  },
);

test('the right echo under a wrong status is not ours', async () => {
  const odd = await far((request, reply) =>
    reply.writeHead(203).end(`echo-${request.url?.split('/').at(-1) ?? ''}`),
  );
  expect(await finding(odd)).toMatchObject({ finding: 'wrong-answer' });
});

test('a page without an end is left after a few kilobytes', async () => {
  let sent = 0;
  const endless = await far((_request, reply) => {
    const more = (): void => {
      sent += 1024;
      reply.write('x'.repeat(1024), () => {
        if (!reply.destroyed) setImmediate(more);
      });
    };
    more();
  });
  expect(await finding(endless)).toMatchObject({ finding: 'wrong-answer', certain: true });
  expect(sent).toBeLessThan(5_000_000);
});

test('nobody listening there, or cut off before the answer, is refused', async () => {
  const gone = await far(() => undefined);
  opened.pop()?.close();
  expect(await finding(gone)).toMatchObject({ finding: 'refused', certain: false });
  const cutting = await far((request) => request.socket.destroy());
  expect(await finding(cutting)).toMatchObject({ finding: 'refused' });
  const half = await far((request, reply) => {
    reply.writeHead(200, { 'content-length': '500' }).write('echo-');
    setTimeout(() => request.socket.destroy(), 10);
  });
  expect(await finding(half)).toMatchObject({ finding: 'refused' });
});

test('what is not HTTP is a wrong answer', async () => {
  const ssh = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
  expect(await finding(`http://127.0.0.1:${await open(ssh)}`)).toMatchObject({ finding: 'wrong-answer' });
});

test('silence, and an answer letter by letter, are a timeout after ten seconds', {
  timeout: 15_000,
}, async () => {
  const silent = await far(() => undefined);
  const slow = await far((_request, reply) => {
    const drip = setInterval(() => reply.write('x'), 200);
    reply.on('close', () => clearInterval(drip));
  });
  const began = performance.now();
  const timeout = { finding: 'timeout', certain: false };
  expect(await Promise.all([finding(silent), finding(slow)])).toMatchObject([timeout, timeout]);
  expect(performance.now() - began).toBeGreaterThan(9500);
  expect(performance.now() - began).toBeLessThan(11_500);
  // The listener was asked as well, to tell which side it is.
  expect(asked).toHaveLength(2);
});

test('who wants to speak another protocol is a wrong answer', async () => {
  const socket = createTcpServer((one) =>
    one.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
  );
  expect(await finding(`http://127.0.0.1:${await open(socket)}`)).toEqual({
    finding: 'wrong-answer',
    certain: true,
    detail: 'HTTP 101 Switching Protocols',
  });
});

test('a name that DNS does not know', async () => {
  expect(await finding('http://nobody.invalid')).toMatchObject({ finding: 'name-unknown', certain: false });
});

test('what is no address at all breaks nothing', async () => {
  expect(await finding('https://[oh')).toMatchObject({ finding: 'name-unknown' });
});

test('a certificate that is not trusted', async () => {
  const front = await TlsFront.start(`http://127.0.0.1:${port}`);
  opened.push({ close: () => front.stop() });
  expect(await finding(`https://${front.host}`)).toMatchObject({ finding: 'certificate' });
});

test('when the listener is silent too, it is the listener', async () => {
  listenerAnswers = false;
  expect(await finding(`http://127.0.0.1:${port}`)).toMatchObject({
    finding: 'listener-silent',
    certain: true,
  });
});

test('without a network it is the network, but not when somebody did answer', async () => {
  const hasNetwork = (): boolean => false;
  expect(await finding('http://nobody.invalid', { hasNetwork })).toMatchObject({
    finding: 'no-network',
    certain: true,
  });
  const page = await far((_request, reply) => reply.end('hello'));
  expect(await finding(page, { hasNetwork })).toMatchObject({ finding: 'wrong-answer' });
});

test('no token is ever in what is said about a miss', async () => {
  const secret = { path: '/hooks/.probe/0123456789abcdef', echo: 'fedcba' };
  const gone = await far((request) => request.socket.destroy());
  for (const url of [gone, 'http://nobody.invalid', 'https://127.0.0.1:1']) {
    const outcome = await callOurselves(parts({ issue: () => secret }), url);
    expect(JSON.stringify(outcome)).not.toContain('0123456789abcdef');
  }
});
