// 500 deliveries a second for a while: how late is the event loop, on which everything else waits, and the 200s?
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { senderOf } from '../../main/sources/catalogue.ts';
import { ChangesStream } from '../fakes/control-client.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { until } from '../fakes/until.ts';
import { say } from './child.ts';
import { copyStore, fullStore } from './full-store.ts';
import type { LoopDelay } from './loop-delay.ts';
import { untilQuiet } from './processor-time.ts';
import { percentile, round } from './statistics.ts';

export interface StormOptions {
  /** Sizes of stores, in resolved alerts; 0 is a new one. */
  readonly sizes: readonly number[];
  readonly seconds: number;
}

export interface StormFigures {
  /** Got through, so that nobody reads figures of a storm that was none. */
  readonly perSecond: number;
  readonly loop: LoopDelay;
  /** The same app, before the storm. */
  readonly loopAtRest: LoopDelay;
  readonly answerP99Ms: number;
}

/** By size of the store. */
export type StormBySize = Readonly<Record<string, StormFigures>>;

const perSecond = 500;
const warmUpSeconds = 3;
const connections = 32;
const lastedMs = 12 * 60_000;

export async function measureStorm(options: StormOptions): Promise<StormBySize> {
  const found: Record<string, StormFigures> = {};
  for (const size of options.sizes) {
    const folder = new DataFolder({
      nodeOptions: ['--import', path.join(import.meta.dirname, 'loop-delay.ts')],
    });
    const file = path.join(folder.path, 'loop-delay.json');
    process.env['TOCSIN_BENCH_LOOP'] = file;
    try {
      if (size > 0) copyStore(await fullStore(size), folder.path);
      const figures = await measureOne(await folder.start(), file, options.seconds);
      found[String(size)] = figures;
      say(
        `storm, ${size} alerts: ${figures.perSecond}/s, event loop late by p99 ${figures.loop.p99Ms} ms, at most ${figures.loop.maxMs} ms; 200 after p99 ${figures.answerP99Ms} ms`,
      );
    } finally {
      delete process.env['TOCSIN_BENCH_LOOP'];
      await folder.remove();
    }
  }
  return found;
}

async function measureOne(app: HeadlessApp, file: string, seconds: number): Promise<StormFigures> {
  const [source] = await app.call('listSources', {});
  const { localUrl } =
    source === undefined ? await app.addSource('Bench') : await app.call('sourceAddress', { id: source.id });
  await untilQuiet(app.ready.pid);
  await loopDelay(app, file);
  await pause(3000);
  const loopAtRest = await loopDelay(app, file);
  // As the window would.
  const watcher = await ChangesStream.open(app.ready.controlSocket);
  const storm = new Storm(localUrl);
  await storm.blow(warmUpSeconds);
  await loopDelay(app, file);
  storm.tookMs.length = 0;
  const from = performance.now();
  await storm.blow(seconds);
  const loop = await loopDelay(app, file);
  const rate = storm.tookMs.length / ((performance.now() - from) / 1000);
  watcher.close();
  await app.end('SIGTERM');
  return { perSecond: round(rate), loop, loopAtRest, answerP99Ms: round(percentile(storm.tookMs, 0.99), 2) };
}

/** Since the last time it was asked. */
async function loopDelay(app: HeadlessApp, file: string): Promise<LoopDelay> {
  rmSync(file, { force: true });
  process.kill(app.ready.pid, 'SIGUSR2');
  await until(() => existsSync(file));
  return JSON.parse(readFileSync(file, 'utf8')) as LoopDelay;
}

/** Three of five are new alerts, one is a repeat, one a recovery of what fired two seconds before. */
class Storm {
  readonly tookMs: number[] = [];
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: connections });
  /** Hours back, so that no time is ahead of the app's clock. */
  readonly #began = Date.now() - 6 * 3_600_000;
  #number = 0;
  #waiting = 0;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** Sends at an even rate, whatever the answers take; resolves when all have come. */
  async blow(seconds: number): Promise<void> {
    const from = performance.now();
    const end = this.#number + seconds * perSecond;
    const start = this.#number;
    while (this.#number < end) {
      const due = Math.min(end, start + ((performance.now() - from) / 1000) * perSecond);
      while (this.#number < due) this.#send();
      await pause(2);
    }
    while (this.#waiting > 0) await pause(2);
  }

  #send(): void {
    const number = this.#number;
    this.#number += 1;
    const turn = number % 5;
    const about = turn === 4 && number >= 2 * perSecond ? number - 1004 : turn === 3 ? number - 3 : number;
    const at = this.#began + 1000 * Math.floor(about / 5);
    const sender = senderOf('cloudmonitor');
    if (sender === null) throw new Error('CloudMonitor is not in the catalogue.');
    const isOver = about !== number && turn === 4;
    const { contentType, body } = sender.sample({
      state: isOver ? 'recovered' : 'firing',
      level: number % 2 === 0 ? 'CRITICAL' : 'WARN',
      at: isOver ? at + lastedMs : at,
      name: `storm ${about}`,
    });
    // A repeat is the same message of the same episode a little later.
    const sent = turn === 3 ? body.replace(`timestamp=${at}`, `timestamp=${at + 500}`) : body;
    this.#post(contentType, sent);
  }

  #post(contentType: string, body: string): void {
    const from = performance.now();
    this.#waiting += 1;
    const asking = request(
      this.#url,
      { method: 'POST', agent: this.#agent, headers: { 'content-type': contentType } },
      (answer) => {
        answer.resume();
        answer.once('end', () => {
          this.#waiting -= 1;
          if (answer.statusCode !== 200)
            throw new Error(`A delivery was answered with ${answer.statusCode}.`);
          this.tookMs.push(performance.now() - from);
        });
      },
    );
    asking.once('error', (error) => {
      throw error;
    });
    asking.end(body);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
