import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BridgeArgument, BridgeResult } from '../../shared/bridge.ts';
import type { BridgeCallName } from '../../shared/bridge-names.ts';
import { callSocket } from '../fakes/control-client.ts';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

const release = path.join(import.meta.dirname, '..', '..', 'release');
/** What `npm run package` leaves to start, by operating system. */
const executables: Readonly<Partial<Record<NodeJS.Platform, RegExp>>> = {
  linux: /-unpacked\/tocsin$/,
  win32: /-unpacked\/Tocsin\.exe$/,
  darwin: /\/Tocsin\.app\/Contents\/MacOS\/Tocsin$/,
};

let desktop: Desktop;
let packaged: ChildProcess | null = null;
beforeEach(async () => {
  desktop = await Desktop.open();
});
afterEach(async () => {
  packaged?.kill('SIGKILL');
  await desktop.close();
});

// Its fuses are closed, so nothing can look inside as Playwright does: it is watched from outside, as its user would.
test('the packaged app says where it listens but no secret, shows what is posted there, and quits cleanly', async () => {
  const executable = readdirSync(release, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(release, name))
    .find((file) => executables[process.platform]?.test(file.replaceAll('\\', '/')));
  if (executable === undefined) throw new Error('release/ holds no app: run `npm run package`.');
  const root = process.platform === 'linux' && process.getuid?.() === 0;
  const flags = [
    `--user-data-dir=${desktop.dataDir}`,
    '--port=0',
    '--hidden',
    ...(root ? ['--no-sandbox'] : []),
  ];
  const app = spawn(executable, flags, { env: desktop.environment, stdio: ['ignore', 'pipe', 'ignore'] });
  packaged = app;
  let printed = '';
  app.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  await until(() => /http:\/\/127\.0\.0\.1:\d+/.test(printed), 20_000);
  // What a desktop starts prints into a journal.
  expect(printed).not.toContain('/hooks/');
  const socket = path.join(desktop.dataDir, 'control.sock');
  const [source] = await ask(socket, 'listSources', {});
  const { localUrl: address } = await ask(socket, 'sourceAddress', { id: source?.id ?? '' });

  const reply = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'alertName=Queue+too+long&alertState=ALERT&triggerLevel=CRITICAL&ruleId=queue-7&userId=4711&curValue=812&metricName=QueueLength&dimensions=%7BinstanceId%3Di-packaged%7D',
  });
  expect(await reply.json()).toMatchObject({ status: 'stored' });
  const toast = await desktop.notifications.toast('Queue too long');
  expect(toast.summary).toContain('Queue too long');
  // Counted by a thread whose code lies inside the archive.
  expect(await ask(socket, 'getStorage', {})).toMatchObject({ deliveries: 1, lastCheck: { result: 'ok' } });

  const ended = new Promise((resolve) => app.once('exit', resolve));
  app.kill('SIGTERM');
  expect(await ended).toBe(0);
});

async function ask<Name extends BridgeCallName>(
  socket: string,
  name: Name,
  argument: BridgeArgument<Name>,
): Promise<BridgeResult<Name>> {
  const { reply } = await callSocket(socket, name, argument);
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.result as BridgeResult<Name>;
}
