import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callback, TestApp } from '../../fakes/test-app.ts';

let app: TestApp;
let other: Server | null = null;
beforeEach(async () => {
  app = await TestApp.start();
});
afterEach(async () => {
  await app.close();
  other?.close();
  other = null;
});

/** A port that somebody has, and, once that one has gone, a free one. */
async function takePort(): Promise<number> {
  const server = createServer();
  other = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  return address.port;
}

test('a new port is listened on at once, the old one is closed, and addresses name the new one', async () => {
  const source = await app.addSource();
  const port = await takePort();
  await new Promise((resolve) => other?.close(resolve));
  await app.call('updateSettings', { changes: { port } });
  expect((await app.call('health', {})).listener.port).toBe(port);
  const moved = await app.call('sourceAddress', { id: source.id });
  expect(new URL(moved.localUrl).port).toBe(String(port));
  expect((await fetch(moved.localUrl, callback({ name: 'after the move' }))).status).toBe(200);
  await expect(fetch(source.localUrl, callback({ name: 'to the old one' }))).rejects.toThrow('fetch failed');
});

test('a taken port is refused with its reason; setting and listener stay as they were', async () => {
  const source = await app.addSource();
  const port = await takePort();
  await expect(app.call('updateSettings', { changes: { port, theme: 'dark' } })).rejects.toThrow(
    `port-taken: Port ${port} on 127.0.0.1 is already in use`,
  );
  expect(await app.call('getSettings', {})).toMatchObject({ port: 9797, theme: 'system' });
  expect((await fetch(source.localUrl, callback({ name: 'still heard' }))).status).toBe(200);
});

test('a test alert that was sent before the move is taken back at the new port', async () => {
  await app.addSource();
  await app.call('sendTestAlert', {});
  const port = await takePort();
  await new Promise((resolve) => other?.close(resolve));
  await app.call('updateSettings', { changes: { port } });
  await app.call('endTestAlerts', {});
  expect((await app.call('listAlerts', {})).alerts).toEqual([]);
});
