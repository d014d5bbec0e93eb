// What changed rules would have made of what came. Pure.
import {
  type DeliveryLevels,
  noDataWord,
  priorityByRules,
  type PriorityRules,
} from '../../shared/fired-level.ts';
import type { DeliveryId } from '../../shared/alert.ts';
import type { Priority } from '../../shared/priority.ts';

export interface PreviewLine {
  readonly id: DeliveryId;
  /** Epoch ms. */
  readonly at: number;
  /** The sender's word; null when it gave none. */
  readonly word: string | null;
  /** How many of the delivery's alerts say this word. */
  readonly times: number;
  readonly before: Priority | 'ignored';
  readonly after: Priority | 'ignored';
}

/** One line per delivery and word, newest first. */
export function previewOf(
  deliveries: readonly DeliveryLevels[],
  before: PriorityRules,
  after: PriorityRules,
): PreviewLine[] {
  return deliveries.flatMap(({ id, receivedAt, fired }) => {
    const lines = new Map<string | null, PreviewLine>();
    for (const level of fired) {
      const word = level.noData ? noDataWord : level.level;
      const judge = (rules: PriorityRules): PreviewLine['before'] =>
        level.noData && rules.noData === 'ignore' ? 'ignored' : priorityByRules(level, rules);
      const times = (lines.get(word)?.times ?? 0) + 1;
      lines.set(word, { id, at: receivedAt, word, times, before: judge(before), after: judge(after) });
    }
    return [...lines.values()];
  });
}

/** How many levels there are, and how many would have become something else. */
export function countPreview(lines: readonly PreviewLine[]): {
  readonly all: number;
  readonly changed: number;
} {
  const count = (some: readonly PreviewLine[]): number => some.reduce((sum, { times }) => sum + times, 0);
  return { all: count(lines), changed: count(lines.filter(({ before, after }) => before !== after)) };
}
