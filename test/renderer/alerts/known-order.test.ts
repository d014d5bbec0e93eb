import { expect, test } from 'vitest';
import { orderedFrom } from '../../../renderer/alerts/known-order.ts';
import type { Alert } from '../../../shared/alert.ts';
import { compareAlerts } from '../../../shared/alert-order.ts';
import { fakeAlert, manyFakeAlerts } from '../fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const mapOf = (alerts: readonly Alert[]) => new Map(alerts.map((alert) => [alert.id, alert]));

test('the order is the order of the screen, whatever it began with', () => {
  const old = manyFakeAlerts(300, now);
  const before = orderedFrom([], mapOf(old));
  expect(before).toEqual(old.toSorted(compareAlerts));
  const changed = [
    ...old
      .slice(20)
      .map((alert, index) => (index % 7 === 0 ? { ...alert, state: 'acknowledged' as const } : alert)),
    fakeAlert(900, now, { priority: 'critical', openedAt: now + 1 }),
  ];
  const after = orderedFrom(before, mapOf(changed));
  expect(after).toEqual(changed.toSorted(compareAlerts));
});
