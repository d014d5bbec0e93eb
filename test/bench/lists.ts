// How long lists and searches take on a full store: inside the process, and as a script sees it through the control
// socket.
import { startApp } from '../../main/app.ts';
import type { App } from '../../main/app-parts.ts';
import type { ListAlerts, ListDeliveries } from '../../shared/bridge.ts';
import { DataFolder, type HeadlessApp } from '../fakes/headless-app.ts';
import { say } from './child.ts';
import { copyStore, fullStore } from './full-store.ts';
import { inventedProblems } from './invented-alerts.ts';
import { untilQuiet } from './processor-time.ts';
import { percentile, round } from './statistics.ts';

export interface ListsOptions {
  /** Sizes of stores, in resolved alerts; 0 is a new one. */
  readonly sizes: readonly number[];
  /** Of each query. */
  readonly times: number;
}

interface Took {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
}

export interface QueryTimes {
  /** On average; a search gives what it found in its time, and where to go on. */
  readonly rows: number;
  readonly inside: Took;
  readonly socket: Took;
  /** Inside, going on until the page is full or nothing more is to be found. */
  readonly wholePage: Took & {
    readonly calls: number;
    /** The longest that one call kept the app from everything else. */
    readonly slowestCallMs: number;
  };
}

/** By size of the store, then by query. */
export type Lists = Readonly<Record<string, Readonly<Record<string, QueryTimes>>>>;

type Query =
  | { readonly call: 'listAlerts'; readonly argument: ListAlerts }
  | { readonly call: 'listDeliveries'; readonly argument: ListDeliveries };

/** What people ask, the `at`th time; never twice the same where that is possible. `pages`: cursors, one per hundred rows. */
type Ask = (at: number, source: string, pages: readonly string[]) => Query;

const everywhere: NonNullable<ListAlerts['states']> = ['open', 'acknowledged', 'snoozed', 'resolved'];
const alerts = (argument: ListAlerts): Query => ({ call: 'listAlerts', argument });
const deliveries = (argument: ListDeliveries): Query => ({ call: 'listDeliveries', argument });
const search = (text: string): Query => alerts({ states: everywhere, search: text });
const problem = (at: number): number => (at * 7919) % inventedProblems;

const queries: Readonly<Record<string, Ask>> = {
  'first page': () => alerts({ states: everywhere }),
  'first page, 500 rows': () => alerts({ states: everywhere, limit: 500 }),
  'page in the depth': (at, _source, pages) => {
    const after = pages[at % Math.max(1, pages.length)];
    return alerts({ states: everywhere, ...(after === undefined ? {} : { after }) });
  },
  'one source, one priority': (at, sourceId) =>
    alerts({
      states: ['resolved'],
      sourceId,
      priority: (['critical', 'medium', 'low'] as const)[at % 3] ?? 'low',
    }),
  'search: host name': (at) => search(`db-${problem(at)}.prod`),
  'search: whole host name': (at) => search(`shop-web-${problem(at)}.prod.example`),
  'search: Chinese, in every sixth alert': () => search('磁盘使用'),
  'search: Chinese, one character': () => search('延'),
  'search: two terms': (at) => search(`支付组 ${problem(at)}`),
  'search: two terms, each frequent': () => search('critical 内存使用率'),
  'search: in every alert': () => search('prod.example'),
  'search: beginning of a word': () => search('i-a'),
  'search: number of an alert': (at) => search(`A${1 + at * 997}`),
  'search: found nowhere': (at) => search(`nowhere${at}`),
  'search: terms that never meet': () => search('磁盘使用率 主从复制延迟'),
  'deliveries, first page': () => deliveries({}),
  'deliveries, of a rare verdict': () => deliveries({ verdict: 'not-understood' }),
};

/** Rows of a page when nothing is said (shared/bridge.ts). */
const usualLimit = 100;
/** Pages walked through for cursors of all depths. */
const cursors = 200;

export async function measureLists(options: ListsOptions): Promise<Lists> {
  const found: Record<string, Record<string, QueryTimes>> = {};
  for (const size of options.sizes) {
    const folder = new DataFolder();
    try {
      if (size > 0) copyStore(await fullStore(size), folder.path);
      found[String(size)] = await measureOne(folder, size, options.times);
    } finally {
      await folder.remove();
    }
  }
  return found;
}

async function measureOne(
  folder: DataFolder,
  size: number,
  times: number,
): Promise<Record<string, QueryTimes>> {
  const inside = await inProcess(folder.path, times);
  const socket = await throughSocket(folder, times);
  const result: Record<string, QueryTimes> = {};
  for (const [name, { took, rows, whole, calls, slowest }] of inside) {
    const figures: QueryTimes = {
      rows: round(rows / times),
      inside: tookOf(took),
      socket: tookOf(socket.get(name)?.took ?? []),
      wholePage: { ...tookOf(whole), calls: round(calls / times, 1), slowestCallMs: round(slowest, 2) },
    };
    result[name] = figures;
    say(
      `lists, ${size} alerts, ${name}: p95 ${figures.inside.p95Ms} ms, ${figures.rows} rows; whole page ${figures.wholePage.p95Ms} ms in ${figures.wholePage.calls} calls, the longest ${figures.wholePage.slowestCallMs} ms`,
    );
  }
  return result;
}

type Times = Map<
  string,
  { readonly took: number[]; rows: number; readonly whole: number[]; calls: number; slowest: number }
>;

async function inProcess(dataDir: string, times: number): Promise<Times> {
  const app = await startApp({
    dataDir,
    version: '0',
    port: 0,
    locale: () => 'en',
    desktop: null,
    log: () => undefined,
  });
  try {
    await untilQuiet(process.pid);
    const [source] = await app.handlers.listSources({});
    return await ask(times, source?.id ?? 'cm-none', (query) => askInside(app, query));
  } finally {
    await app.stop();
  }
}

async function throughSocket(folder: DataFolder, times: number): Promise<Times> {
  const app = await folder.start();
  await untilQuiet(app.ready.pid);
  const [source] = await app.call('listSources', {});
  const found = await ask(times, source?.id ?? 'cm-none', (query) => askSocket(app, query));
  await app.end('SIGTERM');
  return found;
}

interface Page {
  readonly rows: number;
  readonly next: string | null;
}

async function askInside({ handlers }: App, query: Query): Promise<Page> {
  if (query.call === 'listAlerts') {
    const { alerts: found, next } = await handlers.listAlerts(query.argument);
    return { rows: found.length, next };
  }
  const { deliveries: found, next } = await handlers.listDeliveries(query.argument);
  return { rows: found.length, next };
}

async function askSocket(app: HeadlessApp, query: Query): Promise<Page> {
  if (query.call === 'listAlerts') {
    const { alerts: found, next } = await app.call('listAlerts', query.argument);
    return { rows: found.length, next };
  }
  const { deliveries: found, next } = await app.call('listDeliveries', query.argument);
  return { rows: found.length, next };
}

/** Queries take turns, and each is asked after other things have happened, as in life: caches are not only its own. */
async function ask(times: number, source: string, once: (query: Query) => Promise<Page>): Promise<Times> {
  const pages = await walk(once);
  const found: Times = new Map(
    Object.keys(queries).map((name) => [name, { took: [], rows: 0, whole: [], calls: 0, slowest: 0 }]),
  );
  for (let at = 0; at < times; at += 1) {
    for (const [name, askFor] of Object.entries(queries)) {
      const query = askFor(at, source, pages);
      const from = performance.now();
      const first = await once(query);
      const one = found.get(name);
      if (one === undefined) continue;
      one.took.push(performance.now() - from);
      one.slowest = Math.max(one.slowest, performance.now() - from);
      one.rows += first.rows;
      one.calls += 1;
      for (let { rows, next } = first; next !== null && rows < (query.argument.limit ?? usualLimit); ) {
        const began = performance.now();
        const more = await once(goOn(query, next));
        one.slowest = Math.max(one.slowest, performance.now() - began);
        rows += more.rows;
        next = more.next;
        one.calls += 1;
      }
      one.whole.push(performance.now() - from);
      // What the app does besides gets its turn.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  return found;
}

function goOn(query: Query, after: string): Query {
  return query.call === 'listAlerts'
    ? alerts({ ...query.argument, after })
    : deliveries({ ...query.argument, after });
}

async function walk(once: (query: Query) => Promise<Page>): Promise<readonly string[]> {
  const pages: string[] = [];
  let after: string | null = null;
  do {
    const page = await once(alerts({ states: everywhere, limit: 500, ...(after === null ? {} : { after }) }));
    after = page.next;
    if (after !== null) pages.push(after);
  } while (after !== null && pages.length < cursors);
  return pages;
}

function tookOf(took: readonly number[]): Took {
  return {
    p50Ms: round(percentile(took, 0.5), 2),
    p95Ms: round(percentile(took, 0.95), 2),
    maxMs: round(percentile(took, 1), 2),
  };
}
