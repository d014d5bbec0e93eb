import { expect, test } from 'vitest';
import { type WarningFacts, warningsOf } from '../../../main/on-call/warnings.ts';

const fine: WarningFacts = {
  power: { supply: 'mains', batteryPercent: 80 },
  isKeptAwake: true,
  isGoingToSleep: false,
  networkLostMs: null,
  criticals: 0,
  refusals: 0,
};
const of = (facts: Partial<WarningFacts>, before: Parameters<typeof warningsOf>[1] = []) =>
  warningsOf({ ...fine, ...facts }, before);
const battery = (batteryPercent: number | null) => ({ supply: 'battery', batteryPercent }) as const;

test('all is well on mains, with a network and nothing critical', () => {
  expect(of({})).toEqual([]);
  expect(of({ power: { supply: 'mains', batteryPercent: 3 } })).toEqual([]);
});

test('what the system does not say is never warned of', () => {
  expect(of({ power: { supply: 'unknown', batteryPercent: 5 } })).toEqual([]);
  expect(of({ power: battery(null), isKeptAwake: false })).toEqual([]);
});

test('on battery it is not kept awake, which is said where it would be kept awake', () => {
  expect(of({ power: battery(80) })).toEqual(['on-battery']);
  expect(of({ power: battery(80), isKeptAwake: false })).toEqual([]);
});

test('a low battery is one warning a discharge: it holds until the charger is plugged in', () => {
  expect(of({ power: battery(21) })).toEqual(['on-battery']);
  expect(of({ power: battery(20) })).toEqual(['battery-low']);
  expect(of({ power: battery(22) }, ['battery-low'])).toEqual(['battery-low']);
  expect(of({ power: { supply: 'mains', batteryPercent: 15 } }, ['battery-low'])).toEqual([]);
});

test('falling asleep matters while something critical is not over', () => {
  expect(of({ isGoingToSleep: true })).toEqual([]);
  expect(of({ isGoingToSleep: true, criticals: 1 })).toEqual(['lid-closing']);
});

test('a lost network matters while something critical is not over, and not while it only changes', () => {
  expect(of({ networkLostMs: 60_000 })).toEqual([]);
  expect(of({ networkLostMs: 9_999, criticals: 1 })).toEqual([]);
  expect(of({ networkLostMs: 10_000, criticals: 1 })).toEqual(['network-lost']);
});

test('the outside check is warned of from the third refusal on', () => {
  expect(of({ refusals: 2 })).toEqual([]);
  expect(of({ refusals: 3 })).toEqual(['check-refused']);
});

test('the worst comes first', () => {
  expect(
    of({ power: battery(1), isGoingToSleep: true, networkLostMs: 60_000, criticals: 2, refusals: 9 }),
  ).toEqual(['lid-closing', 'network-lost', 'battery-low', 'check-refused']);
});
