import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ControlSocket,
  controlSocketPath,
  isSocketPathShortEnough,
  startControlSocket,
} from '../../../main/control/control-socket.ts';
import { BridgeFailure, type BridgeHandlers } from '../../../main/window/bridge-call.ts';
import type { AlertChange } from '../../../shared/alert.ts';
import type { Push, Snapshot } from '../../../shared/bridge.ts';
import { defaultSettings } from '../../../shared/settings.ts';
import { askSocket, callSocket, ChangesStream } from '../../fakes/control-client.ts';
import { sampleAlert, sampleChange } from '../../fakes/sample-alert.ts';
import { until } from '../../fakes/until.ts';

let folder: string;
let socket: ControlSocket;
let crashes: unknown[];
let revision: number;
const listeners = new Set<(push: Push) => void>();

const health: Snapshot['health'] = {
  version: '1',
  hearing: { state: 'hearing', causes: [] },
  listener: { port: 1 },
  tunnel: null,
  onCall: null,
  counts: { open: { critical: 0, medium: 0, low: 0 }, acknowledged: 0, snoozed: 0 },
  notifications: { state: 'none', error: null, since: null },
  quiet: null,
  revision: 0,
  notices: [],
};

/** Only what these tests ask. */
const handlers = {
  health: () => ({ ...health, revision }),
  getSettings: () => {
    throw new Error('a secret detail');
  },
  getAlert: () => {
    throw new BridgeFailure('unknown-alert', 'There is no alert A1.');
  },
  watch: (): Snapshot => ({
    revision,
    alerts: [sampleAlert()],
    health,
    sources: [],
    settings: defaultSettings,
  }),
} as unknown as BridgeHandlers;

const start = (): Promise<ControlSocket> =>
  startControlSocket({
    dataDir: folder,
    handlers,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onCrash: (error) => crashes.push(error),
  });

function change(): AlertChange {
  revision += 1;
  return sampleChange('repeated', sampleAlert(), { revision });
}

function tell(push: Push): void {
  for (const listener of listeners) listener(push);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toc-'));
  crashes = [];
  revision = 7;
  listeners.clear();
  socket = await start();
});
afterEach(async () => {
  await socket.stop();
  rmSync(folder, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('the socket', () => {
  test('is for its owner only, whatever the mask', async () => {
    await socket.stop();
    const mask = process.umask(0);
    try {
      socket = await start();
      expect((statSync(socket.path).mode & 0o777).toString(8)).toBe('600');
      expect(process.umask()).toBe(0);
    } finally {
      process.umask(mask);
    }
  });

  test('takes the place of one that a crash left behind', async () => {
    await socket.stop();
    writeFileSync(controlSocketPath(folder), '');
    socket = await start();
    expect((await callSocket(socket.path, 'health')).status).toBe(200);
  });

  test('is gone after stop, and stop does not wait for those who watch', async () => {
    const stream = await ChangesStream.open(socket.path);
    await socket.stop();
    expect(existsSync(socket.path)).toBe(false);
    await until(() => stream.closed);
    socket = await start();
  });

  test('has a path that the operating system takes, or the folder is refused beforehand', async () => {
    const long = join(folder, 'x'.repeat(106 - join(folder, 'control.sock').length));
    expect(isSocketPathShortEnough(long)).toBe(true);
    expect(isSocketPathShortEnough(`${long}x`)).toBe(false);
    // Two bytes a letter.
    expect(isSocketPathShortEnough(join(folder, 'é'.repeat(45)))).toBe(false);
    const server = createServer();
    const { mkdirSync } = await import('node:fs');
    mkdirSync(long);
    await new Promise<void>((resolve) => server.listen(controlSocketPath(long), resolve));
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a call', () => {
  test('is answered with its result', async () => {
    expect(await callSocket(socket.path, 'health')).toEqual({
      status: 200,
      reply: { ok: true, result: { ...health, revision: 7 } },
    });
  });

  test('without a body has no argument', async () => {
    expect((await askSocket(socket.path, { path: '/call/health' })).status).toBe(200);
  });

  const refusals: [string, Parameters<typeof askSocket>[1], number, string][] = [
    ['nobody knows', { path: '/call/explode' }, 404, 'unknown-call'],
    ['is the name of something every object has', { path: '/call/constructor' }, 404, 'unknown-call'],
    ['is at another address', { path: '/calls/health' }, 404, 'unknown-address'],
    ['has a name with other letters', { path: '/call/he%61lth' }, 404, 'unknown-address'],
    ['comes by GET', { path: '/call/health', method: 'GET' }, 404, 'unknown-address'],
    ['is a POST to the changes', { path: '/changes' }, 404, 'unknown-address'],
    ['is not JSON', { path: '/call/health', body: '{' }, 400, 'bad-argument'],
    ['has an argument that is no object', { path: '/call/health', body: '[]' }, 400, 'bad-argument'],
    ['has nothing for an argument', { path: '/call/health', body: 'null' }, 400, 'bad-argument'],
    ['has an argument too many', { path: '/call/health', body: '{"x":1}' }, 400, 'bad-argument'],
    ['has an argument too few', { path: '/call/getAlert', body: '{}' }, 400, 'bad-argument'],
    ['is refused by its handler', { path: '/call/getAlert', body: '{"id":"A1"}' }, 400, 'unknown-alert'],
    ['is over 1 MiB', { path: '/call/health', body: `{"x":"${'x'.repeat(1024 * 1024)}"}` }, 413, 'too-large'],
    ['breaks its handler', { path: '/call/getSettings' }, 500, 'internal'],
  ];

  test.each(refusals)('that %s is refused with its code', async (_what, request, status, code) => {
    const answer = await askSocket(socket.path, request);
    expect(answer.status).toBe(status);
    expect(answer.reply).toMatchObject({
      ok: false,
      error: { code, message: expect.stringMatching(/^[A-Z`].+\.$/) },
    });
    expect(crashes).toHaveLength(code === 'internal' ? 1 : 0);
  });

  test('that breaks its handler tells the caller nothing of the inside', async () => {
    expect(JSON.stringify(await callSocket(socket.path, 'getSettings'))).not.toContain('secret detail');
  });
});

describe('the stream of changes', () => {
  const revisions = (stream: ChangesStream): number[] =>
    stream.events.filter(({ event }) => event === 'change').map(({ data }) => (data as AlertChange).revision);

  test('begins with the snapshot, then tells every change once, in order, without a gap, while a burst comes in', async () => {
    const bursting = new AbortController();
    // Bursts before, while and after the stream is opened.
    const burst = async (): Promise<void> => {
      while (!bursting.signal.aborted) {
        tell({ type: 'changes', changes: [change(), change(), change()] });
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const coming = burst();
    const stream = await ChangesStream.open(socket.path);
    await until(() => revisions(stream).length > 300);
    bursting.abort();
    await coming;
    await until(() => revisions(stream).at(-1) === revision);
    expect(stream.events[0]?.event).toBe('snapshot');
    const from = (stream.events[0]?.data as Snapshot | undefined)?.revision ?? 0;
    const told = revisions(stream);
    expect(told).toEqual(Array.from({ length: revision - from }, (_, index) => from + 1 + index));
    expect(stream.events.filter(({ event }) => event === 'change').map(({ id }) => Number(id))).toEqual(told);
    stream.close();
  });

  test('never tells again what the snapshot already holds', async () => {
    const old = sampleChange('repeated', sampleAlert(), { revision: 7 });
    const stream = await ChangesStream.open(socket.path);
    tell({ type: 'changes', changes: [old, change()] });
    await until(() => stream.events.length === 2);
    expect(revisions(stream)).toEqual([8]);
    stream.close();
  });

  test('also tells of health, sources, settings and timelines', async () => {
    const stream = await ChangesStream.open(socket.path);
    tell({ type: 'health', health });
    tell({ type: 'sources', sources: [] });
    tell({ type: 'settings', settings: defaultSettings });
    tell({ type: 'timeline', alertIds: ['A1'] });
    await until(() => stream.events.length === 5);
    expect(stream.events.map(({ event }) => event)).toEqual([
      'snapshot',
      'health',
      'sources',
      'settings',
      'timeline',
    ]);
    stream.close();
  });

  test('a text with line breaks stays one event', async () => {
    const stream = await ChangesStream.open(socket.path);
    tell({
      type: 'changes',
      changes: [{ ...change(), alert: sampleAlert({ text: 'one\n\nevent: fake\ndata: {}\r\n\r\ntwo' }) }],
    });
    await until(() => stream.events.length === 2);
    expect((stream.events[1]?.data as AlertChange | undefined)?.alert.text).toContain('two');
    stream.close();
  });

  test('whoever hangs up is forgotten', async () => {
    const stream = await ChangesStream.open(socket.path);
    expect(listeners.size).toBe(1);
    stream.close();
    await until(() => listeners.size === 0);
    tell({ type: 'changes', changes: [change()] });
    expect(crashes).toEqual([]);
  });

  test('whoever does not read is dropped, and others go on', { timeout: 15_000 }, async () => {
    const lazy = await ChangesStream.open(socket.path, { reading: false });
    const diligent = await ChangesStream.open(socket.path);
    const text = 'x'.repeat(100_000);
    for (let sent = 0; sent < 400 && listeners.size === 2; sent += 1) {
      tell({ type: 'changes', changes: [{ ...change(), alert: sampleAlert({ text }) }] });
      await until(() => revisions(diligent).at(-1) === revision);
    }
    expect(listeners.size).toBe(1);
    // At most 16 MB were kept for it, and what the system's own buffers hold.
    expect((revision - 7) * text.length).toBeLessThan(24_000_000);
    lazy.drain();
    await until(() => lazy.closed);
    tell({ type: 'changes', changes: [change()] });
    await until(() => revisions(diligent).at(-1) === revision);
    expect(crashes).toEqual([]);
    diligent.close();
  });
});
