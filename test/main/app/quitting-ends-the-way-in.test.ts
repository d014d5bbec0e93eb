import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CloudflaredStandIn } from '../../fakes/cloudflared-stand-in.ts';
import { TestApp } from '../../fakes/test-app.ts';
import { until } from '../../fakes/until.ts';

let farEnd: CloudflaredStandIn;
let app: TestApp;
const searchPath = process.env['PATH'];
beforeEach(async () => {
  farEnd = new CloudflaredStandIn();
  process.env['PATH'] = `${path.dirname(farEnd.program)}${path.delimiter}${searchPath ?? ''}`;
  app = await TestApp.start();
});
afterEach(async () => {
  await app.close();
  farEnd.remove();
  process.env['PATH'] = searchPath;
});

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A sender that stops in the middle of its words: the listener waits for it while it closes. */
async function stall(url: string): Promise<Socket> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf`);
  return socket;
}

test('the program of the tunnel is gone before the listener has said its last words', async () => {
  const { localUrl } = await app.addSource();
  await app.call('setTunnel', { plan: { kind: 'cloudflared', mode: 'quick', publicUrl: null } });
  await until(async () => (await app.call('health', {})).tunnel?.state === 'up');
  const { pid } = farEnd.seen;
  const sender = await stall(localUrl);
  // What has come in is read.
  await app.call('health', {});
  let livesAtTheEnd: boolean | null = null;
  sender.once('close', () => {
    livesAtTheEnd = lives(pid);
  });
  await app.app.stop();
  await until(() => livesAtTheEnd !== null);
  expect(livesAtTheEnd).toBe(false);
});
