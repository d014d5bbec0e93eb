// Node's entry: the same app without a desktop. One JSON line on stdout when it is ready, everything else on stderr.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from './app.ts';
import { type App, StartFailure } from './app-parts.ts';
import packageJson from '../package.json' with { type: 'json' };

const usage = 'Usage: npm run headless -- [--data-dir DIR] [--port N]';

const { version } = packageJson;
const { locale } = Intl.DateTimeFormat().resolvedOptions();

/** The folder Electron would use, so that desktop and headless mean the same store unless told otherwise. */
function usualDataDir(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tocsin');
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? homedir(), 'Tocsin');
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'Tocsin');
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function readArguments(): { dataDir: string; port: number | null } {
  let values: { 'data-dir'?: string | undefined; port?: string | undefined };
  try {
    ({ values } = parseArgs({ options: { 'data-dir': { type: 'string' }, port: { type: 'string' } } }));
  } catch (error) {
    fail(`${(error as Error).message}\n${usage}`);
  }
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && (!Number.isInteger(port) || port < 0 || port > 65_535)) {
    fail(`--port must be a number from 0 to 65535, not "${values.port}".`);
  }
  return { dataDir: resolve(values['data-dir'] ?? usualDataDir()), port };
}

async function main(): Promise<void> {
  // Whoever reads our output may go away; that must not end the app.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const { dataDir, port } = readArguments();
  let app: App;
  try {
    app = await startApp({
      dataDir,
      version,
      port,
      locale: () => locale,
      desktop: null,
      log: (line) => void process.stderr.write(line),
    });
  } catch (error) {
    if (error instanceof StartFailure) fail(error.message);
    throw error;
  }
  const ready = {
    ready: true,
    pid: process.pid,
    version,
    webhookUrl: app.webhookUrl,
    controlSocket: app.controlSocket,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  const stop = (): void => void app.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

await main();
