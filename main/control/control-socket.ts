// The second door: the same handlers over a socket that only this user can open. Never TCP, never through a tunnel.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Push, Snapshot } from '../../shared/bridge.ts';
import { type BridgeHandlers, callBridge } from '../window/bridge-call.ts';

export interface ControlParts {
  readonly dataDir: string;
  readonly handlers: BridgeHandlers;
  /** Returns the remover. */
  readonly subscribe: (listener: (push: Push) => void) => () => void;
  readonly onCrash: (error: unknown) => void;
}

export interface ControlSocket {
  readonly path: string;
  readonly stop: () => Promise<void>;
}

const mostArgumentBytes = 1024 * 1024;
/** A listener that does not read is let go, so that it cannot make us keep everything for it. */
const mostUnreadBytes = 16 * 1024 * 1024;
/** The operating system's limit for a socket path (sun_path), less the closing zero. */
const longestSocketPath = process.platform === 'darwin' ? 103 : 107;

/** Where the socket of a data folder is. */
export function controlSocketPath(dataDir: string): string {
  if (process.platform !== 'win32') return join(dataDir, 'control.sock');
  return `\\\\.\\pipe\\tocsin-${dataDir.replaceAll(/[\\/:]/g, '-')}`;
}

/** True when the operating system can open a socket there. */
export function isSocketPathShortEnough(dataDir: string): boolean {
  return process.platform === 'win32' || Buffer.byteLength(controlSocketPath(dataDir)) <= longestSocketPath;
}

/** The caller holds the instance lock, so a socket file that is there is left over from a crash. */
export async function startControlSocket(parts: ControlParts): Promise<ControlSocket> {
  const path = controlSocketPath(parts.dataDir);
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const server = createServer((request, response) => {
    handle(parts, request, response).catch((error: unknown) => {
      parts.onCrash(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The socket is created inside listen(), so this mask decides who may open it from its first moment on.
    const mask = process.umask(0o177);
    server.listen(path, () => resolve());
    process.umask(mask);
  });
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return {
    path,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handle(
  parts: ControlParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = request.url ?? '';
  if (request.method === 'GET' && url === '/changes') {
    await stream(parts, response);
    return;
  }
  const name = /^\/call\/([A-Za-z]{1,60})$/.exec(url)?.[1];
  if (request.method !== 'POST' || name === undefined) {
    reply(response, 404, {
      ok: false,
      error: { code: 'unknown-address', message: 'POST /call/<name> or GET /changes.' },
    });
    return;
  }
  const body = await readBody(request);
  if (body === null) {
    reply(response, 413, { ok: false, error: { code: 'too-large', message: 'The argument is over 1 MiB.' } });
    return;
  }
  let argument: unknown = {};
  try {
    if (body !== '') argument = JSON.parse(body);
  } catch {
    reply(response, 400, {
      ok: false,
      error: { code: 'bad-argument', message: 'The argument is not JSON.' },
    });
    return;
  }
  const result = await callBridge(parts.handlers, name, argument, parts.onCrash);
  reply(response, result.ok ? 200 : statusOf(result.error.code), result);
}

function statusOf(code: string): number {
  if (code === 'unknown-call') return 404;
  return code === 'internal' ? 500 : 400;
}

async function stream(parts: ControlParts, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const waiting: Push[] = [];
  let revision: number | null = null;
  const send = (push: Push): void => {
    if (revision === null) {
      waiting.push(push);
      return;
    }
    for (const text of eventsOf(push, revision)) response.write(text);
    if (response.writableLength > mostUnreadBytes) response.destroy();
  };
  // Subscribed before the snapshot is taken; the revision drops what the snapshot already holds.
  const unsubscribe = parts.subscribe(send);
  response.once('close', unsubscribe);
  const snapshot: Snapshot = await parts.handlers.watch({});
  response.write(`event: snapshot\ndata: ${JSON.stringify(snapshot)}\n\n`);
  revision = snapshot.revision;
  for (const push of waiting) send(push);
}

function eventsOf(push: Push, revision: number): string[] {
  if (push.type !== 'changes') return [`event: ${push.type}\ndata: ${JSON.stringify(push)}\n\n`];
  return push.changes
    .filter((change) => change.revision > revision)
    .map((change) => `event: change\nid: ${change.revision}\ndata: ${JSON.stringify(change)}\n\n`);
}

function readBody(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes <= mostArgumentBytes) chunks.push(chunk);
    });
    request.on('end', () =>
      resolve(bytes > mostArgumentBytes ? null : Buffer.concat(chunks).toString('utf8')),
    );
    request.on('error', reject);
  });
}

function reply(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
