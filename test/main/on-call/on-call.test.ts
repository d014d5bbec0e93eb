import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { OnCallMode } from '../../../main/on-call/on-call.ts';
import type { CallOutcome } from '../../../main/on-call/outside-check.ts';
import { Shifts } from '../../../main/on-call/shifts.ts';
import type { OnCallWarning, PowerFacts } from '../../../shared/on-call.ts';

const hour = 3_600_000;
const minute = 60_000;
const start = Date.UTC(2031, 2, 4, 5);
let folder: string;
let db: Store;
let mode: OnCallMode;
let now: number;
let elapsed: number;
let power: PowerFacts;
let asked: number;
let network: boolean | null;
let criticals: number;
let isHearing: boolean;
let keepAwake: boolean;
let url: string | null;
let outcome: CallOutcome | Promise<CallOutcome>;
/** What the computer was told, what toasts were told, and calls of the outside check. */
let awake: boolean[];
let warned: (readonly OnCallWarning[])[];
let over: number;
let calls: { url: string; at: number }[];
let news: number;
const faults: unknown[] = [];

const begin = (headless = false): OnCallMode =>
  new OnCallMode({
    shifts: new Shifts(db),
    settings: () => ({ keepAwake, outsideCheckUrl: url }),
    isHearing: () => isHearing,
    criticals: () => criticals,
    power: async () => {
      asked += 1;
      return power;
    },
    hasNetwork: () => network,
    keepAwake: headless ? null : (on) => void awake.push(on),
    callOutside: async (called) => {
      calls.push({ url: called, at: elapsed });
      return outcome;
    },
    now: () => now,
    elapsed: () => elapsed,
    onState: () => {
      news += 1;
    },
    onWarnings: (warnings) => void warned.push(warnings),
    onOver: () => {
      over += 1;
    },
    onFault: (error) => void faults.push(error),
  });

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tocsin-shift-'));
  db = openDatabase(path.join(folder, 'tocsin.db'));
  [now, elapsed, asked, over, news] = [start, 0, 0, 0, 0];
  power = { supply: 'mains', batteryPercent: 90 };
  [network, criticals, isHearing, keepAwake, url, outcome] = [true, 0, true, true, null, 'taken'];
  [awake, warned, calls] = [[], [], []];
  mode = begin();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
  if (faults.length > 0) throw faults[0];
});

/** Seconds pass, each with its tick. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1000) {
    now += 1000;
    elapsed += 1000;
    mode.tick();
    // The facts that were asked for arrive.
    await Promise.resolve();
    await Promise.resolve();
  }
}
const lastWarned = (): readonly OnCallWarning[] | undefined => warned.at(-1);

describe('the switch', () => {
  test('is off at first, and nothing is asked of the computer then', async () => {
    url = 'https://check.example/1';
    await pass(5 * minute);
    expect(mode.state).toBeNull();
    expect({ asked, awake, calls, warned }).toEqual({ asked: 0, awake: [], calls: [], warned: [] });
  });

  test('outlives a restart, with its end', () => {
    mode.switchOn(start + 8 * hour);
    mode = begin();
    expect(mode.state).toMatchObject({ since: start, until: start + 8 * hour });
    mode.switchOff();
    mode = begin();
    expect(mode.state).toBeNull();
  });

  test('ends by itself at its time, once, and then the hand-over is due', async () => {
    mode.switchOn(start + 2 * minute);
    await pass(minute + 59_000);
    expect([mode.isOn, over]).toEqual([true, 0]);
    await pass(1000);
    expect([mode.isOn, over]).toEqual([false, 1]);
    await pass(minute);
    expect(over).toBe(1);
    expect(mode.span).toEqual({ from: start, to: start + 2 * minute });
  });

  test('that should have ended while the app was off ends at its time, with its hand-over', () => {
    mode.switchOn(start + hour);
    now = start + 9 * hour;
    mode = begin();
    mode.tick();
    expect([mode.isOn, over]).toEqual([false, 1]);
    expect(mode.span).toEqual({ from: start, to: start + hour });
  });

  test('can be given another end without beginning anew', async () => {
    mode.switchOn(start + hour);
    await pass(minute);
    mode.switchOn(null);
    expect(mode.state).toMatchObject({ since: start, until: null });
  });

  test('switched off by hand offers nothing: whoever did it knows', async () => {
    mode.switchOn(null);
    await pass(minute);
    mode.switchOff();
    await pass(minute);
    expect(over).toBe(0);
    expect(mode.span).toEqual({ from: start, to: start + minute });
  });

  test('is off also where the store does not take it', () => {
    mode.switchOn(start + hour);
    now = start + 2 * hour;
    db.pragma('query_only = on');
    expect(() => mode.tick()).toThrow('readonly');
    expect([mode.isOn, over, awake.at(-1)]).toEqual([false, 1, false]);
    db.pragma('query_only = off');
  });

  test('that runs while the clock is set back never ends before it began', () => {
    mode.switchOn(null);
    now = start - 5 * hour;
    expect(mode.span).toEqual({ from: start, to: start });
    mode.switchOff();
    expect(mode.span).toEqual({ from: start, to: start });
  });

  test('was never used: the hand-over is about the last 24 hours', () => {
    expect(mode.span).toEqual({ from: start - 24 * hour, to: start });
  });
});

describe('the computer is kept awake', () => {
  test('on mains, as long as the shift lasts', async () => {
    mode.switchOn(start + minute);
    expect(mode.state?.keptAwake).toBe(true);
    await pass(minute);
    expect(awake).toEqual([true, false]);
  });

  test('not on battery, which is said, and again once it is plugged in', async () => {
    power = { supply: 'battery', batteryPercent: 70 };
    mode.switchOn(null);
    await pass(1000);
    expect(mode.state).toMatchObject({ keptAwake: false, warnings: ['on-battery'] });
    power = { supply: 'mains', batteryPercent: 70 };
    await pass(31_000);
    expect(mode.state).toMatchObject({ keptAwake: true, warnings: [] });
    expect(warned).toEqual([['on-battery'], []]);
  });

  test('where the system does not say what it runs on', async () => {
    power = { supply: 'unknown', batteryPercent: null };
    mode.switchOn(null);
    await pass(minute);
    expect(mode.state).toMatchObject({ keptAwake: true, warnings: [] });
  });

  test('only if the settings want it, which may change at any time', async () => {
    mode.switchOn(null);
    keepAwake = false;
    await pass(1000);
    keepAwake = true;
    await pass(1000);
    expect(awake).toEqual([true, false, true]);
  });

  test('nowhere without a desktop, and nothing else is claimed', async () => {
    mode = begin(true);
    power = { supply: 'battery', batteryPercent: 70 };
    mode.switchOn(null);
    await pass(minute);
    expect(mode.state).toMatchObject({ keptAwake: false, warnings: [] });
  });

  test('no longer when the app quits, but the shift goes on', () => {
    mode.switchOn(null);
    mode.stop();
    criticals = 1;
    mode.goingToSleep();
    mode.tick();
    expect([awake, warned]).toEqual([[true, false], []]);
    expect(begin().isOn).toBe(true);
  });
});

test('what the computer says of its power after the end keeps nobody awake', async () => {
  power = { supply: 'battery', batteryPercent: 70 };
  mode.switchOn(null);
  await pass(1000);
  power = { supply: 'mains', batteryPercent: 70 };
  mode.woke();
  mode.tick();
  mode.stop();
  news = 0;
  await Promise.resolve();
  await Promise.resolve();
  expect([awake.at(-1), news]).toEqual([false, 0]);
});

describe('a warning', () => {
  test('of a low battery comes once a discharge', async () => {
    mode.switchOn(null);
    for (const percent of [50, 21, 20, 19, 20, 21, 20, 5]) {
      power = { supply: 'battery', batteryPercent: percent };
      await pass(30_000);
    }
    expect(warned).toEqual([['on-battery'], ['battery-low']]);
    power = { supply: 'mains', batteryPercent: 5 };
    await pass(31_000);
    expect(lastWarned()).toEqual([]);
  });

  test('of sleep comes at once where something critical is open, and ends with the wake', async () => {
    mode.switchOn(null);
    mode.goingToSleep();
    expect(warned).toEqual([]);
    mode.woke();
    criticals = 1;
    mode.goingToSleep();
    expect(lastWarned()).toEqual(['lid-closing']);
    now += 8 * hour;
    mode.woke();
    expect(lastWarned()).toEqual([]);
  });

  test('of a sleep that did not come ends by itself', async () => {
    mode.switchOn(null);
    criticals = 1;
    mode.goingToSleep();
    await pass(29_000);
    expect(lastWarned()).toEqual(['lid-closing']);
    await pass(1000);
    expect(lastWarned()).toEqual([]);
  });

  test('of a lost network comes when it is really gone, and ends when it is back', async () => {
    mode.switchOn(null);
    criticals = 1;
    network = false;
    await pass(10_000);
    expect(warned).toEqual([]);
    await pass(1000);
    expect(warned).toEqual([['network-lost']]);
    await pass(minute);
    network = null;
    await pass(1000);
    expect(warned).toEqual([['network-lost'], []]);
  });

  test('ends with the shift', async () => {
    power = { supply: 'battery', batteryPercent: 5 };
    mode.switchOn(null);
    await pass(1000);
    mode.switchOff();
    expect(lastWarned()).toEqual([]);
    mode.goingToSleep();
    criticals = 3;
    await pass(minute);
    expect(warned).toHaveLength(2);
    mode.woke();
    power = { supply: 'mains', batteryPercent: 5 };
    mode.switchOn(null);
    await pass(minute);
    expect(warned).toHaveLength(2);
  });
});

describe('the outside check', () => {
  test('is called every minute while on call and hearing, and at no other time', async () => {
    url = 'https://check.example/1';
    mode.switchOn(null);
    await pass(5 * minute);
    expect(calls.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5].map((at) => at * minute));
    isHearing = false;
    await pass(10 * minute);
    expect(calls).toHaveLength(6);
    isHearing = true;
    await pass(1000);
    expect(calls).toHaveLength(7);
    mode.switchOff();
    await pass(10 * minute);
    expect(calls).toHaveLength(7);
  });

  test('that refuses is called no more often, and warned of after the third time', async () => {
    url = 'https://check.example/1';
    outcome = 'refused';
    mode.switchOn(null);
    await pass(2 * minute - 1000);
    expect(warned).toEqual([]);
    await pass(2000);
    expect(calls).toHaveLength(3);
    expect(lastWarned()).toEqual(['check-refused']);
    outcome = 'taken';
    await pass(minute);
    expect(lastWarned()).toEqual([]);
  });

  test('with another address is called at once, and what the old one refused is forgotten', async () => {
    url = 'https://check.example/1';
    outcome = 'refused';
    mode.switchOn(null);
    await pass(2 * minute + 2000);
    [url, outcome] = ['https://check.example/2', 'taken'];
    await pass(1000);
    expect(calls.at(-1)?.url).toBe('https://check.example/2');
    expect(lastWarned()).toEqual([]);
    url = null;
    await pass(5 * minute);
    expect(calls).toHaveLength(4);
  });
});

test('what the outside check refused within one shift is forgotten in the next', async () => {
  url = 'https://check.example/1';
  outcome = 'refused';
  mode.switchOn(null);
  await pass(3 * minute);
  expect(lastWarned()).toEqual(['check-refused']);
  mode.switchOff();
  mode.switchOn(null);
  await pass(1000);
  expect(lastWarned()).toEqual([]);
});

test('an answer of the outside check that comes after its address was changed says nothing', async () => {
  let answer: (outcome: CallOutcome) => void = () => undefined;
  url = 'https://check.example/1';
  outcome = new Promise<CallOutcome>((resolve) => {
    answer = resolve;
  });
  mode.switchOn(null);
  [url, outcome] = ['https://check.example/2', 'refused'];
  await pass(minute + 1000);
  answer('refused');
  await pass(30_000);
  expect(warned).toEqual([]);
  expect(calls.map((one) => one.url.at(-1))).toEqual(['1', '2', '2']);
});

test('health is told of every other posture, and of nothing else', async () => {
  mode.switchOn(null);
  await pass(minute);
  const before = news;
  await pass(10 * minute);
  expect(news).toBe(before);
  power = { supply: 'battery', batteryPercent: 10 };
  await pass(31_000);
  expect(news).toBe(before + 1);
});
