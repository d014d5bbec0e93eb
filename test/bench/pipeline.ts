// Deliveries per second through the whole pipeline at full sync, beside Debian's Alertmanager, which keeps alerts in
// memory; with an empty store and with a full one. All three take turns, one alert a request.
import path from 'node:path';
import Database from 'better-sqlite3';
import { Alertmanager } from '../fakes/alertmanager.ts';
import { DataFolder } from '../fakes/headless-app.ts';
import { say } from './child.ts';
import { copyStore, fullStore } from './full-store.ts';
import type { LoadOrder } from './load.ts';
import { processorMs, untilQuiet } from './processor-time.ts';
import { runLoad } from './run-load.ts';
import { median, round } from './statistics.ts';

export interface PipelineOptions {
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Resolved alerts in the full store. */
  readonly alerts: number;
}

/** One number for each of those who take turns. */
interface Turns<Value> {
  readonly alertmanager: Value;
  readonly empty: Value;
  readonly full: Value;
}

interface Turn {
  readonly perSecond: number;
  /** Processor time of the whole process, all threads: varies far less on a busy machine. */
  readonly processorUs: number;
}

export interface PipelineLevel {
  readonly connections: number;
  /** Requests per second, medians of the rounds. */
  readonly perSecond: Turns<number>;
  /** Processor time of one request, µs, medians of the rounds. */
  readonly processorUs: Turns<number>;
  /** Medians of the rounds' own ratios. */
  readonly emptyToAlertmanager: number;
  readonly fullToAlertmanager: number;
  readonly fullToEmpty: number;
  readonly rounds: readonly Turns<Turn>[];
}

export interface Pipeline {
  readonly alerts: number;
  readonly levels: readonly PipelineLevel[];
}

type Order = Omit<LoadOrder, 'to' | 'url'>;

/** Throws when a delivery that got 200 is missing. */
export async function measurePipeline(options: PipelineOptions): Promise<Pipeline> {
  const { alerts, rounds: count, warmUpMs, measureMs } = options;
  const store = await fullStore(alerts);
  const full = new DataFolder();
  copyStore(store, full.path);
  const levels: PipelineLevel[] = [];
  try {
    for (const connections of options.connections) {
      const order = { connections, warmUpMs, measureMs };
      const rounds: Turns<Turn>[] = [];
      for (let at = 1; at <= count; at += 1) {
        const one: Turns<Turn> = {
          alertmanager: await loadAlertmanager(order),
          empty: await loadEmpty(order),
          full: await loadFolder(full, order),
        };
        rounds.push(one);
        say(
          `pipeline, ${connections} connections, round ${at}: Alertmanager ${one.alertmanager.perSecond}/s, empty store ${one.empty.perSecond}/s, ${alerts} alerts ${one.full.perSecond}/s`,
        );
      }
      levels.push({ connections, ...summed(rounds), rounds });
    }
  } finally {
    await full.remove();
  }
  return { alerts, levels };
}

function summed(rounds: readonly Turns<Turn>[]): Omit<PipelineLevel, 'connections' | 'rounds'> {
  const middle = (of: (one: Turns<Turn>) => number, digits: number): number =>
    round(median(rounds.map(of)), digits);
  const turns = (of: (turn: Turn) => number, digits: number): Turns<number> => ({
    alertmanager: middle((one) => of(one.alertmanager), digits),
    empty: middle((one) => of(one.empty), digits),
    full: middle((one) => of(one.full), digits),
  });
  return {
    perSecond: turns((turn) => turn.perSecond, 0),
    processorUs: turns((turn) => turn.processorUs, 1),
    emptyToAlertmanager: middle((one) => one.empty.perSecond / one.alertmanager.perSecond, 3),
    fullToAlertmanager: middle((one) => one.full.perSecond / one.alertmanager.perSecond, 3),
    fullToEmpty: middle((one) => one.full.perSecond / one.empty.perSecond, 3),
  };
}

async function loadAlertmanager(order: Order): Promise<Turn> {
  const alertmanager = await Alertmanager.start(null);
  try {
    const { perSecond, processorUs } = await turnOf(alertmanager.pid, {
      ...order,
      to: 'alertmanager',
      url: alertmanager.alertsUrl,
    });
    return { perSecond, processorUs };
  } finally {
    await alertmanager.stop();
  }
}

async function loadEmpty(order: Order): Promise<Turn> {
  const folder = new DataFolder();
  try {
    return await loadFolder(folder, order);
  } finally {
    await folder.remove();
  }
}

async function loadFolder(folder: DataFolder, order: Order): Promise<Turn> {
  const app = await folder.start();
  await untilQuiet(app.ready.pid);
  const before = storedUpTo(folder.path);
  const [source] = await app.call('listSources', {});
  const { localUrl } =
    source === undefined ? await app.addSource('Bench') : await app.call('sourceAddress', { id: source.id });
  const turn = await turnOf(app.ready.pid, { ...order, to: 'tocsin', url: localUrl });
  await app.end('SIGTERM');
  const stored = storedUpTo(folder.path) - before;
  if (stored < turn.answered)
    throw new Error(`${turn.answered} got 200, but only ${stored} are in the store.`);
  return { perSecond: turn.perSecond, processorUs: turn.processorUs };
}

async function turnOf(pid: number, order: LoadOrder): Promise<Turn & { readonly answered: number }> {
  const before = processorMs(pid);
  const { perSecond, answered200 } = await runLoad(order);
  const processorUs = ((processorMs(pid) - before) * 1000) / answered200;
  return { perSecond: round(perSecond), processorUs: round(processorUs, 1), answered: answered200 };
}

/** Numbers are given without a gap. */
function storedUpTo(dataDir: string): number {
  const db = new Database(path.join(dataDir, 'tocsin.db'), { readonly: true });
  const last = db.prepare('SELECT coalesce(max(id), 0) FROM deliveries').pluck().get();
  db.close();
  return Number(last);
}
