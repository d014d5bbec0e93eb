import { describe, expect, test } from 'vitest';
import { applyPushes, disconnected, fromSnapshot, type LiveState } from '../../renderer/live-state.ts';
import type { Alert, AlertChange } from '../../shared/alert.ts';
import type { Push, Snapshot } from '../../shared/bridge.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { fakeAlert } from './fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);

function snapshot(revision: number, alerts: readonly Alert[]): Snapshot {
  return {
    revision,
    alerts: [...alerts],
    health: {
      version: '1',
      hearing: { state: 'hearing', causes: [] },
      listener: { port: 9797 },
      tunnel: null,
      onCall: null,
      counts: { open: { critical: 0, medium: 0, low: 0 }, acknowledged: 0, snoozed: 0 },
      notifications: { state: 'ok', error: null, since: null },
      quiet: null,
      revision,
      notices: [],
    },
    sources: [],
    settings: defaultSettings,
  };
}

function changes(...list: readonly (readonly [revision: number, alert: Alert])[]): Push {
  return {
    type: 'changes',
    changes: list.map(
      ([revision, alert]): AlertChange => ({
        revision,
        at: now,
        kind: 'repeated',
        reason: 'r',
        cause: 'event',
        before: null,
        alert,
      }),
    ),
  };
}

const live = (revision: number, ...alerts: readonly Alert[]): LiveState =>
  fromSnapshot(disconnected, snapshot(revision, alerts));

describe('following the app', () => {
  test('a change with a higher revision replaces the alert and is reported', () => {
    const {
      state,
      changes: news,
      gap,
    } = applyPushes(live(5, fakeAlert(1, now)), [changes([6, fakeAlert(1, now, { count: 2 })])]);
    expect(state.alerts.get('A1')?.count).toBe(2);
    expect(state.revision).toBe(6);
    expect(news.map((change) => change.revision)).toEqual([6]);
    expect(gap).toBe(false);
  });

  test('a change that the snapshot already contains is ignored', () => {
    const before = live(5, fakeAlert(1, now, { count: 9 }));
    const { state, changes: news } = applyPushes(before, [changes([5, fakeAlert(1, now, { count: 8 })])]);
    expect(state.alerts.get('A1')?.count).toBe(9);
    expect(news).toEqual([]);
    expect(state).toBe(before);
  });

  test('a missing revision is a gap, and what came is applied all the same', () => {
    const { state, gap } = applyPushes(live(5), [changes([7, fakeAlert(2, now)])]);
    expect(gap).toBe(true);
    expect(state.alerts.has('A2')).toBe(true);
  });

  test('several pushes in a row are no gap', () => {
    const { gap, state } = applyPushes(live(5), [
      changes([6, fakeAlert(1, now)], [7, fakeAlert(2, now)]),
      changes([8, fakeAlert(3, now)]),
    ]);
    expect(gap).toBe(false);
    expect(state.revision).toBe(8);
  });

  test('a resolved alert stays known, so that its row need not vanish', () => {
    const resolved = fakeAlert(1, now, { state: 'resolved', resolvedAt: now });
    const { state } = applyPushes(live(5, fakeAlert(1, now)), [changes([6, resolved])]);
    expect(state.alerts.get('A1')?.state).toBe('resolved');
    expect(fromSnapshot(state, snapshot(9, [])).alerts.has('A1')).toBe(true);
  });

  test('an unresolved alert that a new snapshot lacks is forgotten', () => {
    expect(fromSnapshot(live(5, fakeAlert(1, now)), snapshot(9, [])).alerts.size).toBe(0);
  });

  test('of resolved alerts the oldest are dropped beyond 500, unresolved ones never', () => {
    const resolved = Array.from({ length: 600 }, (_, index) =>
      fakeAlert(index + 10, now, { state: 'resolved', resolvedAt: now + index }),
    );
    const push = changes(...resolved.map((alert, index) => [6 + index, alert] as const));
    const { state } = applyPushes(live(5, fakeAlert(1, now)), [push]);
    expect(state.alerts.size).toBe(501);
    expect(state.alerts.has('A1')).toBe(true);
    expect(state.alerts.has('A10')).toBe(false);
    expect(state.alerts.has('A609')).toBe(true);
  });

  test('a timeline push raises the tick of its alerts only', () => {
    const { state } = applyPushes(live(5), [
      { type: 'timeline', alertIds: ['A1'] },
      { type: 'timeline', alertIds: ['A1'] },
    ]);
    expect(state.timelineTicks.get('A1')).toBe(2);
    expect(state.timelineTicks.get('A2')).toBeUndefined();
  });
});
