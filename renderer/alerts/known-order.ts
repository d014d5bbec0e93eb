// The order of all known alerts, kept from change to change. Pure.
import type { Alert, AlertId } from '../../shared/alert.ts';
import { compareAlerts } from '../../shared/alert-order.ts';

/**
 * `known` in the order of the screen. What is the same as in `before` keeps its place there and the rest is put between: one
 * change among ten thousand alerts costs a walk, not a sort.
 */
export function orderedFrom(before: readonly Alert[], known: ReadonlyMap<AlertId, Alert>): readonly Alert[] {
  const same = before.filter((alert) => known.get(alert.id) === alert);
  if (same.length < known.size / 2) return [...known.values()].toSorted(compareAlerts);
  const settled = new Set(same);
  const news = [...known.values()].filter((alert) => !settled.has(alert)).toSorted(compareAlerts);
  const parts: (readonly Alert[])[] = [];
  let from = 0;
  for (const alert of news) {
    const to = placeFor(alert, same);
    parts.push(same.slice(from, to), [alert]);
    from = to;
  }
  return [...parts, same.slice(from)].flat();
}

/** How many of the sorted alerts come before this one. */
function placeFor(alert: Alert, sorted: readonly Alert[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compareAlerts(other, alert) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
