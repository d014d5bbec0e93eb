import { useEffect } from 'react';
import { ask } from '../bridge.ts';

/** Tells the app how many new alerts would be seen here, so that it knows when a notification is needless. */
export function useReportView(freeRows: number): void {
  useEffect(() => {
    void ask('reportView', { freeRows });
  }, [freeRows]);
  // Another screen takes the list's place.
  useEffect(() => () => void ask('reportView', { freeRows: 0 }), []);
}
