// The real app in a real Electron, on a desktop of its own: private session bus, notification daemon and tray host that
// record, a data folder that goes away afterwards. What a journey does, a person or a sender could do.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { senderOf } from '../../main/sources/catalogue.ts';
import type { SampleOptions } from '../../main/sources/source.ts';
import type { Alert } from '../../shared/alert.ts';
import type { BridgeArgument, BridgeReply, BridgeResult } from '../../shared/bridge.ts';
import type { BridgeCallName } from '../../shared/bridge-names.ts';
import { NotificationDaemon } from './notification-daemon.ts';
import { type PrivateBus, startPrivateBus } from './private-bus.ts';
import { TrayWatcher } from './tray-watcher.ts';
import { until } from './until.ts';

/** Generous: the machine may be building something else at the same time. */
const startLimitMs = 20_000;

export interface DesktopOptions {
  /** False: nobody on the bus shows notifications. */
  readonly notifications?: boolean;
  /** False: no tray host, as on plain GNOME. */
  readonly tray?: boolean;
  /** False: nothing that could make a sound. Whatever the machine has, it stays silent. */
  readonly audio?: boolean;
  /** True: the window begins with the first run, as on a new computer. Else somebody has been through it. */
  readonly firstRun?: boolean;
}

/** A desktop session with one data folder. */
export class Desktop {
  readonly dataDir = mkdtempSync(path.join(tmpdir(), 'toc-'));
  readonly #bus: PrivateBus;
  readonly #notifications: NotificationDaemon | null;
  readonly #tray: TrayWatcher | null;
  readonly #audio: boolean;
  readonly #firstRun: boolean;
  readonly #running = new Set<DesktopApp>();

  private constructor(
    bus: PrivateBus,
    notifications: NotificationDaemon | null,
    tray: TrayWatcher | null,
    { audio = true, firstRun = false }: DesktopOptions,
  ) {
    this.#firstRun = firstRun;
    this.#audio = audio;
    this.#bus = bus;
    this.#notifications = notifications;
    this.#tray = tray;
  }

  static async open(options: DesktopOptions = {}): Promise<Desktop> {
    const bus = await withoutDisplay(() => startPrivateBus());
    const { address } = bus;
    return new Desktop(
      bus,
      options.notifications === false ? null : await NotificationDaemon.start({ address }),
      options.tray === false ? null : await TrayWatcher.start({ address }),
      options,
    );
  }

  get notifications(): NotificationDaemon {
    if (this.#notifications === null) throw new Error('This desktop has no notification daemon.');
    return this.#notifications;
  }

  get tray(): TrayWatcher {
    if (this.#tray === null) throw new Error('This desktop has no tray host.');
    return this.#tray;
  }

  get environment(): Record<string, string> {
    const inherited = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('VITEST'),
    );
    return {
      ...Object.fromEntries(inherited),
      DBUS_SESSION_BUS_ADDRESS: this.#bus.address,
      // A screen reader bridge on the private bus would only slow the start down.
      NO_AT_BRIDGE: '1',
      XDG_CURRENT_DESKTOP: 'KDE',
      // Start at login must not touch the tester's own.
      XDG_CONFIG_HOME: path.join(this.dataDir, 'config'),
    };
  }

  /** The tray menu as text, as soon as it contains `words`. Its first line is the status. */
  async trayMenu(words: string): Promise<string> {
    const item = await this.tray.item(startLimitMs);
    let last = '';
    try {
      return await until(async () => {
        last = await this.tray.menuText(item);
        return last.includes(words) ? last : null;
      }, 5000);
    } catch {
      throw new Error(`The tray menu never said "${words}", but:\n${last}`);
    }
  }

  /** Starts the app and waits until it answers and listens (or says why it cannot). */
  async launch(...args: readonly string[]): Promise<DesktopApp> {
    const [executablePath, appDir] = runtime();
    const start = () =>
      electron.launch({
        executablePath,
        args: [
          appDir,
          `--user-data-dir=${this.dataDir}`,
          '--mute-audio',
          ...(args.some(isPort) ? [] : ['--port=0']),
          ...args,
        ],
        env: this.environment,
        timeout: startLimitMs / 2,
      });
    // Once in some thirty starts Playwright attaches while the first page is being made and waits for ever; the app
    // itself is up by then. Playwright ends that one, and the second start goes on with its data folder.
    const app = new DesktopApp(this.dataDir, await start().catch(start));
    await app.pretendAudio(this.#audio);
    this.#running.add(app);
    await until(async () => (await app.callOrNull('health', {}))?.hearing.state !== 'starting', startLimitMs);
    if (!this.#firstRun) await app.callOrNull('updateSettings', { changes: { setupDone: true } });
    return app;
  }

  /** The same program started once more, as a person does when no icon is to be seen. Resolves when that one has ended. */
  async launchAgain(
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly stdout: string }> {
    const [executablePath, appDir] = runtime();
    const flags = [`--user-data-dir=${this.dataDir}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
    return endOf(
      spawn(executablePath, [appDir, ...flags, ...args], {
        env: this.environment,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  }

  /** Ends what still runs and removes the data folder. */
  async close(): Promise<void> {
    for (const app of this.#running) await app.kill();
    this.#notifications?.stop();
    this.#tray?.stop();
    await this.#bus.stop();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** One run of the app. */
export class DesktopApp {
  readonly electron: ElectronApplication;
  readonly process: ChildProcess;
  readonly #dataDir: string;

  constructor(dataDir: string, running: ElectronApplication) {
    this.#dataDir = dataDir;
    this.electron = running;
    this.process = running.process();
  }

  /** The window's page, waiting for it to be there. */
  async page(): Promise<Page> {
    // Not the hidden one that makes sound.
    const page = await until(
      () => this.electron.windows().find((one) => !one.isClosed() && one.url().endsWith('/index.html')),
      startLimitMs,
    );
    page.setDefaultTimeout(8000);
    await page.waitForLoadState('domcontentloaded');
    return page;
  }

  /** Closes the window as its frame's button does. */
  async closeWindow(): Promise<void> {
    // A page is there before its window is revealed.
    await until(async () => (await this.visibleWindows()) > 0);
    await this.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((one) => one.isVisible())
        ?.close(),
    );
    await until(async () => (await this.visibleWindows()) === 0);
  }

  /** Makes the sound page see a device, or none, on any machine. */
  pretendAudio(hasDevice: boolean): Promise<void> {
    const script = `navigator.mediaDevices.enumerateDevices = async () => ${
      hasDevice ? "[{ kind: 'audiooutput' }]" : '[]'
    }`;
    return this.electron.evaluate(({ app: main }, code) => {
      main.on('web-contents-created', (_event, contents) => {
        contents.on('dom-ready', () => {
          if (contents.getURL().endsWith('/sound.html')) void contents.executeJavaScript(`${code}; 0`);
        });
      });
    }, script);
  }

  /** How many windows are on the screen. */
  visibleWindows(): Promise<number> {
    return this.electron.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((one) => one.isVisible()).length,
    );
  }

  /** Asks over the control socket; throws what the app refuses. */
  async call<Name extends BridgeCallName>(
    name: Name,
    argument: BridgeArgument<Name>,
  ): Promise<BridgeResult<Name>> {
    const reply = (await askSocket(path.join(this.#dataDir, 'control.sock'), name, argument)) as BridgeReply<
      BridgeResult<Name>
    >;
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
    return reply.result;
  }

  /** Null while the socket is not there yet. */
  async callOrNull<Name extends BridgeCallName>(
    name: Name,
    argument: BridgeArgument<Name>,
  ): Promise<BridgeResult<Name> | null> {
    try {
      return await this.call(name, argument);
    } catch {
      return null;
    }
  }

  /** A CloudMonitor callback to the newest source, as a sender would post it. */
  async deliver(sample: SampleOptions): Promise<Response> {
    const source = (await this.call('listSources', {})).at(-1);
    const sender = senderOf('cloudmonitor');
    if (source === undefined || sender === null) throw new Error('There is no CloudMonitor source.');
    const { localUrl } = await this.call('sourceAddress', { id: source.id });
    const { contentType, body } = sender.sample(sample);
    return fetch(localUrl, { method: 'POST', headers: { 'content-type': contentType }, body });
  }

  /** The alert whose title or resource contains `words`, as soon as it is there. */
  alert(words: string, test: (alert: Alert) => boolean = () => true): Promise<Alert> {
    return until(async () => {
      const { alerts } = await this.call('listAlerts', {
        states: ['open', 'acknowledged', 'snoozed', 'resolved'],
      });
      return alerts.find((alert) => `${alert.title} ${alert.resource}`.includes(words) && test(alert));
    }, 5000);
  }

  /** Sends a signal and resolves, when the process has ended, with its exit code and how long that took. */
  async end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly tookMs: number }> {
    const from = performance.now();
    const { code } = await new Promise<{ code: number | null }>((resolve) => {
      if (this.hasEnded) return resolve({ code: this.process.exitCode });
      this.process.once('exit', (exitCode) => resolve({ code: exitCode }));
      this.process.kill(signal);
    });
    return { code, tookMs: performance.now() - from };
  }

  get hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  async kill(): Promise<void> {
    if (!this.hasEnded) await this.end('SIGKILL');
    // Playwright watches the same process; without this its own clean-up would outlive the test.
    await this.electron.close().catch(() => undefined);
  }
}

/** The bus may start programs by itself, such as an installed notification daemon: without a display those end at once. */
function withoutDisplay<Result>(start: () => Result): Result {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  delete process.env['DISPLAY'];
  delete process.env['WAYLAND_DISPLAY'];
  try {
    return start();
  } finally {
    if (DISPLAY !== undefined) process.env['DISPLAY'] = DISPLAY;
    if (WAYLAND_DISPLAY !== undefined) process.env['WAYLAND_DISPLAY'] = WAYLAND_DISPLAY;
  }
}

/** The executable and the app's folder, as `npm test` hands them over. */
function runtime(): readonly [string, string] {
  const { TOCSIN_TEST_ELECTRON: executable, TOCSIN_TEST_APP: appDir } = process.env;
  if (executable === undefined || appDir === undefined || !existsSync(executable)) {
    throw new Error('Journeys need an Electron: run them through `npm test`.');
  }
  return [executable, appDir];
}

function isPort(arg: string): boolean {
  return arg.startsWith('--port=');
}

function endOf(child: ChildProcess): Promise<{ code: number | null; stdout: string }> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    child.stdout?.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve({ code, stdout }));
  });
}

function askSocket(socketPath: string, name: string, argument: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { socketPath, path: `/call/${name}`, method: 'POST', headers: { 'content-type': 'application/json' } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve(JSON.parse(text)));
      },
    );
    asking.once('error', reject);
    asking.end(JSON.stringify(argument));
  });
}
