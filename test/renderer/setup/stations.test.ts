import { describe, expect, test } from 'vitest';
import { isWayEnded, stationsOf } from '../../../renderer/setup/stations.ts';
import type { Entry } from '../../../shared/alert.ts';

const opened = { verdict: 'opened', reason: 'opened', alertIds: ['A1'] } as const;
const entry = (kind: Entry['kind'], reason: string): Entry => ({
  at: 1,
  lastAt: 1,
  times: 1,
  kind,
  text: '',
  reason,
});
const states = (...from: Parameters<typeof stationsOf>): string[] =>
  stationsOf(...from).map(({ name, state }) => `${name} ${state}`);

describe('a station lights up when the app has told of it', () => {
  test('nothing is told yet', () => {
    expect(states(null, null)).toEqual([
      'received waiting',
      'understood waiting',
      'stored waiting',
      'shown waiting',
    ]);
  });

  test('the delivery is there, the notification is not yet', () => {
    const stations = stationsOf({ ...opened, alertIds: ['A1'] }, [entry('opened', 'opened')]);
    expect(stations.map(({ state }) => state)).toEqual(['lit', 'lit', 'lit', 'waiting']);
    expect(isWayEnded(stations)).toBe(false);
  });

  test('the desktop has shown it', () => {
    const stations = stationsOf({ ...opened, alertIds: ['A1'] }, [
      entry('opened', 'opened'),
      entry('notified', 'opened'),
    ]);
    expect(stations.every(({ state }) => state === 'lit')).toBe(true);
    expect(isWayEnded(stations)).toBe(true);
  });
});

describe('a station that failed says why, and nothing is waited for', () => {
  test('the notification was withheld', () => {
    const stations = stationsOf({ ...opened, alertIds: ['A1'] }, [entry('withheld', 'quiet-hours')]);
    expect(stations.at(-1)).toMatchObject({ state: 'failed', reason: 'quiet-hours' });
    expect(isWayEnded(stations)).toBe(true);
  });

  test('the delivery was not understood', () => {
    const stations = stationsOf({ verdict: 'ignored', reason: 'source-paused', alertIds: [] }, null);
    expect(stations[1]).toMatchObject({ name: 'understood', state: 'failed', reason: 'source-paused' });
    expect(isWayEnded(stations)).toBe(true);
  });
});
