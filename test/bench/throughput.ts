// Deliveries stored per second with full sync, against Fastify that does nothing, on the same machine in the same minutes.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { DataFolder } from '../fakes/headless-app.ts';
import { endChild, say, startHere } from './child.ts';
import type { LoadOrder } from './load.ts';
import { runLoad } from './run-load.ts';
import { median, round } from './statistics.ts';

export interface ThroughputOptions {
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

export interface ThroughputLevel {
  readonly connections: number;
  /** Median of the rounds. */
  readonly storedPerSecond: number;
  readonly bareFastifyPerSecond: number;
  /** Median of the rounds' own ratios: both sides of a round ran within seconds of each other. */
  readonly ratio: number;
  readonly rounds: readonly { readonly stored: number; readonly bare: number }[];
}

export interface Throughput {
  readonly levels: readonly ThroughputLevel[];
  /** What became of the deliveries, of all rounds. */
  readonly verdicts: Readonly<Record<string, number>>;
  /** How long this disk takes to sync one page, ms. */
  readonly syncMs: number;
}

/** Rounds are interleaved, so that both sides meet the same machine. Throws when a delivery that got 200 is missing. */
export async function measureThroughput(options: ThroughputOptions): Promise<Throughput> {
  const verdicts: Record<string, number> = {};
  const levels: ThroughputLevel[] = [];
  for (const connections of options.connections) {
    const rounds: { stored: number; bare: number }[] = [];
    for (let at = 1; at <= options.rounds; at += 1) {
      const order = { connections, warmUpMs: options.warmUpMs, measureMs: options.measureMs };
      const bare = await loadBare(order);
      const stored = await loadTocsin(order, verdicts);
      rounds.push({ stored: round(stored), bare: round(bare) });
      say(
        `throughput, ${connections} connections, round ${at}: ${round(stored)}/s stored, bare Fastify ${round(bare)}/s`,
      );
    }
    levels.push({
      connections,
      storedPerSecond: round(median(rounds.map(({ stored }) => stored))),
      bareFastifyPerSecond: round(median(rounds.map(({ bare }) => bare))),
      ratio: round(median(rounds.map(({ stored, bare }) => stored / bare)), 3),
      rounds,
    });
  }
  return { levels, verdicts, syncMs: measureSync() };
}

type Order = Omit<LoadOrder, 'to' | 'url'>;

async function loadBare(order: Order): Promise<number> {
  const { child, firstLine } = startHere('bare-server.ts');
  try {
    const { port } = (await firstLine) as { port: number };
    return (await runLoad({ ...order, to: 'tocsin', url: `http://127.0.0.1:${port}/hooks/bare/server` }))
      .perSecond;
  } finally {
    await endChild(child);
  }
}

async function loadTocsin(order: Order, verdicts: Record<string, number>): Promise<number> {
  const folder = new DataFolder();
  try {
    const app = await folder.start();
    const { localUrl } = await app.addSource('Bench');
    const { perSecond, answered200 } = await runLoad({ ...order, to: 'tocsin', url: localUrl });
    await app.end('SIGTERM');
    const found = readVerdicts(folder.path);
    const stored = Object.values(found).reduce((sum, count) => sum + count, 0);
    if (stored < answered200) throw new Error(`${answered200} got 200, but only ${stored} are in the store.`);
    for (const [verdict, count] of Object.entries(found))
      verdicts[verdict] = (verdicts[verdict] ?? 0) + count;
    return perSecond;
  } finally {
    await folder.remove();
  }
}

function readVerdicts(dataDir: string): Record<string, number> {
  const db = new Database(path.join(dataDir, 'tocsin.db'), { readonly: true });
  const rows = db.prepare('SELECT verdict, count(*) AS count FROM deliveries GROUP BY verdict').all() as {
    verdict: string;
    count: number;
  }[];
  db.close();
  return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, count]));
}

/** Tells a real disk from one that only says yes: median of 50 syncs after one page each. */
function measureSync(): number {
  const folder = new DataFolder();
  const file = openSync(path.join(folder.path, 'sync'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 50 }, () => {
    const from = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    return performance.now() - from;
  });
  closeSync(file);
  void folder.remove();
  return round(median(times), 3);
}
