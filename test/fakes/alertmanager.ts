// Debian's own Alertmanager (prometheus-alertmanager), unchanged, on a port and in a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { until } from './until.ts';

/** An alert as Prometheus posts it; the same labels are the same alert. */
export interface PostableAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** ISO 8601; without an end it fires. */
  readonly endsAt?: string;
}

export class Alertmanager {
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #url: string;
  readonly #ended: Promise<void>;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#url = `http://127.0.0.1:${port}`;
    this.#child = spawn(
      'prometheus-alertmanager',
      [
        `--config.file=${path.join(folder, 'alertmanager.yml')}`,
        `--storage.path=${path.join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', () => resolve());
    });
  }

  /** Sends what it hears to `webhookUrl`, in one group, at most a second later, and again every second; to nobody if null. */
  static async start(webhookUrl: string | null): Promise<Alertmanager> {
    const folder = mkdtempSync(path.join(tmpdir(), 'toc-am-'));
    writeFileSync(
      path.join(folder, 'alertmanager.yml'),
      `route: {receiver: tocsin, group_by: [alertname], group_wait: 100ms, group_interval: 1s, repeat_interval: 1s}
receivers:
  - name: tocsin
${webhookUrl === null ? '' : `    webhook_configs:\n      - url: ${JSON.stringify(webhookUrl)}`}
`,
    );
    const alertmanager = new Alertmanager(folder, await freePort());
    await until(
      () =>
        fetch(`${alertmanager.#url}/-/ready`).then(
          (answer) => answer.ok,
          () => false,
        ),
      10_000,
    );
    return alertmanager;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Where `post` posts to. */
  get alertsUrl(): string {
    return `${this.#url}/api/v2/alerts`;
  }

  async post(...alerts: readonly PostableAlert[]): Promise<void> {
    const answer = await fetch(this.alertsUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}: ${await answer.text()}`);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
