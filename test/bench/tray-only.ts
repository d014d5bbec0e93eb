// Most of the night: the window is closed and the tray listens. Memory against the smallest Electron app with a tray and an
// HTTP server, processor time while nothing happens, and how soon the list is back.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron } from 'playwright-core';
import { trayText } from '../../shared/text/tray-text.ts';
import { Desktop, type DesktopApp } from '../fakes/electron-app.ts';
import { say } from './child.ts';
import { familyOf, familyProcessorMs, memoryMib } from './process-family.ts';
import { median, round } from './statistics.ts';

export interface TrayOnly {
  /** All processes, MiB (PSS), after the window was open once and closed. */
  readonly memoryMib: number;
  /** The same of an Electron app with a tray and an HTTP server that never had a window. */
  readonly bareMemoryMib: number;
  readonly memoryRatio: number;
  /** Of one processor, all processes together, while nothing happens. */
  readonly idlePercent: number;
  readonly idleMs: number;
  /** From the click on the tray's menu to the frame after the list's first row is there; median. */
  readonly reopenMs: number;
  readonly reopenMaxMs: number;
}

/** Alerts in the list that is opened again. */
const alerts = 50;
/** Memory is read when nothing has happened for this long. */
const settleMs = 8000;

const bareApp = `
const { app, Menu, nativeImage, Tray } = require('electron');
const { createServer } = require('node:http');
let tray;
app.whenReady().then(() => {
  tray = new Tray(nativeImage.createFromBuffer(Buffer.alloc(22 * 22 * 4, 128), { width: 22, height: 22 }));
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', role: 'quit' }]));
  createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1');
});
app.on('window-all-closed', () => undefined);
`;

/** Both run under Playwright, whose inspector costs either the same. */
export async function measureTrayOnly(options: {
  readonly runs: number;
  readonly executable: string;
  readonly idleMs: number;
}): Promise<TrayOnly> {
  const desktop = await Desktop.open();
  try {
    const bareMemoryMib = await measureBare(options.executable, desktop);
    const app = await desktop.launch();
    // The page that makes sounds stays for some seconds after the last one; here the night has been quiet for longer.
    await app.call('updateSettings', { changes: { sounds: false } });
    for (let number = 0; number < alerts; number += 1) {
      await app.deliver({ state: 'firing', level: 'WARN', at: Date.now(), name: `night-${number}` });
    }
    await (await app.page()).getByRole('row').first().waitFor();
    const reopened: number[] = [];
    for (let at = 0; at < Math.max(3, options.runs); at += 1) {
      await app.closeWindow();
      await rest(1000);
      reopened.push(await reopen(desktop, app));
    }
    await app.closeWindow();
    await rest(settleMs);
    const family = familyOf(app.process.pid ?? 0);
    const memory = memoryMib(family);
    const from = performance.now();
    const usedMs = familyProcessorMs(family);
    await rest(options.idleMs);
    const idleMs = performance.now() - from;
    const result: TrayOnly = {
      memoryMib: round(memory),
      bareMemoryMib: round(bareMemoryMib),
      memoryRatio: round(memory / bareMemoryMib, 3),
      idlePercent: round(((familyProcessorMs(family) - usedMs) / idleMs) * 100, 2),
      idleMs: round(idleMs),
      reopenMs: round(median(reopened)),
      reopenMaxMs: round(Math.max(...reopened)),
    };
    say(
      `tray only: Tocsin ${result.memoryMib} MiB, bare ${result.bareMemoryMib} MiB; idle ${result.idlePercent} %; reopened in ${result.reopenMs} ms`,
    );
    return result;
  } finally {
    await desktop.close();
  }
}

async function measureBare(executablePath: string, desktop: Desktop): Promise<number> {
  const dir = mkdtempSync(path.join(tmpdir(), 'bare-'));
  writeFileSync(
    path.join(dir, 'package.json'),
    JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }),
  );
  writeFileSync(path.join(dir, 'main.cjs'), bareApp);
  const app = await electron.launch({
    executablePath,
    args: [dir, `--user-data-dir=${path.join(dir, 'profile')}`],
    env: desktop.environment,
  });
  try {
    await rest(settleMs);
    return memoryMib(familyOf(app.process().pid ?? 0));
  } finally {
    await app.close();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** ms from the click on "Open Tocsin" to the frame after the first row. */
async function reopen(desktop: Desktop, app: DesktopApp): Promise<number> {
  const item = await desktop.tray.item();
  const clickedAt = Date.now();
  await desktop.tray.choose(item, trayText.en.openApp);
  const page = await app.page();
  const shownAt = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector('[role="row"]') === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(Date.now()));
        };
        look();
      }),
  );
  return shownAt - clickedAt;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
