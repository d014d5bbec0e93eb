// Which alerts the list shows. Pure; sorting and places come from shared/alert-order.ts.
import type { Alert, SourceId } from '../../shared/alert.ts';
import { compareAlerts, type Place, placeOf } from '../../shared/alert-order.ts';
import type { Priority } from '../../shared/priority.ts';
import { matchesSearch, readSearch, type Search } from '../../shared/search-words.ts';

export interface AlertFilter {
  /** Empty: everything unresolved. */
  readonly places: ReadonlySet<Place>;
  /** Empty: every priority. */
  readonly priorities: ReadonlySet<Priority>;
  readonly sourceId: SourceId | null;
  readonly search: string;
}

export const noFilter: AlertFilter = { places: new Set(), priorities: new Set(), sourceId: null, search: '' };

/** True when the filter can hide an unresolved alert. */
export function isNarrowed(filter: AlertFilter): boolean {
  return (
    filter.places.size > 0 ||
    filter.priorities.size > 0 ||
    filter.sourceId !== null ||
    filter.search.trim() !== ''
  );
}

/** Resolved alerts are shown only when asked for: their number has no end. */
export function wantsResolved(filter: AlertFilter): boolean {
  return filter.places.has('resolved');
}

function passes(alert: Alert, filter: AlertFilter, search: Search): boolean {
  const place = placeOf(alert);
  if (filter.places.size === 0 ? place === 'resolved' : !filter.places.has(place)) return false;
  if (filter.priorities.size > 0 && !filter.priorities.has(alert.priority)) return false;
  if (filter.sourceId !== null && alert.sourceId !== filter.sourceId) return false;
  return matchesSearch(alert, search);
}

export interface FilteredAlerts {
  /** In the order of the screen. */
  readonly shown: readonly Alert[];
  /** Unresolved alerts that the filter keeps from view. */
  readonly hidden: number;
}

export function filterAlerts(alerts: Iterable<Alert>, filter: AlertFilter): FilteredAlerts {
  const search = readSearch(filter.search);
  const shown: Alert[] = [];
  let hidden = 0;
  for (const alert of alerts) {
    if (passes(alert, filter, search)) shown.push(alert);
    else if (alert.state !== 'resolved') hidden += 1;
  }
  return { shown: shown.toSorted(compareAlerts), hidden };
}

/** The same set with one member more or less. */
export function toggled<Member>(set: ReadonlySet<Member>, member: Member): ReadonlySet<Member> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
