// Everything that can happen to a secret or a person's name, and then a look into every byte the app has written.
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreJobs } from '../../main/database/store-jobs.ts';
import { senderOf } from '../../main/sources/catalogue.ts';
import type { SourceKind } from '../../shared/alert.ts';
import type { SourceWithAddress } from '../../shared/source.ts';
import { askSocket, callSocket, ChangesStream } from '../fakes/control-client.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { filesIn, type Needle, needleOf, tracesBelow, tracesIn } from '../fakes/traces.ts';

let folder: DataFolder;
beforeEach(() => {
  folder = new DataFolder();
});
afterEach(() => folder.remove());

const kinds: readonly SourceKind[] = ['cloudmonitor', 'clustercontrol', 'universal'];
const person = { name: '欧阳静怡', email: 'jingyi.ouyang+oncall@mail.example', phone: 'Jingyi Q. Ouyang' };
/** A key of another service that a client sends along. */
const foreignKey = 'f0e1d2c3b4a5968778695a4b3c2d1e0f';
const headerSecret = 'Zx81-header-credential';

/** Everything that was said, for the end of the test. */
class Talk {
  readonly needles: Needle[] = [
    needleOf('name', person.name),
    needleOf('e-mail', person.email),
    needleOf('second name', person.phone),
    needleOf('key of another service', foreignKey),
    needleOf('header', headerSecret),
  ];
  /** Answers of the app that may hold no secret. */
  readonly answers: string[] = [];
  readonly output: string[] = [];

  keep({ id, secret }: SourceWithAddress): void {
    this.needles.push(needleOf(`secret of ${id}`, secret));
  }

  /** A secret that is wrong may be the right one of something else. */
  wrong(text: string): string {
    this.needles.push(needleOf(`wrong secret ${this.needles.length}`, text));
    return text;
  }

  /** Every trace of any of it where none may be. */
  traces(dataDir: string): string[] {
    const inTexts = (where: string, texts: readonly string[]): string[] =>
      tracesIn(Buffer.from(texts.join('\n')), this.needles).map((trace) => `${where}: ${trace}`);
    return [
      ...tracesBelow(dataDir, this.needles, ['secrets.json', 'tunnel-secrets.json']),
      ...inTexts('output', this.output),
      ...inTexts('answers', this.answers),
    ];
  }
}

async function send(url: string, init: RequestInit = {}): Promise<number> {
  const answer = await fetch(url, {
    ...init,
    headers: {
      authorization: `Bearer ${headerSecret}`,
      cookie: `session=${headerSecret}`,
      'x-auth-token': headerSecret,
      referer: `http://proxy.example/?key=${headerSecret}`,
      ...init.headers,
    },
  });
  await answer.text();
  return answer.status;
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const form = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body,
});

/** Deliveries of every sender, by path and by token, with the secret where it belongs and beside it. */
async function deliver({ kind, id, secret, localUrl }: SourceWithAddress): Promise<void> {
  const base = localUrl.slice(0, localUrl.lastIndexOf('/'));
  const sender = senderOf(kind);
  for (const state of ['firing', 'recovered'] as const) {
    const sample = sender?.sample({ state, level: 'CRITICAL', at: Date.now() - 60_000, name: `of ${id}` });
    const init = {
      method: 'POST',
      headers: { 'content-type': sample?.contentType ?? '' },
      body: sample?.body ?? '',
    };
    expect(await send(localUrl, init)).toBe(200);
    expect(await send(`${base}?token=${secret}`, init)).toBe(200);
    expect(await send(`${base}?a=1&token=${secret}&b=2`, init)).toBe(200);
    expect(await send(`${base}?%74oken=${secret}&note=kept`, init)).toBe(200);
    expect(await send(`${base}?token=${secret}&token=${secret}`, { ...init, method: 'PUT' })).toBe(200);
    expect(await send(`${localUrl}?token=${secret}`, init)).toBe(200);
  }
  for (const method of ['GET', 'HEAD']) {
    expect(await send(localUrl, { method })).toBe(200);
    expect(await send(`${base}?token=${secret}&x=y`, { method })).toBe(200);
  }
  expect(await send(localUrl, { method: 'POST', body: 'not understood at all' })).toBe(200);
  expect(await send(localUrl, { method: 'POST', body: '' })).toBe(200);
}

/** Doors that stay shut, with the right secret at the wrong place, or a wrong one at the right place. */
async function knock({ id, secret, localUrl }: SourceWithAddress, talk: Talk): Promise<void> {
  const base = localUrl.slice(0, localUrl.lastIndexOf('/'));
  const origin = new URL(localUrl).origin;
  const nearly = talk.wrong(`${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`);
  const other = talk.wrong(randomBytes(16).toString('base64url'));
  const body = 'alertName=x';
  const shut = [
    `${base}/${nearly}`,
    `${base}/${other}`,
    `${base}?token=${nearly}`,
    `${origin}/hooks/cm-nobody/${secret}`,
    `${origin}/hooks/${secret}/${id}`,
    `${localUrl}/more`,
    `${origin}/${secret}`,
    `${base}/${secret}%zz`,
    `${base}/${secret}${'x'.repeat(9000)}`,
    `${origin}/somewhere?token=${secret}`,
  ];
  for (const url of shut) expect(await send(url, { method: 'POST', body })).toBe(404);
  await send(localUrl, { method: 'DELETE' });
  await send(localUrl, { method: 'PATCH', body });
  expect(await send(`${base}?token=${secret}`, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) })).toBe(
    413,
  );
  // What no client library would send.
  const { port } = new URL(localUrl);
  for (const start of [
    `POST ${localUrl} HTTP/1.1\r\nhost: ${secret}\r\ncontent-length: 1\r\n\r\nx`,
    `POST /hooks/${id}/${secret} HTTP/9.9\r\n\r\n`,
    `POST /hooks/${id}/${secret} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
    `POST /hooks/${id}/${secret} HTTP/1.1\r\nhost: x\r\ncontent-length: 50\r\n\r\ncut off`,
    `${secret}\r\n\r\n`,
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(start));
      socket.on('data', () => undefined);
      socket.on('error', () => undefined);
      socket.once('close', () => resolve());
      setTimeout(() => socket.destroy(), 300);
    });
  }
}

const userInfo = {
  aliyunId: person.email,
  userIds: ['1000200030004000'],
  realName: person.name,
  nickName: person.phone,
};
const subscription = {
  severity: 'CRITICAL',
  strategyName: 'all events',
  userInfo,
  subscription: { subscriptionUuid: 'c0ffee' },
  alert: {
    alertStatus: 'TRIGGERED',
    eventName: 'Instance:SystemFailure',
    severity: 'CRITICAL',
    source: 'SYS_EVENT',
  },
};

/** The account's e-mail and names in every wrapping that senders and relays are known to use, and in broken ones. */
async function nameSomebody({ localUrl }: SourceWithAddress): Promise<void> {
  const text = JSON.stringify(subscription);
  const escapedNames = text.replace(
    /\p{Script=Han}/gu,
    (letter) => `\\u${letter.charCodeAt(0).toString(16)}`,
  );
  const inits: RequestInit[] = [
    json(text),
    json(escapedNames),
    json(text.replaceAll('userInfo', 'UserInfo')),
    json(text.replaceAll('userInfo', 'user\\u0049nfo')),
    json({ body: text }),
    json({ data: JSON.stringify({ payload: text }) }),
    json([subscription, subscription]),
    json(text.slice(0, -10)),
    json(`${text}garbage`),
    form(`body=${encodeURIComponent(text)}`),
    form(`data=${encodeURIComponent(escapedNames)}&x=1`),
    form(`payload=${encodeURIComponent(encodeURIComponent(text))}`),
    form(`userInfo=${encodeURIComponent(JSON.stringify(userInfo))}&alertName=a&ruleId=b&alertState=ALERT`),
    form(`alertName=a&userInfo.realName=${encodeURIComponent(person.name)}&userInfo[email]=${person.email}`),
    {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: `userInfo: ${person.name} <${person.email}>`,
    },
    { method: 'POST', headers: { 'content-encoding': 'gzip' }, body: gzipSync(text) },
    { method: 'POST', body: Buffer.from(text, 'utf16le') },
  ];
  for (const init of inits) expect(await send(localUrl, init)).toBe(200);
  const query = `userInfo=${encodeURIComponent(JSON.stringify(userInfo))}`;
  expect(await send(`${localUrl}?${query}`, { method: 'GET' })).toBe(200);
  expect(await send(`${localUrl}?body=${encodeURIComponent(text)}`, { method: 'GET' })).toBe(200);
  expect(await send(`${localUrl}?${query}`, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) })).toBe(413);
}

/** Clients of other services, which carry a key in the body or in the path. */
async function speakOtherDialects({ localUrl, secret }: SourceWithAddress, talk: Talk): Promise<void> {
  const { origin } = new URL(localUrl);
  const event = (key: string) => ({
    routing_key: key,
    event_action: 'trigger',
    dedup_key: 'disk-db-1',
    payload: { summary: 'disk of db-1 is full', source: 'db-1', severity: 'critical' },
  });
  const ilert = (key: string) => ({
    apiKey: key,
    eventType: 'ALERT',
    alertKey: 'a1',
    summary: 'queue is long',
  });
  const wrong = talk.wrong(randomBytes(16).toString('hex'));
  expect(await send(`${origin}/v2/enqueue`, json(event(secret)))).toBe(202);
  expect(await send(`${origin}/v2/enqueue`, json({ ...event(secret), event_action: 'nonsense' }))).toBe(400);
  expect(await send(`${origin}/v2/enqueue`, json(event(wrong)))).toBe(404);
  expect(await send(`${localUrl}/v2/enqueue`, json(event(foreignKey)))).toBe(202);
  expect(
    await send(localUrl, json({ ...event(secret), service_key: foreignKey, integrationKey: foreignKey })),
  ).toBe(202);
  await send(`${origin}/v2/change/enqueue`, json({ routing_key: secret, payload: { summary: 'deployed' } }));
  await send(`${origin}/api/events`, json(ilert(secret)));
  await send(`${origin}/api/v1/events/prometheus/${secret}`, json({ alerts: [] }));
  await send(`${origin}/api/v1/events/prometheus/${wrong}`, json({ alerts: [] }));
  await send(localUrl, json(ilert(foreignKey)));
  await send(localUrl, json(JSON.stringify(event(foreignKey)).slice(0, -20)));
  await send(localUrl, json(JSON.stringify(event(foreignKey)).replace('routing_key', 'routing\\u005fkey')));
  await send(localUrl, form(`routing_key=${foreignKey}&event_action=trigger`));
}

/** Bad calls with a secret in them: the answer goes to who asked, but nothing of it into a log. */
async function callBadly(app: HeadlessApp, secret: string): Promise<void> {
  const socket = app.ready.controlSocket;
  const bad: readonly (readonly [string, string])[] = [
    [`/call/${secret}`, '{}'],
    ['/call/sourceAddress', JSON.stringify({ id: secret })],
    ['/call/getAlert', JSON.stringify({ id: secret })],
    ['/call/listAlerts', JSON.stringify({ search: secret, after: secret })],
    ['/call/listDeliveries', JSON.stringify({ after: secret, search: secret })],
    ['/call/updateSource', JSON.stringify({ id: secret, changes: { name: secret } })],
    ['/call/addSource', JSON.stringify({ kind: secret, name: 'x' })],
    ['/call/updateSettings', JSON.stringify({ changes: { [secret]: secret } })],
    ['/call/health', `{"broken": "${secret}`],
    [`/${secret}`, secret],
  ];
  for (const [path, body] of bad) await askSocket(socket, { path, body }).catch(() => undefined);
  await new Promise<void>((resolve) => {
    const asking = request({
      socketPath: socket,
      path: '/call/health',
      method: secret.slice(0, 4),
      agent: false,
    });
    asking.once('response', (answer) => answer.resume().once('end', () => resolve()));
    asking.once('error', () => resolve());
    asking.end(secret);
  });
}

/** Everything that a view or a script can read, but the three calls that are there to show an address. */
async function readEverything(app: HeadlessApp, talk: Talk): Promise<void> {
  const keep = (answer: unknown): void => void talk.answers.push(JSON.stringify(answer));
  for (const name of ['health', 'listSources', 'getSettings', 'getStorage', 'watch'] as const)
    keep(await app.call(name, {}));
  for (const alert of await app.alerts()) keep(await app.call('getAlert', { id: alert.id }));
  for (const { id } of await app.deliveries()) {
    keep(await app.call('getDelivery', { id }));
    keep(await callSocket(app.ready.controlSocket, 'parseAgain', { id }));
  }
}

/** By plans that call nobody. */
async function giveATunnelItsToken(app: HeadlessApp, talk: Talk): Promise<void> {
  const token = randomBytes(24).toString('base64url');
  talk.needles.push(needleOf('token of a tunnel', token));
  const plan = { kind: 'cloudflared', mode: 'named', publicUrl: null } as const;
  const view = await app.call('setTunnel', { plan, secret: token });
  expect(view.secret).toBe('file');
  talk.answers.push(JSON.stringify(view), JSON.stringify(await app.call('getTunnel', {})));
  talk.answers.push(JSON.stringify(await app.call('diagnostics', {})));
  await askSocket(app.ready.controlSocket, {
    path: '/call/setTunnel',
    body: JSON.stringify({ plan: { kind: token }, secret: token }),
  });
}

async function live(talk: Talk): Promise<void> {
  let app = await folder.start();
  const changes = await ChangesStream.open(app.ready.controlSocket);
  const sources: SourceWithAddress[] = [];
  for (const kind of kinds) sources.push(await app.call('addSource', { kind, name: `A ${kind}` }));
  for (const source of sources) {
    talk.keep(source);
    await deliver(source);
    await knock(source, talk);
    await nameSomebody(source);
    if (source.kind === 'universal') await speakOtherDialects(source, talk);
    await callBadly(app, source.secret);
    talk.answers.push(JSON.stringify(await app.call('sendTestAlert', { sourceId: source.id })));

    const once = await app.call('rotateSecret', { id: source.id });
    talk.keep(once);
    expect(await send(source.localUrl, { method: 'POST', body: 'by the old address' })).toBe(200);
    const twice = await app.call('rotateSecret', { id: source.id });
    talk.keep(twice);
    expect(await send(source.localUrl, { method: 'POST', body: 'by the first address' })).toBe(404);
    await deliver(twice);
  }
  await giveATunnelItsToken(app, talk);
  const [alert] = await app.alerts();
  if (alert !== undefined) {
    await app.call('addNote', { id: alert.id, text: 'a note' });
    await app.call('acknowledgeAlerts', { ids: [alert.id], note: 'seen' }).catch(() => undefined);
  }
  await readEverything(app, talk);
  talk.answers.push(JSON.stringify(changes.events));
  changes.close();

  await new StoreJobs().run({ kind: 'backup', dataDir: folder.path, at: Date.now() });
  const second = await folder.startInVain();
  expect(second.code).toBe(1);
  talk.output.push(second.stdout, second.stderr);

  const killed = await app.end('SIGKILL');
  talk.output.push(killed.stdout, killed.stderr);
  expect(talk.traces(folder.path)).toEqual([]);

  app = await folder.start();
  await app.call('removeSource', { id: sources[0]?.id ?? '' });
  await readEverything(app, talk);
  const ended = await app.end('SIGTERM');
  talk.output.push(ended.stdout, ended.stderr);
}

describe('secrets and names', () => {
  test('are in no file but secrets.json and tunnel-secrets.json, in no output and in no answer that is not about the address', async () => {
    const talk = new Talk();
    await live(talk);
    expect(talk.traces(folder.path)).toEqual([]);
    // All of it has really been written, and the secrets are where they belong.
    const files = filesIn(folder.path);
    expect(files).toContain('tocsin.db');
    expect(files.filter((name) => name.startsWith('backups/'))).not.toEqual([]);
    const kept = needleOf('what was sent', 'by the old address');
    expect(tracesBelow(folder.path, [kept], [])).not.toEqual([]);
    const traces = tracesBelow(folder.path, talk.needles, []);
    const inTunnelFile = traces.filter((trace) => trace.startsWith('tunnel-secrets.json:'));
    expect(inTunnelFile.filter((trace) => !trace.includes('token of a tunnel'))).toEqual([]);
    const inSourceFile = traces.filter((trace) => trace.startsWith('secrets.json:'));
    expect(inSourceFile.filter((trace) => !trace.includes('secret of'))).toEqual([]);
    expect(traces).toHaveLength(inTunnelFile.length + inSourceFile.length);
    expect(Math.min(inTunnelFile.length, inSourceFile.length)).toBeGreaterThan(0);
  });

  test.each([
    ['plain', (text: string) => `x${text}y`],
    ['in capitals', (text: string) => text.toUpperCase()],
    ['for a form', (text: string) => new URLSearchParams({ a: text }).toString()],
    ['in JSON', (text: string) => JSON.stringify({ a: text })],
    ['in JSON in JSON', (text: string) => JSON.stringify(JSON.stringify({ a: text }))],
    ['hexadecimal', (text: string) => Buffer.from(text).toString('hex')],
    ['base64 after something', (text: string) => Buffer.from(`12${text}34`).toString('base64')],
    ['base64url after something else', (text: string) => Buffer.from(`1${text}`).toString('base64url')],
    ['UTF-16', (text: string) => Buffer.from(text, 'utf16le')],
  ])('would be found %s', (_, dress) => {
    for (const text of [person.name, person.email, randomBytes(16).toString('base64url')]) {
      const worn = dress(text);
      const bytes = typeof worn === 'string' ? Buffer.from(worn) : worn;
      expect(
        tracesIn(Buffer.concat([randomBytes(50), bytes, randomBytes(50)]), [needleOf('it', text)]),
      ).not.toEqual([]);
    }
  });
});
