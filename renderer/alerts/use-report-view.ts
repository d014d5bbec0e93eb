import { useEffect } from 'react';
import { ask } from '../bridge.ts';

/** Tells the app whether a new alert would be seen here, so that it knows when a notification is needless. */
export function useReportView(showsNewAlerts: boolean): void {
  useEffect(() => {
    void ask('reportView', { showsNewAlerts });
    return () => {
      if (showsNewAlerts) void ask('reportView', { showsNewAlerts: false });
    };
  }, [showsNewAlerts]);
}
