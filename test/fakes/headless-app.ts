// `main/headless.ts` as its own process, the way `npm run headless` starts it.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Alert } from '../../shared/alert.ts';
import type { BridgeArgument, BridgeResult } from '../../shared/bridge.ts';
import type { BridgeCallName } from '../../shared/bridge-names.ts';
import type { SourceWithAddress } from '../../shared/source.ts';
import { callSocket } from './control-client.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'main', 'headless.ts');

/** How the process is started; the sources on this Node when nothing is said. */
export interface Launch {
  readonly entry?: string;
  readonly nodeOptions?: readonly string[];
}

export interface Ready {
  readonly ready: true;
  readonly pid: number;
  readonly version: string;
  readonly webhookUrl: string;
  readonly controlSocket: string;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** A folder for one test; short, because a socket's path has to be. */
export class DataFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'toc-'));
  readonly #running = new Set<HeadlessApp>();
  readonly #launch: Launch;

  constructor(launch: Launch = {}) {
    this.#launch = launch;
  }

  async start(...args: readonly string[]): Promise<HeadlessApp> {
    const app = new HeadlessApp(this.path, args, this.#launch);
    this.#running.add(app);
    await app.started();
    return app;
  }

  /** A start that is expected to end by itself. */
  async startInVain(...args: readonly string[]): Promise<Ended> {
    const app = new HeadlessApp(this.path, args);
    this.#running.add(app);
    return app.ended();
  }

  /** Ends what still runs and removes the folder. */
  async remove(): Promise<void> {
    for (const app of this.#running) if (!app.hasEnded) await app.end('SIGKILL');
    rmSync(this.path, { recursive: true, force: true });
  }
}

export class HeadlessApp {
  ready!: Ready;
  stdout = '';
  stderr = '';
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<Omit<Ended, 'tookMs'>>;

  /** Without `--data-dir` and `--port` in `args` the folder and a free port are used. */
  constructor(dataDir: string, args: readonly string[], launch: Launch = {}) {
    const usual = [
      ...(args.includes('--data-dir') ? [] : ['--data-dir', dataDir]),
      ...(args.includes('--port') ? [] : ['--port', '0']),
    ];
    this.#child = spawn(
      process.execPath,
      [...(launch.nodeOptions ?? []), launch.entry ?? entry, ...usual, ...args],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) =>
        resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }),
      );
    });
  }

  /** Resolves with the first line of stdout. */
  async started(): Promise<void> {
    const firstLine = new Promise<string>((resolve) => {
      const look = (): void => {
        const end = this.stdout.indexOf('\n');
        if (end !== -1) resolve(this.stdout.slice(0, end));
      };
      this.#child.stdout.on('data', look);
      look();
    });
    const ended = this.#ended.then(({ code, stderr }) => {
      throw new Error(`It ended with ${code}: ${stderr}`);
    });
    ended.catch(() => undefined);
    this.ready = JSON.parse(await Promise.race([firstLine, ended])) as Ready;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async ended(): Promise<Ended> {
    const from = performance.now();
    return { ...(await this.#ended), tookMs: performance.now() - from };
  }

  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<Ended> {
    const ended = this.ended();
    this.#child.kill(signal);
    return ended;
  }

  /** Asks over the control socket; throws what the app refuses. */
  async call<Name extends BridgeCallName>(
    name: Name,
    argument: BridgeArgument<Name>,
  ): Promise<BridgeResult<Name>> {
    const { reply } = await callSocket(this.ready.controlSocket, name, argument);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
    return reply.result as BridgeResult<Name>;
  }

  addSource(name = 'Night shift'): Promise<SourceWithAddress> {
    return this.call('addSource', { kind: 'cloudmonitor', name });
  }

  /** Every alert, resolved ones too, in the order of the screen. */
  async alerts(): Promise<Alert[]> {
    const found: Alert[] = [];
    let after: string | undefined;
    do {
      const page: BridgeResult<'listAlerts'> = await this.call('listAlerts', {
        states: ['open', 'acknowledged', 'snoozed', 'resolved'],
        limit: 500,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...page.alerts);
      after = page.next ?? undefined;
    } while (after !== undefined);
    return found;
  }

  /** Every delivery, newest first. */
  async deliveries(): Promise<BridgeResult<'listDeliveries'>['deliveries']> {
    const found: BridgeResult<'listDeliveries'>['deliveries'] = [];
    let after: string | undefined;
    do {
      const page: BridgeResult<'listDeliveries'> = await this.call('listDeliveries', {
        limit: 500,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...page.deliveries);
      after = page.next ?? undefined;
    } while (after !== undefined);
    return found;
  }
}
