// The whole app without a desktop, in the test's own process, on a data folder that goes away afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App, AppOptions } from '../../main/app-parts.ts';
import { startApp } from '../../main/app.ts';
import { senderOf } from '../../main/sources/catalogue.ts';
import type { SampleOptions } from '../../main/sources/source.ts';
import type { BridgeArgument, BridgeResult } from '../../shared/bridge.ts';
import type { BridgeCallName } from '../../shared/bridge-names.ts';
import type { SourceWithAddress } from '../../shared/source.ts';
import { callSocket } from './control-client.ts';

export class TestApp {
  readonly dataDir: string;
  readonly log: string[] = [];
  app!: App;
  readonly #options: Partial<AppOptions>;

  private constructor(options: Partial<AppOptions>) {
    this.dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'toc-'));
    this.#options = options;
  }

  static async start(options: Partial<AppOptions> = {}): Promise<TestApp> {
    const started = new TestApp(options);
    await started.start();
    return started;
  }

  async start(): Promise<void> {
    this.app = await startApp({
      version: '9.8.7',
      port: 0,
      locale: () => 'en',
      desktop: null,
      log: (line) => void this.log.push(line),
      ...this.#options,
      dataDir: this.dataDir,
    });
  }

  async restart(): Promise<void> {
    await this.app.stop();
    await this.start();
  }

  /** Over the control socket; throws what the app refuses. */
  async call<Name extends BridgeCallName>(
    name: Name,
    argument: BridgeArgument<Name>,
  ): Promise<BridgeResult<Name>> {
    const { reply } = await callSocket(this.app.controlSocket, name, argument);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
    return reply.result as BridgeResult<Name>;
  }

  addSource(name = 'Night shift'): Promise<SourceWithAddress> {
    return this.call('addSource', { kind: 'cloudmonitor', name });
  }

  async close(): Promise<void> {
    await this.app.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A CloudMonitor callback as a request for `fetch`. */
export function callback(sample: Partial<SampleOptions> & { readonly name: string }): RequestInit {
  const sender = senderOf('cloudmonitor');
  if (sender === null) throw new Error('CloudMonitor is not in the catalogue.');
  const { contentType, body } = sender.sample({
    state: 'firing',
    level: 'CRITICAL',
    at: Date.now(),
    ...sample,
  });
  return { method: 'POST', headers: { 'content-type': contentType }, body };
}
