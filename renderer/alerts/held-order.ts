// Keeps rows where they are while somebody points at them. Pure.
import type { Alert, AlertId } from '../../shared/alert.ts';

export interface HeldOrder {
  /** What the list draws, top to bottom. */
  readonly rows: readonly Alert[];
  /** Alerts that belong into the list and wait behind the "n new" bar, worst first. */
  readonly waiting: readonly Alert[];
}

/**
 * Lays out the list. Not held: exactly `wanted`. Held: the rows of before, in the order of before and with their newest
 * content, even if they would now sort elsewhere or no longer match; what is new waits.
 *
 * @param wanted what filter and order ask for now
 * @param current the newest state of an alert, undefined when the window no longer knows it
 */
export function holdOrder(
  before: readonly Alert[],
  wanted: readonly Alert[],
  held: boolean,
  current: (id: AlertId) => Alert | undefined,
): HeldOrder {
  if (!held || before.length === 0) return { rows: wanted, waiting: [] };
  const shown = new Set(before.map((alert) => alert.id));
  const rows: Alert[] = [];
  for (const old of before) {
    const now = current(old.id);
    if (now !== undefined) rows.push(now);
  }
  return { rows, waiting: wanted.filter((alert) => !shown.has(alert.id)) };
}
