import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';
import type { LiveState } from '../live-state.ts';
import { type AlertFilter, filterAlerts } from './alert-filter.ts';
import { orderedFrom } from './known-order.ts';
import { useHeldRows, useHold } from './use-held-rows.ts';
import { useResolvedAlerts } from './use-resolved-alerts.ts';
import { useWarmSearch } from './use-warm-search.ts';

/** What the list draws, and how it came about. */
export interface ShownAlerts {
  readonly rows: readonly Alert[];
  /** New ones that wait while somebody points at the list. */
  readonly waiting: readonly Alert[];
  /** New alerts wait behind the bar. */
  readonly isHeld: boolean;
  readonly showWaiting: () => void;
  /** Unresolved alerts that the filter keeps from view. */
  readonly hidden: number;
  readonly find: (id: AlertId) => Alert | undefined;
  readonly loadMore: (() => void) | null;
  readonly isLoading: boolean;
}

/** Live and resolved alerts, filtered, in the order of the screen, held still under the pointer. */
export function useShownAlerts(
  live: LiveState,
  filter: AlertFilter,
  /** Where the list is on the page; null while another screen is in its place. */
  region: HTMLElement | null,
): ShownAlerts {
  const resolved = useResolvedAlerts(filter);
  const known = useMemo(() => {
    if (resolved.alerts.length === 0) return live.alerts;
    const all = new Map(resolved.alerts.map((alert) => [alert.id, alert]));
    for (const alert of live.alerts.values()) all.set(alert.id, alert);
    return all;
  }, [live.alerts, resolved.alerts]);
  // Sorted once for all filters: sorting what is in order already costs next to nothing.
  const before = useRef<readonly Alert[]>([]);
  const ordered = useMemo(() => orderedFrom(before.current, known), [known]);
  useEffect(() => {
    before.current = ordered;
  }, [ordered]);
  useWarmSearch(ordered);
  const { shown, hidden } = useMemo(() => filterAlerts(ordered, filter), [ordered, filter]);
  const [releases, setReleases] = useState(0);
  const occasion = useMemo(() => ({ filter, releases }), [filter, releases]);
  const find = useCallback((id: AlertId) => known.get(id), [known]);
  const isHeld = useHold(region);
  const { rows, waiting } = useHeldRows(shown, isHeld, occasion, find);
  const showWaiting = useCallback(() => setReleases((n) => n + 1), []);
  return {
    rows,
    waiting,
    isHeld,
    showWaiting,
    hidden,
    find,
    loadMore: resolved.loadMore,
    isLoading: resolved.isLoading,
  };
}
