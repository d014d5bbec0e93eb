import { describe, expect, test } from 'vitest';
import { filterAlerts, isNarrowed, noFilter } from '../../../renderer/alerts/alert-filter.ts';
import { fakeAlerts } from '../fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const alerts = fakeAlerts(now);
const shown = (filter: Parameters<typeof filterAlerts>[1]) =>
  filterAlerts(alerts, filter).shown.map((alert) => alert.id);

describe('what the list shows', () => {
  test('without a filter everything unresolved, unacknowledged first, nothing hidden', () => {
    const { shown: all, hidden } = filterAlerts(alerts, noFilter);
    expect(all.map((alert) => alert.id)).toEqual([
      'A41',
      'A40',
      'A39',
      'A38',
      'A37',
      'A36',
      'A35',
      'A34',
      'A33',
      'A32',
    ]);
    expect(hidden).toBe(0);
  });

  test('a place shows only that place and counts the rest as hidden', () => {
    const { shown: some, hidden } = filterAlerts(alerts, { ...noFilter, places: new Set(['snoozed']) });
    expect(some.map((alert) => alert.id)).toEqual(['A33', 'A32']);
    expect(hidden).toBe(8);
  });

  test('resolved alerts appear only when asked for and never count as hidden', () => {
    expect(shown({ ...noFilter, places: new Set(['resolved']) })).toEqual(['A31', 'A30']);
    expect(filterAlerts(alerts, { ...noFilter, search: 'checkout' }).hidden).toBe(10);
  });

  test('priority and source narrow together', () => {
    expect(shown({ ...noFilter, priorities: new Set(['critical']), sourceId: 'cm-cn' })).toEqual(['A40']);
  });

  test('a filter of blanks is no filter', () => {
    expect(isNarrowed({ ...noFilter, search: '  ' })).toBe(false);
    expect(isNarrowed({ ...noFilter, search: 'x' })).toBe(true);
  });
});

describe('search', () => {
  test.each(['a41', 'MEMORY almost', 'payments', 'team=payments', 'i-demo41 97.4', 'cloudmonitor:1:'])(
    'finds an alert by %s',
    (search) => {
      expect(shown({ ...noFilter, search })).toContain('A41');
    },
  );

  test('every word must occur', () => {
    expect(shown({ ...noFilter, search: 'memory tokyo' })).toEqual([]);
  });

  test('Chinese is found without spaces', () => {
    expect(shown({ ...noFilter, search: '错误率' })).toEqual(['A40']);
  });
});
