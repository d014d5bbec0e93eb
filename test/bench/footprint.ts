// Start and memory with one window, against the smallest Electron app that shows a window and listens; and the same with the
// window closed (tray-only.ts).
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NotificationDaemon } from '../fakes/notification-daemon.ts';
import { startPrivateBus } from '../fakes/private-bus.ts';
import { TrayWatcher } from '../fakes/tray-watcher.ts';
import { endChild, say } from './child.ts';
import { familyOf, memoryMib } from './process-family.ts';
import { median, round } from './statistics.ts';
import { measureTrayOnly, type TrayOnly } from './tray-only.ts';

interface Run {
  /** From the start of the process to listening on its port. */
  readonly listeningMs: number;
  /** Hello world only: until its window has loaded; Tocsin does not say so. */
  readonly windowMs: number | null;
  /** PSS of all its processes, MiB. */
  readonly memoryMib: number;
}

export interface Footprint {
  readonly runs: number;
  readonly tocsin: { readonly listeningMs: number; readonly memoryMib: number };
  readonly helloWorld: {
    readonly listeningMs: number;
    readonly windowMs: number;
    readonly memoryMib: number;
  };
  /** `start`: listening against listening. */
  readonly ratio: { readonly start: number; readonly memory: number };
  readonly trayOnly: TrayOnly;
}

/** Memory is read when nothing has happened for this long. */
const settleMs = 6000;
const startLimitMs = 30_000;

/** Its page and port are all it has; size of the window as Tocsin's first one. */
const helloWorld = `
const { app, BrowserWindow } = require('electron');
const { createServer } = require('node:http');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1040, height: 680 });
  window.webContents.once('did-finish-load', () => console.log('window'));
  window.loadFile('index.html');
  createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1', () => console.log('listening'));
});
`;

export async function measureFootprint(options: {
  readonly runs: number;
  readonly executable: string;
  readonly appDir: string;
  /** How long the closed app is watched doing nothing. */
  readonly idleMs: number;
}): Promise<Footprint> {
  const bus = await startPrivateBus();
  const daemon = await NotificationDaemon.start({ address: bus.address });
  const tray = await TrayWatcher.start({ address: bus.address });
  const helloDir = writeHelloWorld();
  // One profile for all starts of an app, as on a person's machine.
  const profiles = mkdtempSync(path.join(tmpdir(), 'toc-'));
  const start = (appDir: string): Promise<Run> =>
    measureRun(
      options.executable,
      appDir,
      path.join(profiles, appDir === helloDir ? 'hello' : 'tocsin'),
      bus.address,
    );
  const tocsin: Run[] = [];
  const hello: Run[] = [];
  try {
    // Not counted: the first start of each reads everything from the disk and makes its profile.
    await start(helloDir);
    await start(options.appDir);
    for (let at = 1; at <= options.runs; at += 1) {
      const one = await start(helloDir);
      const two = await start(options.appDir);
      hello.push(one);
      tocsin.push(two);
      say(
        `footprint, run ${at}: Tocsin ${round(two.listeningMs)} ms, ${round(two.memoryMib)} MiB; hello world ${round(one.listeningMs)} ms (window ${round(one.windowMs ?? 0)} ms), ${round(one.memoryMib)} MiB`,
      );
    }
  } finally {
    daemon.stop();
    tray.stop();
    await bus.stop();
    for (const dir of [helloDir, profiles])
      rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
  const of = (runs: readonly Run[], pick: (run: Run) => number): number => round(median(runs.map(pick)));
  const footprint = {
    tocsin: {
      listeningMs: of(tocsin, (run) => run.listeningMs),
      memoryMib: of(tocsin, (run) => run.memoryMib),
    },
    helloWorld: {
      listeningMs: of(hello, (run) => run.listeningMs),
      windowMs: of(hello, (run) => run.windowMs ?? 0),
      memoryMib: of(hello, (run) => run.memoryMib),
    },
  };
  return {
    runs: options.runs,
    ...footprint,
    ratio: {
      start: round(footprint.tocsin.listeningMs / footprint.helloWorld.listeningMs, 3),
      memory: round(footprint.tocsin.memoryMib / footprint.helloWorld.memoryMib, 3),
    },
    trayOnly: await measureTrayOnly(options),
  };
}

function writeHelloWorld(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'hello-'));
  writeFileSync(
    path.join(dir, 'package.json'),
    JSON.stringify({ name: 'hello', version: '1.0.0', main: 'main.cjs' }),
  );
  writeFileSync(path.join(dir, 'main.cjs'), helloWorld);
  writeFileSync(path.join(dir, 'index.html'), '<!doctype html><title>Hello</title><h1>Hello world</h1>');
  return dir;
}

/** Starts it, waits until it has settled, reads its memory, ends it. */
async function measureRun(
  executable: string,
  appDir: string,
  profile: string,
  busAddress: string,
): Promise<Run> {
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const from = performance.now();
  const child = spawn(executable, [appDir, `--user-data-dir=${profile}`, '--port=0', ...flags], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      DBUS_SESSION_BUS_ADDRESS: busAddress,
      NO_AT_BRIDGE: '1',
      XDG_CURRENT_DESKTOP: 'KDE',
      LANG: 'C',
    },
  });
  try {
    const lines = new Map<string, number>();
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`It did not listen within ${startLimitMs} ms.`)),
        startLimitMs,
      );
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        const now = performance.now() - from;
        for (const line of text.split('\n')) if (!lines.has(line)) lines.set(line, now);
        if (listening(lines) === undefined) return;
        clearTimeout(limit);
        resolve();
      });
      child.once('exit', (code) => reject(new Error(`It ended with ${code}.`)));
    });
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    return {
      listeningMs: listening(lines) ?? 0,
      windowMs: lines.get('window') ?? null,
      memoryMib: memoryMib(familyOf(child.pid ?? 0)),
    };
  } finally {
    await endChild(child);
  }
}

/** Hello world says `listening`, Tocsin the address it listens at. */
function listening(lines: ReadonlyMap<string, number>): number | undefined {
  for (const [line, at] of lines) if (line === 'listening' || line.includes('http://127.0.0.1:')) return at;
  return undefined;
}
