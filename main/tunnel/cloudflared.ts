// Cloudflare's program, where it is installed: a named tunnel by its token, or a quick one that gets a new address at every
// start. It is up as soon as it says itself that it is connected to the edge, and no longer than that: the process may
// well live on without a connection (cloudflare/cloudflared#278).
import { mkdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import path from 'node:path';
import type { TunnelPlan } from '../../shared/tunnel.ts';
import { ChildProgram } from './child-program.ts';
import {
  cloudflaredTrouble,
  metricsAddress,
  quickUrl,
  quickUrlOfHost,
  readyConnections,
  settledTrouble,
} from './cloudflared-words.ts';
import type { RunningTunnel, TunnelEvents, TunnelProvider, TunnelTrouble } from './provider.ts';

type CloudflaredPlan = Extract<TunnelPlan, { kind: 'cloudflared' }>;

export interface CloudflaredParts {
  /** Ours; its configuration, which says nothing, is in it. */
  readonly folder: string;
  /** Of a named tunnel. */
  readonly token: string | null;
  readonly program?: string;
  readonly pace?: CloudflaredPace;
}

export interface CloudflaredPace {
  /** Between two questions whether it is ready, until it was for the first time. */
  readonly askFirstMs: number;
  /** And afterwards. */
  readonly askMs: number;
  /** So long it may have no connection. */
  readonly unconnectedMs: number;
  /** So long it may take to come up. */
  readonly startMs: number;
}

const usualPace: CloudflaredPace = { askFirstMs: 500, askMs: 5000, unconnectedMs: 15_000, startMs: 25_000 };
/** Questions in a row without an answer that make it lost. */
const mostMisses = 3;
const longestAnswerMs = 2000;
const linesKept = 60;

export function cloudflaredTunnel(plan: CloudflaredPlan, parts: CloudflaredParts): TunnelProvider {
  return { start: (port, events) => new Attempt(plan, parts, port, events) };
}

class Attempt implements RunningTunnel {
  readonly #events: TunnelEvents;
  readonly #pace: CloudflaredPace;
  readonly #child: ChildProgram;
  readonly #lines: string[] = [];
  readonly #secrets: readonly string[];
  readonly #startLimit: NodeJS.Timeout;
  readonly #isNamed: boolean;
  #url: string | null;
  #metrics: string | null = null;
  #isUp = false;
  #isOver = false;
  #misses = 0;
  #unconnectedSince: number | null = null;
  #question: NodeJS.Timeout | null = null;

  constructor(plan: CloudflaredPlan, parts: CloudflaredParts, port: number, events: TunnelEvents) {
    this.#events = events;
    this.#pace = parts.pace ?? usualPace;
    const isNamed = plan.mode === 'named';
    this.#isNamed = isNamed;
    this.#url = isNamed ? plan.publicUrl : null;
    this.#secrets = parts.token === null ? [] : [parts.token];
    const config = path.join(parts.folder, 'cloudflared.yml');
    mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
    writeFileSync(config, '{}\n', { mode: 0o600 });
    this.#child = new ChildProgram({
      program: parts.program ?? 'cloudflared',
      args: [
        'tunnel',
        '--no-autoupdate',
        // What is in the user's own configuration would send calls elsewhere.
        `--config=${config}`,
        '--metrics=127.0.0.1:0',
        isNamed ? 'run' : `--url=http://127.0.0.1:${port}`,
      ],
      env: environment(isNamed ? parts.token : null),
      onLine: (line) => this.#hear(line),
      onEnd: (end) => {
        if (end === 'missing') this.#down({ code: 'program-missing', detail: null, retry: false });
        else this.#down(this.#trouble(this.#isUp ? 'after-up' : 'before-up'));
      },
    });
    this.#startLimit = setTimeout(() => this.#giveUp('never-up'), this.#pace.startMs);
  }

  async stop(): Promise<void> {
    this.#end();
    await this.#child.stop();
  }

  #hear(line: string): void {
    if (this.#isOver) return;
    this.#lines.push(line);
    if (this.#lines.length > linesKept) this.#lines.shift();
    const url = quickUrl(line);
    if (url !== null && !this.#isNamed) this.#url = url;
    const metrics = metricsAddress(line);
    if (metrics !== null && this.#metrics === null) {
      this.#metrics = metrics;
      this.#askSoon(0);
    }
    const settled = this.#isUp ? null : settledTrouble(line, this.#secrets);
    if (settled === null) return;
    void this.#child.stop();
    this.#down(settled);
  }

  #askSoon(afterMs: number): void {
    this.#question = setTimeout(() => void this.#ask(), afterMs);
  }

  async #ask(): Promise<void> {
    const answer = await this.#get('/ready');
    const connections = answer === null ? null : readyConnections(answer);
    if (!this.#isNamed && this.#url === null && connections !== null && connections > 0) {
      this.#url = quickUrlOfHost((await this.#get('/quicktunnel')) ?? '');
    }
    if (this.#isOver) return;
    this.#judge(connections);
    if (!this.#isOver) this.#askSoon(this.#isUp ? this.#pace.askMs : this.#pace.askFirstMs);
  }

  #judge(connections: number | null): void {
    this.#misses = connections === null ? this.#misses + 1 : 0;
    if (connections !== null && connections > 0) {
      this.#unconnectedSince = null;
      if (!this.#isUp && this.#url !== null) {
        this.#isUp = true;
        clearTimeout(this.#startLimit);
        this.#lines.length = 0;
        this.#events.onUp(this.#url);
      }
      return;
    }
    if (!this.#isUp) return;
    const now = performance.now();
    if (connections === 0) this.#unconnectedSince ??= now;
    const isUnconnected =
      this.#unconnectedSince !== null && now - this.#unconnectedSince >= this.#pace.unconnectedMs;
    if (this.#misses >= mostMisses || isUnconnected) this.#giveUp('after-up');
  }

  /** It lives, and is of no use. */
  #giveUp(end: 'never-up' | 'after-up'): void {
    void this.#child.stop();
    this.#down(this.#trouble(end));
  }

  #trouble(end: 'before-up' | 'never-up' | 'after-up'): TunnelTrouble {
    return cloudflaredTrouble(this.#lines, this.#secrets, end);
  }

  #down(trouble: TunnelTrouble): void {
    if (this.#isOver) return;
    this.#end();
    this.#events.onDown(trouble);
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#startLimit);
    if (this.#question !== null) clearTimeout(this.#question);
  }

  /** Null: no answer in time. */
  #get(question: '/ready' | '/quicktunnel'): Promise<string | null> {
    return new Promise((resolve) => {
      const asked = get(`http://${this.#metrics}${question}`, { agent: false }, (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => {
          body += text;
          if (body.length > 4096) asked.destroy();
        });
        answer.once('end', () => resolve(body));
      });
      const limit = setTimeout(() => asked.destroy(), longestAnswerMs);
      asked.once('close', () => {
        clearTimeout(limit);
        resolve(null);
      });
      asked.on('error', () => resolve(null));
    });
  }
}

/** Its own settings also come from the environment; of those, the token is the only one that may. */
function environment(token: string | null): NodeJS.ProcessEnv {
  const rest = Object.entries(process.env).filter(([name]) => !name.startsWith('TUNNEL_'));
  return { ...Object.fromEntries(rest), ...(token === null ? {} : { TUNNEL_TOKEN: token }) };
}
