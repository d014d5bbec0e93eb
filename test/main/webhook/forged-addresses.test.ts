// Somebody outside writes whatever headers they like; what a tunnel does with them decides what we read. Real requests over
// real sockets, because Node joins and drops repeated headers by rules of its own.
import { createServer, request as forward, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Submission } from '../../../main/alerts/ingest.ts';
import { senderOf } from '../../../main/sources/catalogue.ts';
import { headerOf, unreadableAddress } from '../../../main/webhook/sender-address.ts';
import { startWebhookServer, type WebhookServer } from '../../../main/webhook/server.ts';
import type { ForwardedHeader } from '../../../shared/settings.ts';
import type { TunnelKind } from '../../../shared/tunnel.ts';
import { origin } from '../../fakes/ledger.ts';

/** Where the sender really is, as the far end of the tunnel sees it. */
const real = '198.51.100.20';
const lie = '203.0.113.66';

/** What a far end does to the headers, name and value after each other. */
type FarEnd = (headers: readonly string[]) => readonly string[];
const without = (headers: readonly string[], name: string): string[] =>
  headers.flatMap((text, at) =>
    at % 2 === 0 && text.toLowerCase() !== name ? [text, headers[at + 1] ?? ''] : [],
  );
const valuesOf = (headers: readonly string[], name: string): string[] =>
  headers.flatMap((text, at) => (at % 2 === 0 && text.toLowerCase() === name ? [headers[at + 1] ?? ''] : []));

/** Adds the sender behind what is there, in the same header, as ngrok documents it. */
const appends: FarEnd = (headers) => [
  ...without(headers, 'x-forwarded-for'),
  'X-Forwarded-For',
  [...valuesOf(headers, 'x-forwarded-for'), real].join(', '),
];
/** The same in a header of its own. */
const adds: FarEnd = (headers) => [...headers, 'X-Forwarded-For', real];
/** Cloudflare's edge: its own header replaces any other of that name, `X-Forwarded-For` is appended to. */
const replaces: FarEnd = (headers) => [
  ...without(appends(headers), 'cf-connecting-ip'),
  'Cf-Connecting-Ip',
  real,
];
/** A tunnel that knows nothing of HTTP, such as ssh. */
const passes: FarEnd = (headers) => headers;

let server: WebhookServer;
let proxy: Server;
let farEnd: FarEnd;
let trusted: ForwardedHeader;
let submitted: Submission[];
/** What the source's list was asked about. */
let judged: (string | null)[];

beforeAll(async () => {
  const sender = senderOf('universal');
  if (sender === null) throw new Error('no such sender');
  server = await startWebhookServer(
    {
      ingest: {
        submit: async (submission) => {
          submitted.push(submission);
          return { id: 'D1', verdict: 'ignored', reason: '', alertIds: [] };
        },
      },
      admit: (id) => ({
        id,
        paused: false,
        origin,
        sender,
        secret: 'current',
        judge: (address) => {
          judged.push(address);
          return 'fine';
        },
      }),
      admitByKey: () => null,
      probes: { use: () => null },
      forwardedHeader: () => trusted,
      onOldSecret: () => undefined,
      now: () => 0,
      onStored: () => undefined,
      onFault: (error) => {
        throw error;
      },
    },
    0,
  );
  proxy = createServer((asked, answer) => {
    const inside = forward(
      {
        port: server.port,
        host: '127.0.0.1',
        method: asked.method,
        path: asked.url,
        headers: farEnd(asked.rawHeaders),
      },
      (heard) => {
        answer.writeHead(heard.statusCode ?? 502);
        heard.pipe(answer);
      },
    );
    asked.pipe(inside);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await server.stop();
});
beforeEach(() => {
  submitted = [];
  judged = [];
});

/** One request from outside with these header lines; answers with the address that is written beside the delivery. */
async function call(kind: TunnelKind, end: FarEnd, lines: readonly string[]): Promise<string | undefined> {
  farEnd = end;
  trusted = headerOf(kind, 'none');
  const socket = connect((proxy.address() as AddressInfo).port, '127.0.0.1');
  const head = [
    'POST /hooks/un-test/secret HTTP/1.1',
    'Host: tocsin.example',
    'Connection: close',
    'Content-Length: 2',
  ];
  socket.write(`${[...head, ...lines].join('\r\n')}\r\n\r\n{}`);
  let reply = '';
  for await (const part of socket) reply += String(part);
  expect(reply).toMatch(/^HTTP\/1\.1 200 /);
  return submitted.at(-1)?.raw.remoteAddress;
}

const forgeries: readonly (readonly [string, readonly string[]])[] = [
  ['nothing', []],
  ['an address', [`X-Forwarded-For: ${lie}`]],
  ['a chain that ends as ours would', [`X-Forwarded-For: ${lie}, 127.0.0.1`]],
  ['two headers', [`X-Forwarded-For: ${lie}`, `x-forwarded-for: 127.0.0.1`]],
  ['a comma at the end', [`X-Forwarded-For: ${lie},`]],
  [
    'the headers of every other tunnel',
    [`CF-Connecting-IP: ${lie}`, `X-Real-IP: ${lie}`, `Forwarded: for=${lie}`],
  ],
  ['the other headers and the right one', [`CF-Connecting-IP: ${lie}`, `X-Forwarded-For: ${lie}`]],
  ['the same header twice', [`CF-Connecting-IP: ${lie}`, `cf-connecting-ip: ${lie}`]],
  ['IPv6', ['X-Forwarded-For: 2001:db8::66', 'CF-Connecting-IP: ::1']],
  ['junk', ['X-Forwarded-For: "><script>', 'CF-Connecting-IP: \t;']],
];

describe.each(forgeries)('a sender outside that claims %s', (_what, lines) => {
  test('is known by its real address behind ngrok', async () => {
    await expect(call('ngrok', appends, lines)).resolves.toBe(real);
    expect(judged).toEqual([real]);
  });

  test('is known by its real address behind a far end that adds a second header', async () => {
    await expect(call('ngrok', adds, lines)).resolves.toBe(real);
    expect(judged).toEqual([real]);
  });

  test('is known by its real address behind Cloudflare', async () => {
    await expect(call('cloudflared', replaces, lines)).resolves.toBe(real);
    expect(judged).toEqual([real]);
  });

  test('is known by none behind ssh, which says nothing of its callers', async () => {
    await expect(call('ssh', passes, lines)).resolves.toBe('127.0.0.1');
    expect(judged).toEqual([null]);
  });
});

test('a second value where there must be one is nobody: on no list, not this computer', async () => {
  await expect(call('cloudflared', passes, [`CF-Connecting-IP: ${lie}, ${real}`])).resolves.toBe(
    unreadableAddress,
  );
  await expect(
    call('cloudflared', passes, [`CF-Connecting-IP: ${lie}`, `CF-Connecting-IP: ${real}`]),
  ).resolves.toBe(unreadableAddress);
});

test('an IPv6 sender is known by its address', async () => {
  await expect(call('cloudflared', passes, ['CF-Connecting-IP: 2001:DB8::7'])).resolves.toBe('2001:db8::7');
  await expect(call('ngrok', passes, ['X-Forwarded-For: 1.2.3.4, 2001:DB8::7'])).resolves.toBe('2001:db8::7');
});
