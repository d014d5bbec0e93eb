// What the files about personal data tell each other: where the name stands and what has to go.

/** A piece of a text that has to go; `visible` leaves a trace, for what was cut off without knowing its shape. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly visible: boolean;
}

/** Cuts in a text found inside another one, decoded; in rising order, they may overlap. */
export type LookInside = (text: string) => readonly Cut[];

/** Where the name stands. */
export interface PersonalName {
  readonly start: number;
  readonly end: number;
}

/** What is left where a value was cut off without knowing its shape. */
export const trace = '[removed]';

/** In any case, also as part of a longer name, but not where it was cut off before; the zero bytes are those of UTF-16. */
const personalName = /u\0?s\0?e\0?r\0?i\0?n\0?f\0?o(?!\[removed\])/gi;

/** The first place at or after `from` that names personal data; null when there is none. */
export function findPersonalName(text: string, from: number): PersonalName | null {
  personalName.lastIndex = from;
  const found = personalName.exec(text);
  return found === null ? null : { start: found.index, end: personalName.lastIndex };
}
