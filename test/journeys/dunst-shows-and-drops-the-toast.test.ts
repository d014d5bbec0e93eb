import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, test } from 'vitest';
import { Desktop } from '../fakes/electron-app.ts';
import { until } from '../fakes/until.ts';

const run = promisify(execFile);
const hasDunst = spawnSync('dunst', ['--version']).status === 0;
const lastedMs = 12 * 60_000;

let desktop: Desktop;
let dunst: ChildProcess;
beforeEach(async () => {
  desktop = await Desktop.open({ notifications: false });
  dunst = spawn('dunst', [], { env: desktop.environment, stdio: 'ignore' });
});
afterEach(async () => {
  dunst.kill('SIGTERM');
  await desktop.close();
});

test.skipIf(!hasDunst)('a real notification daemon shows the toast, and OK takes it away', async () => {
  const displayed = async (): Promise<string> => {
    const asked = await run('dunstctl', ['count', 'displayed'], { env: desktop.environment }).catch(
      () => null,
    );
    return asked?.stdout.trim() ?? 'no answer';
  };
  await until(async () => (await displayed()) === '0', 10_000);
  const app = await desktop.launch('--hidden');
  const firedAt = Date.now() - lastedMs;
  await app.deliver({ state: 'firing', level: 'CRITICAL', at: firedAt, name: 'on-dunst' });
  await until(async () => (await displayed()) === '1', 10_000);
  await app.deliver({ state: 'recovered', level: 'CRITICAL', at: firedAt + lastedMs, name: 'on-dunst' });
  await until(async () => (await displayed()) === '0', 10_000);
});
