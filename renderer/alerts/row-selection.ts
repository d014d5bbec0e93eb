// Which rows are selected. Pure; what is selected but no longer shown counts for nothing.
import type { Alert, AlertId } from '../../shared/alert.ts';

/** Where a range began, so that going back makes it smaller again. */
export interface Span {
  readonly anchor: AlertId;
  /** What was selected before. */
  readonly base: ReadonlySet<AlertId>;
  /** What the range made of it: when the selection is another one now, somebody else has changed it and the span is over. */
  readonly made: ReadonlySet<AlertId>;
}

/** Extends the selection to row `to`: from the anchor of the span before, or from row `from` when there is none. */
export function extendedTo(
  to: number,
  from: number,
  rows: readonly Alert[],
  selected: ReadonlySet<AlertId>,
  before: Span | null,
): Span | null {
  const span = before !== null && before.made === selected ? before : null;
  const known = span === null ? -1 : rows.findIndex((alert) => alert.id === span.anchor);
  const start = known < 0 ? from : known;
  const anchor = rows[start]?.id;
  if (anchor === undefined) return null;
  const base = known < 0 ? selected : (span?.base ?? selected);
  const range = rows.slice(Math.min(start, to), Math.max(start, to) + 1);
  return { anchor, base, made: new Set([...base, ...range.map((alert) => alert.id)]) };
}
