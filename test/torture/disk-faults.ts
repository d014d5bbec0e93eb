// A disk that fails under the running app: every fsync, every write, now and then, and while the log is copied back.
import { statSync } from 'node:fs';
import path from 'node:path';
import { DataFolder, type HeadlessApp, type Launch } from '../fakes/headless-app.ts';
import { until } from '../fakes/until.ts';
import { percentile, round } from '../bench/statistics.ts';
import { Audit } from './audit.ts';
import { type Figure, type Findings, figure, promised, say } from './findings.ts';
import { Storm } from './storm.ts';
import { type Fault, injected, Strace } from './strace.ts';

interface Trial {
  readonly name: string;
  readonly fault: Omit<Fault, 'files'>;
  /** `log`: the file every commit goes to. `store`: the one the log is copied back to. */
  readonly file: 'log' | 'store';
  /** No delivery can be stored while it lasts. */
  readonly isTotal: boolean;
}

const syncs = 'fsync,fdatasync';
const writes = 'write,pwrite64';
const trials: readonly Trial[] = [
  { name: 'every fsync: EIO', fault: { calls: syncs, error: 'EIO' }, file: 'log', isTotal: true },
  { name: 'every fsync: ENOSPC', fault: { calls: syncs, error: 'ENOSPC' }, file: 'log', isTotal: true },
  { name: 'every write: EIO', fault: { calls: writes, error: 'EIO' }, file: 'log', isTotal: true },
  { name: 'every write: ENOSPC', fault: { calls: writes, error: 'ENOSPC' }, file: 'log', isTotal: true },
  {
    name: 'every third fsync: EIO',
    fault: { calls: syncs, error: 'EIO', when: '3+3' },
    file: 'log',
    isTotal: false,
  },
  {
    name: 'every seventh write: ENOSPC',
    fault: { calls: writes, error: 'ENOSPC', when: '7+7' },
    file: 'log',
    isTotal: false,
  },
  {
    name: 'checkpoint, write: EIO',
    fault: { calls: writes, error: 'EIO' },
    file: 'store',
    isTotal: false,
  },
  {
    name: 'checkpoint, fsync: EIO',
    fault: { calls: syncs, error: 'EIO' },
    file: 'store',
    isTotal: false,
  },
];

const senders = 16;
const hour = 3_600_000;
const faultMs = 1500;
/** A checkpoint comes after 16 MB of log. */
const longestFaultMs = 60_000;
/** Nobody sends anything this long while the disk still fails: nothing may look calm. */
const quietMs = 3500;
const backLimitMs = 5000;

interface Outcome {
  readonly faults: number;
  readonly refused: number;
  readonly storedInTotalFault: number;
  readonly calmInFault: number;
  readonly backMs: number;
  readonly unanswered: number;
  readonly breaches: readonly string[];
}

export async function failTheDisk(options: {
  readonly quick: boolean;
  readonly launch: Launch;
}): Promise<Findings> {
  const figures: Figure[] = [];
  const breaches: string[] = [];
  const backs: number[] = [];
  let unanswered = 0;
  for (const trial of options.quick ? trials.filter((_, index) => index % 3 === 0) : trials) {
    for (const isKilled of [false, true]) {
      const outcome = await tryOne(trial, isKilled, options.launch);
      const name = `${trial.name}${isKilled ? ', then kill -9' : ''}`;
      say(
        `disk faults: ${name}: ${outcome.faults} faults, ${outcome.refused} refused, ${outcome.breaches.length} promises broken`,
      );
      breaches.push(...outcome.breaches.map((breach) => `${name}: ${breach}`));
      figures.push(
        promised(
          name,
          `${outcome.faults} faults, ${outcome.refused} × 503`,
          trial.isTotal ? 'faults hit, 503, nothing stored' : 'faults hit',
          outcome.faults > 0 && (!trial.isTotal || (outcome.refused > 0 && outcome.storedInTotalFault === 0)),
        ),
      );
      if (outcome.calmInFault > 0)
        figures.push(
          promised(`${name}: looked calm`, `${outcome.calmInFault} times`, 'deaf till its end', false),
        );
      if (!isKilled) backs.push(outcome.backMs);
      unanswered += outcome.unanswered;
    }
  }
  const ordered = await syncsComeFirst(options.launch);
  return {
    round: 'disk faults',
    figures: [
      ...figures,
      promised('missing, doubled, half applied, damage', breaches.length, '0', breaches.length === 0),
      figure('not answered with 200, yet stored whole', unanswered),
      promised(
        'hearing again after the fault, without a delivery, slowest',
        `${round(percentile(backs, 1))} ms`,
        `${backLimitMs} ms`,
        percentile(backs, 1) <= backLimitMs,
      ),
      figure('200s looked at in the order of system calls', ordered.replies),
      promised('of them sent while the log was not synced', ordered.early, '0', ordered.early === 0),
    ],
    breaches,
  };
}

async function tryOne(trial: Trial, isKilled: boolean, launch: Launch): Promise<Outcome> {
  const folder = new DataFolder(launch);
  const storm = new Storm(senders, Date.now() - 6 * hour);
  const audit = new Audit(storm.attempts);
  try {
    let app = await folder.start();
    const { id, localUrl } = await app.addSource();
    let running = storm.run(localUrl);
    await storm.stored(200);

    const store = path.join(folder.path, 'tocsin.db');
    const strace = await Strace.inject(app.ready.pid, {
      ...trial.fault,
      files: [trial.file === 'log' ? `${store}-wal` : store],
    });
    const before = { ...storm.count };
    await (trial.file === 'log' ? pause(faultMs) : checkpointed(store));
    const refused = storm.count.refused - before.refused;
    // What was answered in the moment before strace had a hold of it does not count.
    const storedInTotalFault = trial.isTotal ? Math.max(0, storm.count.stored - before.stored - senders) : 0;
    let calmInFault = 0;
    let backMs = 0;
    let faults: number;
    if (isKilled) {
      await app.end('SIGKILL');
      await running;
      faults = injected(await strace.detach());
      app = await folder.start();
    } else {
      storm.stop();
      await running;
      if (trial.isTotal) calmInFault = await countCalm(app);
      faults = injected(await strace.detach());
      const from = performance.now();
      await until(() => isHearing(app), 60_000);
      backMs = performance.now() - from;
    }
    audit.look(folder.path);
    running = storm.run((await app.call('sourceAddress', { id })).localUrl);
    await storm.stored(200);
    storm.stop();
    await running;
    await compareMemory(app, audit);
    await app.end('SIGKILL');
    await folder.start();
    audit.look(folder.path);
    const { unanswered } = audit;
    const breaches = [...audit.breaches, ...storm.oddAnswers];
    return { faults, refused, storedInTotalFault, calmInFault, backMs, unanswered, breaches };
  } finally {
    await folder.remove();
  }
}

/** Until a checkpoint has run into the fault: the log is far longer than it would ever get by itself. */
async function checkpointed(store: string): Promise<void> {
  await until(() => statSync(`${store}-wal`).size > 24 * 1024 * 1024, longestFaultMs);
}

async function isHearing(app: HeadlessApp): Promise<boolean> {
  return (await app.call('health', {})).hearing.state === 'hearing';
}

/** How many looks in the time of the fault found it hearing. */
async function countCalm(app: HeadlessApp): Promise<number> {
  let calm = 0;
  for (const end = performance.now() + quietMs; performance.now() < end; await pause(50)) {
    if (await isHearing(app)) calm += 1;
  }
  return calm;
}

/** What is open in memory is what is open on the disk, also after commits that failed. */
async function compareMemory(app: HeadlessApp, audit: Audit): Promise<void> {
  const { alerts: inMemory } = await app.call('watch', {});
  const onDisk = (await app.alerts()).filter(({ state }) => state !== 'resolved');
  const text = (alerts: typeof inMemory): string =>
    JSON.stringify(alerts.toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1))));
  if (text(inMemory) !== text(onDisk)) audit.breaches.push('memory and disk differ about what is open');
}

/** Watches the system calls of a burst: a 200 may leave only when all that was written to the log is synced. */
async function syncsComeFirst(launch: Launch): Promise<{ readonly replies: number; readonly early: number }> {
  const folder = new DataFolder(launch);
  const storm = new Storm(senders, Date.now() - 6 * hour);
  try {
    const app = await folder.start();
    const { localUrl } = await app.addSource();
    const strace = await Strace.attach(app.ready.pid, [
      '-y',
      '-s',
      '32',
      '-e',
      'trace=write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync',
    ]);
    const running = storm.run(localUrl);
    await storm.stored(500);
    storm.stop();
    await running;
    return orderOf(await strace.detach());
  } finally {
    await folder.remove();
  }
}

function orderOf(lines: readonly string[]): { readonly replies: number; readonly early: number } {
  let replies = 0;
  let early = 0;
  let unsynced = false;
  for (const line of lines) {
    const isLog = line.includes('tocsin.db-wal>');
    if (isLog && line.includes(' pwrite64(')) unsynced = true;
    else if (isLog && /sync\(.*= 0$/.test(line)) unsynced = false;
    else if (line.includes('"HTTP/1.1 200')) {
      replies += 1;
      if (unsynced) early += 1;
    }
  }
  return { replies, early };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
