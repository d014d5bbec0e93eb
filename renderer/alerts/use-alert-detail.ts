import { useCallback, useEffect, useState } from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';
import type { AlertDetail, BridgeError } from '../../shared/bridge.ts';
import { ask } from '../bridge.ts';

export interface LoadedDetail {
  readonly detail: AlertDetail | null;
  readonly error: BridgeError | null;
  readonly reload: () => void;
}

/** Timeline and deliveries of an alert; asked for again when the alert or its timeline changes. */
export function useAlertDetail(
  id: AlertId | null,
  live: Alert | undefined,
  timelineTick: number,
): LoadedDetail {
  const [loaded, setLoaded] = useState<{
    id: AlertId;
    detail: AlertDetail | null;
    error: BridgeError | null;
  } | null>(null);
  const [again, setAgain] = useState(0);
  // `live`, the tick and `again` say when to ask, not what.
  useEffect(() => {
    if (id === null) return undefined;
    let isStale = false;
    void ask('getAlert', { id }).then((reply) => {
      if (isStale) return;
      setLoaded(
        reply.ok ? { id, detail: reply.result, error: null } : { id, detail: null, error: reply.error },
      );
    });
    return () => {
      isStale = true;
    };
  }, [id, live, timelineTick, again]);
  const reload = useCallback(() => setAgain((n) => n + 1), []);
  const mine = loaded !== null && loaded.id === id ? loaded : null;
  return { detail: mine?.detail ?? null, error: mine?.error ?? null, reload };
}

/** The alert inside a detail: there `deliveries` is the list, here it is the number. */
export function alertOfDetail(detail: AlertDetail): Alert {
  const { timeline: _timeline, deliveries, ...alert } = detail;
  return { ...alert, deliveries: deliveries.length };
}
