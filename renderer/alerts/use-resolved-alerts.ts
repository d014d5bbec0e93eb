import { useCallback, useEffect, useRef, useState } from 'react';
import type { Alert } from '../../shared/alert.ts';
import type { BridgeResult, ListAlerts } from '../../shared/bridge.ts';
import { ask } from '../bridge.ts';
import { type AlertFilter, wantsResolved } from './alert-filter.ts';

const pageSize = 100;
/** Typing settles before the app is asked. */
const settleMs = 200;

export interface ResolvedAlerts {
  readonly alerts: readonly Alert[];
  readonly isLoading: boolean;
  /** Null when there is nothing older. */
  readonly loadMore: (() => void) | null;
}

function isOnTheWay(page: BridgeResult<'listAlerts'>): page is BridgeResult<'listAlerts'> & { next: string } {
  return page.alerts.length === 0 && page.next !== null;
}

const nothing: ResolvedAlerts = { alerts: [], isLoading: false, loadMore: null };

/** Resolved alerts, page by page, while the filter asks for them. */
export function useResolvedAlerts(filter: AlertFilter): ResolvedAlerts {
  const wanted = wantsResolved(filter);
  const search = filter.search.trim().slice(0, 200);
  const [onlyPriority] = filter.priorities.size === 1 ? filter.priorities : [];
  const { sourceId } = filter;
  const [pages, setPages] = useState<{ alerts: readonly Alert[]; next: string | null }>({
    alerts: [],
    next: null,
  });
  const [isLoading, setLoading] = useState(false);
  const round = useRef(0);

  const load = useCallback(
    async (after: string | null): Promise<void> => {
      const mine = round.current;
      const argument: ListAlerts = {
        states: ['resolved'],
        limit: pageSize,
        ...(search === '' ? {} : { search }),
        ...(onlyPriority === undefined ? {} : { priority: onlyPriority }),
        ...(sourceId === null ? {} : { sourceId }),
        ...(after === null ? {} : { after }),
      };
      setLoading(true);
      let reply = await ask('listAlerts', argument);
      // A search may take several goes before it finds anything; an empty list would say that there is nothing.
      while (mine === round.current && reply.ok && isOnTheWay(reply.result)) {
        reply = await ask('listAlerts', { ...argument, after: reply.result.next });
      }
      if (mine !== round.current) return;
      setLoading(false);
      if (!reply.ok) {
        // The list asks again as soon as it may: without an end here a lost app would be asked for ever.
        setPages((before) => ({ ...before, next: null }));
        return;
      }
      const { alerts, next } = reply.result;
      setPages((before) => ({ alerts: after === null ? alerts : [...before.alerts, ...alerts], next }));
    },
    [search, onlyPriority, sourceId],
  );

  useEffect(() => {
    round.current += 1;
    if (!wanted) return undefined;
    const timer = setTimeout(() => void load(null), settleMs);
    return () => clearTimeout(timer);
  }, [wanted, load]);

  const { next } = pages;
  const loadMore = useCallback(() => {
    if (next !== null && !isLoading) void load(next);
  }, [next, isLoading, load]);
  return wanted ? { alerts: pages.alerts, isLoading, loadMore: next === null ? null : loadMore } : nothing;
}
