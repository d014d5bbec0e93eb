import { createContext } from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';

/** What rows need beside their alert. A context, because rows are drawn again only when their alert changes. */
export interface RowContextValue {
  /** The alert whose detail is shown. */
  readonly currentId: AlertId | null;
  /** Sources are named only when there are several. */
  readonly showSource: boolean;
  readonly acknowledge: (alert: Alert) => void;
  readonly unacknowledge: (alert: Alert) => void;
  readonly openSnooze: (alert: Alert, anchor: Element) => void;
  readonly unsnooze: (alert: Alert) => void;
  readonly resolve: (alert: Alert) => void;
}

const nothing = (): void => undefined;

export const RowContext = createContext<RowContextValue>({
  currentId: null,
  showSource: false,
  acknowledge: nothing,
  unacknowledge: nothing,
  openSnooze: nothing,
  unsnooze: nothing,
  resolve: nothing,
});
