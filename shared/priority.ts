import Type, { type Static } from 'typebox';

/** How much an alert may disturb, worst first (itoc360's words; vendor/itoc360-cloudmonitor.md). */
export const Priority = Type.Union([Type.Literal('critical'), Type.Literal('medium'), Type.Literal('low')]);
export type Priority = Static<typeof Priority>;

/** Every priority, worst first: the order of lists, counts and menus. */
export const priorities: readonly Priority[] = ['critical', 'medium', 'low'];

/** 0 is worst. Stored in the database, so the numbers are part of its format. */
export function priorityRank(priority: Priority): number {
  return priorities.indexOf(priority);
}

/** True when going from `before` to `after` disturbs more (product: life of an alert, 3). */
export function isRise(before: Priority, after: Priority): boolean {
  return priorityRank(after) < priorityRank(before);
}

/** The worse of two priorities. */
export function worst(a: Priority, b: Priority): Priority {
  return priorityRank(a) <= priorityRank(b) ? a : b;
}

/** A sender's level words (upper case) to our priorities; words not listed are `medium`. */
export const PriorityMap = Type.Record(Type.String({ maxLength: 64 }), Priority);
export type PriorityMap = Readonly<Static<typeof PriorityMap>>;
