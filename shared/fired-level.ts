// What a firing message says about how bad it is, and what a source's rules make of it. The lifecycle and the preview of
// changed rules ask this one file.
import Type, { type Static } from 'typebox';
import { DeliveryId } from './alert.ts';
import type { Priority, PriorityMap } from './priority.ts';
import type { NoDataPolicy } from './source.ts';

/** The level of one firing message. */
export const FiredLevel = Type.Object({
  level: Type.Union([Type.String(), Type.Null()], {
    description: "the sender's word in upper case; null when it gave none",
  }),
  noData: Type.Boolean(),
});
export type FiredLevel = Readonly<Static<typeof FiredLevel>>;

/** The levels that one delivery fires with, as today's parser reads it; none for a recovery, a probe or a test. */
export const DeliveryLevels = Type.Object({
  id: DeliveryId,
  receivedAt: Type.Integer({ description: 'epoch ms' }),
  fired: Type.Array(FiredLevel),
});
export type DeliveryLevels = Readonly<Static<typeof DeliveryLevels>>;

/** The rules of a source that give a firing message its priority. */
export interface PriorityRules {
  readonly priorityMap: PriorityMap;
  readonly noData: NoDataPolicy;
}

/** The word that the map is asked for when a rule has no data. */
export const noDataWord = 'NODATA';

/** Unknown words, and no word at all, are medium (product: priority). */
export function priorityByRules({ level, noData }: FiredLevel, rules: PriorityRules): Priority {
  if (noData && rules.noData === 'list') return 'low';
  // Whatever level the rule has: that nothing is known is of medium priority, unless the source's map says otherwise.
  const word = noData ? noDataWord : level;
  if (word === null) return 'medium';
  return Object.hasOwn(rules.priorityMap, word) ? (rules.priorityMap[word] ?? 'medium') : 'medium';
}
