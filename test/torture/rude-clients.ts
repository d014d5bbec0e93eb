// Slow-loris, oversize, broken chunking, connections opened and left: is a good sender still answered, and does the app
// come out of it as it was? Linux only (/proc).
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { DataFolder, type HeadlessApp, type Launch } from '../fakes/headless-app.ts';
import { percentile, round } from '../bench/statistics.ts';
import { type Figure, type Findings, figure, promised, say } from './findings.ts';
import { GoodSender } from './good-sender.ts';
import type { RudeOrder, RudeResult, Rudeness, RudeStart } from './rude-client.ts';

interface Attack {
  readonly kind: Rudeness;
  readonly connections: number;
  /** What each of them may get. */
  readonly allowed: readonly string[];
}

/** Opened and left. */
const silence: Attack = { kind: 'silence', connections: 10_000, allowed: ['408', 'cut'] };
const attacks: readonly Attack[] = [
  { kind: 'slow headers', connections: 1000, allowed: ['408', 'cut'] },
  { kind: 'slow bodies', connections: 1000, allowed: ['408', 'cut'] },
  { kind: 'oversize', connections: 16, allowed: ['413', 'cut'] },
  { kind: 'broken chunks', connections: 64, allowed: ['400', 'cut'] },
  silence,
];

const attackMs = 8000;
/** The slowest request may take 10 s, a silent connection 20 s; the app looks once a second. */
const goneLimitMs = 30_000;
/** CloudMonitor gives up after 5 s. */
const longestMs = 5000;
/** Descriptors that come and go by themselves. */
const someDescriptors = 10;
/** What a garbage collector may have left for later. */
const moreMemoryMib = 32;
const mib = 1024 * 1024;

export async function beRude(options: {
  readonly quick: boolean;
  readonly launch: Launch;
}): Promise<Findings> {
  const figures: Figure[] = [];
  const breaches: string[] = [];
  const folder = new DataFolder(options.launch);
  try {
    const app = await folder.start();
    const { localUrl } = await app.addSource();
    const calm = await alone(localUrl);
    figures.push(figure('good sender alone: 200 after, p99', `${round(percentile(calm, 0.99), 1)} ms`));
    const before = resourcesOf(app);
    const attackWith = async (attack: Attack): Promise<readonly Figure[]> => {
      const connections = options.quick ? Math.ceil(attack.connections / 10) : attack.connections;
      const found = await endure(app, localUrl, { ...attack, connections }, before.descriptors);
      breaches.push(...found.breaches.map((breach) => `${attack.kind}: ${breach}`));
      return found.figures;
    };
    for (const attack of attacks) figures.push(...(await attackWith(attack)));
    // A heap that has grown stays; what grows again and again with the same attack would be a leak.
    await attackWith(silence);
    const twice = resourcesOf(app);
    await attackWith(silence);
    const after = resourcesOf(app);
    figures.push(
      promised(
        'descriptors before and after all that',
        `${before.descriptors}, ${after.descriptors}`,
        `at most ${someDescriptors} more`,
        after.descriptors <= before.descriptors + someDescriptors,
      ),
      promised(
        'memory before, after, and after silence once more (RSS)',
        `${before.memoryMib}, ${twice.memoryMib}, ${after.memoryMib} MiB`,
        `at most ${moreMemoryMib} MiB more the last time`,
        after.memoryMib <= twice.memoryMib + moreMemoryMib,
      ),
      figure('the most it ever had', `${peakOf(app)} MiB`),
    );
    const again = await alone(localUrl);
    figures.push(figure('good sender alone afterwards, p99', `${round(percentile(again, 0.99), 1)} ms`));
  } finally {
    await folder.remove();
  }
  return { round: 'rude clients', figures, breaches };
}

async function alone(url: string): Promise<readonly number[]> {
  const good = new GoodSender(url);
  await pause(3000);
  await good.stop();
  return good.tookMs;
}

async function endure(
  app: HeadlessApp,
  url: string,
  { kind, connections, allowed }: Attack,
  usualDescriptors: number,
): Promise<{ readonly figures: readonly Figure[]; readonly breaches: readonly string[] }> {
  const { port, pathname } = new URL(url);
  const order: RudeOrder = { kind, port: Number(port), path: pathname, connections };
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'rude-client.ts'), JSON.stringify(order)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const good = new GoodSender(url);
  const from = performance.now();
  const { opened } = JSON.parse(await nextLine(lines)) as RudeStart;
  await pause(attackMs);
  // Those who hold on are still there: it is the app that must get rid of them.
  const holdsOn = kind !== 'oversize' && kind !== 'broken chunks';
  const goneMs = holdsOn ? await goneAfter(app, usualDescriptors, from) : null;
  await good.stop();
  // The app has closed them; the other side has to hear of it, too.
  await pause(500);
  child.kill('SIGTERM');
  const { answers } = JSON.parse(await nextLine(lines)) as RudeResult;
  await ended(child);

  const p99 = percentile(good.tookMs, 0.99);
  const slowest = percentile(good.tookMs, 1);
  const odd = Object.keys(answers).filter((answer) => !allowed.includes(answer));
  const told = Object.entries(answers)
    .map(([answer, times]) => `${times} × ${answer}`)
    .join(', ');
  say(`rude clients: ${kind}: ${opened} connections, ${told}; good sender p99 ${round(p99, 1)} ms`);
  const figures = [
    promised(`${kind}: connections`, opened, String(connections), opened === connections),
    promised(`${kind}: their answers`, told, `only ${allowed.join(' or ')}`, odd.length === 0 && told !== ''),
    promised(
      `${kind}: good sender, p99 and slowest 200`,
      `${round(p99, 1)}, ${round(slowest, 1)} ms`,
      `all 200, below ${longestMs} ms`,
      good.failures.length === 0 && slowest < longestMs,
    ),
    ...(goneMs === null
      ? []
      : [
          promised(
            `${kind}: all of them closed by the app after`,
            Number.isFinite(goneMs) ? `${round(goneMs / 1000, 1)} s` : 'never',
            `${goneLimitMs / 1000} s`,
            goneMs <= goneLimitMs,
          ),
        ]),
  ];
  return { figures, breaches: good.failures.map((failure) => `the good sender: ${failure}`) };
}

async function goneAfter(app: HeadlessApp, usualDescriptors: number, from: number): Promise<number> {
  while (performance.now() - from < goneLimitMs) {
    if (resourcesOf(app).descriptors <= usualDescriptors + someDescriptors) return performance.now() - from;
    await pause(100);
  }
  return Number.POSITIVE_INFINITY;
}

interface Resources {
  readonly descriptors: number;
  readonly memoryMib: number;
}

function resourcesOf({ ready: { pid } }: HeadlessApp): Resources {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { descriptors: readdirSync(`/proc/${pid}/fd`).length, memoryMib: round((pages * 4096) / mib) };
}

/** The most memory it ever had, MiB. */
function peakOf({ ready: { pid } }: HeadlessApp): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return round(Number(kib) / 1024);
}

async function nextLine(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (done === true) throw new Error('The rude clients ended and said nothing.');
  return value;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
