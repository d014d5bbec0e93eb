// Sorting and counting, used by list and tray alike so that they cannot disagree.
import type { Alert, AlertId } from './alert.ts';
import { type Priority, priorityRank } from './priority.ts';

/** Where an alert stands on the screen. Snoozed outranks open and acknowledged: a snoozed alert is in no other place. */
export type Place = 'open' | 'acknowledged' | 'snoozed' | 'resolved';
export const places: readonly Place[] = ['open', 'acknowledged', 'snoozed', 'resolved'];

export function placeOf(alert: Pick<Alert, 'state' | 'snoozedUntil'>): Place {
  if (alert.state === 'resolved') return 'resolved';
  if (alert.snoozedUntil !== null) return 'snoozed';
  return alert.state;
}

/** 0 comes first. Stored in the database for paging, so the numbers are part of its format. */
export function placeRank(place: Place): number {
  return places.indexOf(place);
}

/** The number in `A17`. */
export function alertNumber(id: AlertId): number {
  return Number(id.slice(1));
}

/** The order of the screen: unacknowledged, then priority, then newest; never equal for two alerts. */
export function compareAlerts(a: Alert, b: Alert): number {
  return (
    placeRank(placeOf(a)) - placeRank(placeOf(b)) ||
    priorityRank(a.priority) - priorityRank(b.priority) ||
    b.openedAt - a.openedAt ||
    alertNumber(b.id) - alertNumber(a.id)
  );
}

/** What the tray, the chips and `health` count. Resolved alerts are not counted. */
export interface AlertCounts {
  readonly open: Readonly<Record<Priority, number>>;
  readonly acknowledged: number;
  readonly snoozed: number;
}

export function countAlerts(
  alerts: Iterable<Pick<Alert, 'state' | 'snoozedUntil' | 'priority'>>,
): AlertCounts {
  const open: Record<Priority, number> = { critical: 0, medium: 0, low: 0 };
  let acknowledged = 0;
  let snoozed = 0;
  for (const alert of alerts) {
    const place = placeOf(alert);
    if (place === 'open') open[alert.priority] += 1;
    else if (place === 'acknowledged') acknowledged += 1;
    else if (place === 'snoozed') snoozed += 1;
  }
  return { open, acknowledged, snoozed };
}
