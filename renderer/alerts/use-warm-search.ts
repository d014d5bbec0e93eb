import { useEffect } from 'react';
import type { Alert } from '../../shared/alert.ts';
import { filterAlerts, noFilter } from './alert-filter.ts';

const anySearch = { ...noFilter, search: 'a' };
const alertsPerStep = 100;

/** The search remembers an alert's words from its first look on: it looks while nobody types, so that the first letter is as quick as the next. */
export function useWarmSearch(alerts: readonly Alert[]): void {
  useEffect(() => {
    let from = 0;
    const step = (idle: IdleDeadline): void => {
      for (; from < alerts.length && idle.timeRemaining() > 3; from += alertsPerStep)
        filterAlerts(alerts.slice(from, from + alertsPerStep), anySearch);
      if (from < alerts.length) handle = requestIdleCallback(step);
    };
    let handle = requestIdleCallback(step);
    return () => cancelIdleCallback(handle);
  }, [alerts]);
}
