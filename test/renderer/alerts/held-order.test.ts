import { describe, expect, test } from 'vitest';
import { holdOrder } from '../../../renderer/alerts/held-order.ts';
import type { Alert } from '../../../shared/alert.ts';
import { fakeAlert } from '../fake-alerts.ts';

const now = Date.UTC(2026, 4, 6, 3, 0);
const [one, two, three] = [fakeAlert(1, now), fakeAlert(2, now), fakeAlert(3, now)];
const ids = (alerts: readonly Alert[]) => alerts.map((alert) => alert.id);
const among =
  (...alerts: readonly Alert[]) =>
  (id: string) =>
    alerts.find((alert) => alert.id === id);

describe('the order under the pointer', () => {
  test('follows the wanted order while nobody is at the list', () => {
    const { rows, waiting } = holdOrder([one, two], [two, one, three], false, among(one, two, three));
    expect(ids(rows)).toEqual(['A2', 'A1', 'A3']);
    expect(waiting).toEqual([]);
  });

  test('keeps rows where they are while held, and lets new ones wait', () => {
    const { rows, waiting } = holdOrder([one, two], [three, two, one], true, among(one, two, three));
    expect(ids(rows)).toEqual(['A1', 'A2']);
    expect(ids(waiting)).toEqual(['A3']);
  });

  test('shows the newest content of a held row in place', () => {
    const again = fakeAlert(1, now, { count: 5 });
    const { rows } = holdOrder([one, two], [two, again], true, among(again, two));
    expect(rows[0]?.count).toBe(5);
  });

  test('keeps a held row that no longer matches the filter, because it was just acted on', () => {
    const acknowledged = fakeAlert(1, now, { state: 'acknowledged' });
    const { rows } = holdOrder([one, two], [two], true, among(acknowledged, two));
    expect(rows[0]?.state).toBe('acknowledged');
  });

  test('drops a held row that the window no longer knows', () => {
    expect(ids(holdOrder([one, two], [two], true, among(two)).rows)).toEqual(['A2']);
  });

  test('fills an empty list even while held: nothing can jump', () => {
    expect(ids(holdOrder([], [one], true, among(one)).rows)).toEqual(['A1']);
  });
});
