// Whole days in simulated time with random faults: the ledger is held against what really was, second by second.
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SimulatedWorld, type Stretch } from '../../fakes/simulated-world.ts';

const daySeconds = 86_400;
const minute = 60;
/** On this day clocks go back by an hour in Berlin. */
const start = Date.UTC(2026, 9, 24, 22);
const zone = process.env['TZ'];
beforeAll(() => {
  process.env['TZ'] = 'Europe/Berlin';
});
afterAll(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** What can happen, for how many seconds, and what it is called afterwards. */
const kinds = {
  'tunnel down': { seconds: [5, 20 * minute] },
  'silent outside': { seconds: [8 * minute, 25 * minute] },
  "somebody else's page": { seconds: [8 * minute, 25 * minute] },
  'no network': { seconds: [5, 20 * minute] },
  'port taken': { seconds: [5, 20 * minute] },
  'sleep, announced': { seconds: [12, 180 * minute] },
  'sleep, unannounced': { seconds: [12, 180 * minute] },
  freeze: { seconds: [12, 5 * minute] },
  crash: { seconds: [2, 10 * minute] },
  quit: { seconds: [2, 60 * minute] },
  update: { seconds: [2, 5 * minute] },
  'computer off': { seconds: [20, 120 * minute] },
  'clock set': { seconds: [0, 0] },
} as const satisfies Record<string, { readonly seconds: readonly [number, number] }>;
type Kind = keyof typeof kinds;

interface Fault {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
  readonly clockMs: number;
}

const kindNames = Object.keys(kinds) as Kind[];
const share = fc.noBias(fc.integer({ min: 0, max: 1000 })).map((thousandths) => thousandths / 1000);
/** `pause`: between the end (or, overlapping, the beginning) of one and the beginning of the next, in seconds. */
const plans = (pause: readonly [number, number], overlapping: boolean, names: readonly Kind[]) =>
  fc
    .array(
      fc.record({
        kind: fc.constantFrom(...names),
        pause: fc.noBias(fc.integer({ min: pause[0], max: pause[1] })),
        // Short ones are more frequent than long ones.
        share: share.map((one) => one * one * one),
        clockMs: fc.constantFrom(-3_600_000, 3_600_000, -40_000, 40_000, -86_400_000, 700_000_000),
      }),
      { minLength: 150, maxLength: 150 },
    )
    .map((drawn) => {
      let at = 5 * minute;
      const faults: Fault[] = [];
      for (const { kind, pause: wait, share: part, clockMs } of drawn) {
        const [least, most] = kinds[kind].seconds;
        const from = at + wait;
        const to = from + Math.round(least + part * (most - least));
        at = overlapping ? from : to;
        if (to < daySeconds - 10 * minute) faults.push({ kind, from, to, clockMs });
      }
      return faults;
    });

type Change = (world: SimulatedWorld, fault: Fault) => void;
const both = (key: keyof SimulatedWorld['faults']): { begin: Change; end: Change } => ({
  begin: (world) => world.change(key, 1),
  end: (world) => world.change(key, -1),
});
const sleeping = (isAnnounced: boolean): { begin: Change; end: Change } => ({
  begin: (world) => world.sleep(isAnnounced),
  end: (world) => world.wake(isAnnounced),
});
const restarting = (
  how: 'crash' | 'quit',
  before: Change = () => undefined,
): { begin: Change; end: Change } => ({
  begin: (world) => {
    world.end(how);
    world.reopenStore();
  },
  end: (world, fault) => {
    before(world, fault);
    world.start();
  },
});
const changes: Readonly<Record<Kind, { begin: Change; end: Change }>> = {
  'tunnel down': both('tunnel'),
  'silent outside': both('silent'),
  "somebody else's page": both('wrong'),
  'no network': both('network'),
  'port taken': both('port'),
  'sleep, announced': sleeping(true),
  'sleep, unannounced': sleeping(false),
  freeze: { begin: (world) => world.freeze(true), end: (world) => world.freeze(false) },
  crash: restarting('crash'),
  quit: restarting('quit'),
  update: restarting('quit', (world) => {
    world.version = `${world.version}.1`;
  }),
  'computer off': restarting('crash', (world) => world.boot()),
  'clock set': { begin: (world, { clockMs }) => world.setClock(clockMs), end: () => undefined },
};

/** Of these there is one at a time. */
const standstills: ReadonlySet<Kind> = new Set([
  'sleep, announced',
  'sleep, unannounced',
  'freeze',
  'crash',
  'quit',
  'update',
  'computer off',
]);

/** A day in which these things happen. */
async function live(world: SimulatedWorld, faults: readonly Fault[]): Promise<void> {
  world.start();
  const edges = faults
    .flatMap((fault) => [
      { at: fault.from, act: () => changes[fault.kind].begin(world, fault) },
      { at: fault.to, act: () => changes[fault.kind].end(world, fault) },
    ])
    .toSorted((a, b) => a.at - b.at);
  for (const { at, act } of edges) {
    await world.run(at - world.seconds);
    act();
  }
  await world.run(daySeconds - world.seconds);
}

/** Whatever would need two of those at once is left out. */
function withoutClashes(faults: readonly Fault[]): Fault[] {
  let busyUntil = 0;
  return faults.filter(({ kind, from, to }) => {
    if (!standstills.has(kind)) return true;
    if (from <= busyUntil) return false;
    busyUntil = to;
    return true;
  });
}

/** The stretches in which nobody would have got through. */
function deafStretches(truth: readonly boolean[]): Stretch[] {
  const stretches: Stretch[] = [];
  let from: number | null = null;
  for (const [second, isReachable] of [...truth, true].entries()) {
    if (!isReachable) from ??= second;
    else if (from !== null) {
      stretches.push({ from, to: second });
      from = null;
    }
  }
  return stretches;
}

function uncoveredSeconds({ from, to }: Stretch, by: readonly Stretch[]): number {
  let left = 0;
  for (let second = from; second < to; second += 1) {
    // An event within a second counts for its beginning.
    if (!by.some((one) => one.from <= second + 1 && one.to >= second + 1)) left += 1;
  }
  return left;
}

const spacing = (isOnCall: boolean): number => (isOnCall ? 60 : 300);
/** Three calls of ten seconds each with ten seconds between, after the longest wait for the first. */
const threeProbes = (isOnCall: boolean): number => spacing(isOnCall) + 52;
/** The wait for the next call while deaf, a call that had begun too early, and a tunnel that connects. */
const wayBack = 30 + 10 + 5;

function expectNoCalmWhileDeaf(world: SimulatedWorld): void {
  const limit = threeProbes(world.isOnCall);
  for (const { from, to } of deafStretches(world.truth)) {
    const calm = world.thought.slice(from + limit, to).indexOf('hearing');
    expect(calm, `deaf from ${from} to ${to}, calm after ${limit + calm} s`).toBe(-1);
  }
}

function expectHearingToReturn(world: SimulatedWorld): void {
  let reachableFor = 0;
  for (const [second, isReachable] of world.truth.entries()) {
    reachableFor = isReachable ? reachableFor + 1 : 0;
    if (reachableFor > wayBack) expect(world.thought[second], `at ${second}`).toBe('hearing');
  }
  expect(world.state).toBe('hearing');
}

function expectTidyLedger(world: SimulatedWorld): void {
  let end = Number.NEGATIVE_INFINITY;
  for (const { startedAt, endedAt, later } of world.gaps()) {
    const times = [end, startedAt, ...later.map(({ at }) => at), endedAt ?? 0, world.now()];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    end = endedAt ?? 0;
  }
  expect(world.faultsReported).toEqual([]);
}

function expectTrueLedger(world: SimulatedWorld, slackSeconds: number): void {
  const known = world.ended.filter(({ to }) => to > 0);
  for (const stretch of deafStretches(world.truth)) {
    const uncovered = uncoveredSeconds(stretch, known);
    expect(uncovered, `${stretch.from} to ${stretch.to}`).toBeLessThanOrEqual(slackSeconds);
  }
  const deaf = deafStretches(world.truth);
  const most = spacing(world.isOnCall) + 15 + wayBack;
  for (const gap of known) {
    const extra = uncoveredSeconds({ from: Math.ceil(gap.from), to: Math.floor(gap.to) }, deaf);
    expect(extra, `${gap.gap.cause} from ${gap.from} to ${gap.to}`).toBeLessThanOrEqual(most);
  }
}

/** Lengths of time in seconds, by what happened. */
class Lengths {
  readonly #seen = new Map<string, number[]>();

  add(name: string, seconds: number): void {
    this.#seen.set(name, [...(this.#seen.get(name) ?? []), seconds]);
  }

  lines(): string[] {
    return [...this.#seen]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, seen]) => {
        const sorted = seen.toSorted((a, b) => a - b);
        const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
        return `${name}: p50 ${middle} s, max ${sorted.at(-1) ?? 0} s (${sorted.length})`;
      });
  }
}

const lengths = new Lengths();
afterAll(() => console.info(lengths.lines().join('\n')));

/** From the fault to the first second without calm, and from its end to hearing again. */
function measure(world: SimulatedWorld, faults: readonly Fault[]): void {
  const posture = world.isOnCall ? 'on call' : 'off call';
  for (const { kind, from, to } of faults) {
    if (kind === 'clock set') continue;
    const known = world.thought.slice(from, to).findIndex((state) => state !== 'hearing' && state !== null);
    if (known !== -1) lengths.add(`to know, ${posture}, ${kind}`, known);
    const back = world.thought.slice(to).indexOf('hearing');
    lengths.add(`to recover, ${posture}, ${kind}`, back);
  }
}

interface Days {
  readonly seed: number;
  readonly count: number;
  readonly isOnCall: boolean;
  readonly namesItsRuns?: boolean;
}

async function days(
  plan: fc.Arbitrary<readonly Fault[]>,
  { seed, count, isOnCall, namesItsRuns = true }: Days,
  judge: (world: SimulatedWorld, faults: readonly Fault[]) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(plan, async (faults) => {
      const world = new SimulatedWorld(start);
      try {
        world.isOnCall = isOnCall;
        world.namesItsRuns = namesItsRuns;
        await live(world, withoutClashes(faults));
        judge(world, withoutClashes(faults));
      } finally {
        world.dispose();
      }
    }),
    { seed, numRuns: count, endOnFailure: true },
  );
}

describe.each([
  { posture: 'on call', isOnCall: true },
  { posture: 'off call', isOnCall: false },
])('a day $posture', { timeout: 120_000 }, ({ isOnCall }) => {
  test('with one fault after the other: each is known, ends by itself, and stands in the ledger', async () => {
    const oneByOne = plans([6 * minute, 15 * minute], false, kindNames);
    await days(oneByOne, { seed: 5, count: 3, isOnCall }, (world, faults) => {
      expectNoCalmWhileDeaf(world);
      expectHearingToReturn(world);
      expectTidyLedger(world);
      expectTrueLedger(world, 2);
      measure(world, faults);
    });
  });

  // Silence outside of which no call had told yet when the computer went to sleep or Tocsin ended: nobody can know.
  const untold = spacing(isOnCall) + 12;

  test('with faults upon faults: the same', async () => {
    const names = kindNames.filter((kind) => kind !== 'clock set');
    const crowd = plans([5, 12 * minute], true, names);
    await days(crowd, { seed: 6, count: 2, isOnCall }, (world) => {
      expectNoCalmWhileDeaf(world);
      expectHearingToReturn(world);
      expectTidyLedger(world);
      expectTrueLedger(world, untold);
    });
  });

  test('with a clock that is set again and again as well: lengths stay true, no gap overlaps another', async () => {
    const names = kindNames.filter((kind) => kind !== 'computer off');
    const crowd = plans([5, 12 * minute], true, [...names, 'clock set']);
    await days(crowd, { seed: 7, count: 2, isOnCall }, (world) => {
      expectNoCalmWhileDeaf(world);
      expectHearingToReturn(world);
      expectTidyLedger(world);
      expectTrueLedger(world, untold);
    });
  });

  test('with everything at once, on a computer that cannot tell its runs apart: nothing overlaps', async () => {
    const crowd = plans([5, 12 * minute], true, kindNames);
    const settings = { seed: 9, count: 1, isOnCall, namesItsRuns: false };
    await days(crowd, settings, (world) => {
      expectNoCalmWhileDeaf(world);
      expectHearingToReturn(world);
      expectTidyLedger(world);
    });
  });

  test('of 25 hours, because clocks change: covered time and gaps make up the day', async () => {
    const names = kindNames.filter((kind) => kind !== 'clock set');
    const crowd = plans([5, 30 * minute], true, names);
    await days(crowd, { seed: 8, count: 1, isOnCall }, (world) => {
      const [day] = world.watch?.coverage(1, []).days ?? [];
      const missed = world.gaps().reduce((sum, gap) => sum + (gap.endedAt ?? world.now()) - gap.startedAt, 0);
      expect((day?.endsAt ?? 0) - (day?.startsAt ?? 0)).toBe(25 * 3_600_000);
      expect(day?.knownMs).toBe(world.now() - (world.gaps()[0]?.startedAt ?? 0));
      expect(day?.coveredMs).toBe((day?.knownMs ?? 0) - missed);
    });
  });
});
