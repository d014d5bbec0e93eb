import { useCallback, useMemo, useState } from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';
import type { AlertActs } from './alert-acts.ts';

interface RowSelection {
  readonly selectedIds: ReadonlySet<AlertId>;
  readonly setSelectedIds: (ids: ReadonlySet<AlertId>) => void;
  /** Those of them that are shown. */
  readonly selected: readonly Alert[];
  readonly clearSelection: () => void;
  /** What is acknowledged, snoozed or resolved is done with and no longer selected; the undo bar has the way back. */
  readonly acts: AlertActs;
}

const none: readonly Alert[] = [];

/** Which rows are selected. */
export function useRowSelection(rows: readonly Alert[], acts: AlertActs): RowSelection {
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<AlertId>>(new Set());
  const selected = useMemo(
    () => (selectedIds.size === 0 ? none : rows.filter((alert) => selectedIds.has(alert.id))),
    [rows, selectedIds],
  );
  const clearSelection = useCallback(() => setSelectedIds(new Set()), []);
  const deselecting = useMemo((): AlertActs => {
    const done = (alerts: readonly Alert[]): void =>
      setSelectedIds((before) => {
        const ids = new Set(before);
        for (const alert of alerts) ids.delete(alert.id);
        return ids.size === before.size ? before : ids;
      });
    return {
      ...acts,
      acknowledge: (alerts) => {
        acts.acknowledge(alerts);
        done(alerts);
      },
      snooze: (alerts, choice) => {
        acts.snooze(alerts, choice);
        done(alerts);
      },
      resolve: (alerts) => {
        acts.resolve(alerts);
        done(alerts);
      },
    };
  }, [acts]);
  return { selectedIds, setSelectedIds, selected, clearSelection, acts: deselecting };
}
