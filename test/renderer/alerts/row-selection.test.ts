import { describe, expect, test } from 'vitest';
import { extendedTo } from '../../../renderer/alerts/row-selection.ts';
import type { AlertId } from '../../../shared/alert.ts';
import { fakeAlert } from '../fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const rows = [1, 2, 3, 4, 5].map((number) => fakeAlert(number, now));
const none: ReadonlySet<AlertId> = new Set();

describe('extending the selection', () => {
  test('begins at the row with the focus', () => {
    expect([...(extendedTo(2, 1, rows, none, null)?.made ?? [])]).toEqual(['A2', 'A3']);
  });

  test('goes on from where it began, and going back makes it smaller', () => {
    const down = extendedTo(2, 1, rows, none, null);
    const further = extendedTo(3, 2, rows, down?.made ?? none, down);
    expect([...(further?.made ?? [])]).toEqual(['A2', 'A3', 'A4']);
    const back = extendedTo(0, 3, rows, further?.made ?? none, further);
    expect([...(back?.made ?? [])]).toEqual(['A1', 'A2']);
  });

  test('keeps what was selected before', () => {
    expect([...(extendedTo(1, 0, rows, new Set<AlertId>(['A5']), null)?.made ?? [])]).toEqual([
      'A5',
      'A1',
      'A2',
    ]);
  });

  test('begins anew when the selection was changed in between', () => {
    const old = extendedTo(3, 0, rows, none, null);
    expect([...(extendedTo(4, 3, rows, none, old)?.made ?? [])]).toEqual(['A4', 'A5']);
  });

  test('begins anew when the row where it began is gone, and does nothing without rows', () => {
    const old = extendedTo(1, 0, rows, none, null);
    expect(extendedTo(2, 1, rows.slice(1), old?.made ?? none, old)?.anchor).toBe('A3');
    expect(extendedTo(0, 0, [], none, null)).toBeNull();
  });
});
