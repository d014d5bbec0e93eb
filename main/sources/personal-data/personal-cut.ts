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

/** What a letter looks like in one expression; the zero bytes are those of UTF-16. */
type Spelling = (letter: string) => string;

const plainly: Spelling = (letter) => String.raw`${letter}\0?`;

/** Also as JSON escapes a letter (`\u0049`, in texts in texts with more or encoded backslashes) and as a form encodes it. */
const hidden: Spelling = (letter) => {
  const codes = [...new Set([letter.toLowerCase(), letter.toUpperCase()])]
    .map((form) => form.charCodeAt(0).toString(16))
    .join('|');
  return String.raw`(?:${letter}|(?:\\|%(?:25){0,8}5c){1,16}u00(?:${codes})|%(?:25){0,8}(?:${codes}))\0?`;
};

const spelled = (word: string, spelling: Spelling): string => Array.from(word, spelling).join('');

/** Keys that clients of PagerDuty and ilert carry in the body, with and without the underscore: `apiKey`, `routing_key`. */
const keyKinds = ['routing', 'service', 'api', 'integration'];
/** A key counts only as a whole name, so that `apiKeyCount` stays. What stands before it may be encoded. */
const noWordBefore = String.raw`(?:^|[^\w.-]|%[\da-f]{2}|\\u[\da-f]{4})`;
const noWordAfter = String.raw`(?![\w.-]|\[removed\])`;

/** A key's name, told from its last letters: few words end like that, while the first ones are everywhere. */
function keyName(spelling: Spelling): string {
  const kinds = keyKinds.map((kind) => spelled(kind, spelling)).join('|');
  const key = spelled('key', spelling);
  return `${key}(?<=${noWordBefore}(?:${kinds})(?:${spelling('_')})?${key})${noWordAfter}`;
}

/** `userInfo` in any case, also as part of a longer name, but not where it was cut off before; or a key. */
function sensitiveName(spelling: Spelling): RegExp {
  return new RegExp(String.raw`${spelled('userinfo', spelling)}(?!\[removed\])|${keyName(spelling)}`, 'gi');
}

const plainName = sensitiveName(plainly);
const hiddenName = sensitiveName(hidden);
/** An encoded letter, of any number of encodings; an escaped one has `u00` in it. */
const encodedLetter = /%(?:[46][1-9a-fA-F]|[57][\daA]|25(?:25)*[4-7])/;

/** No sender hides letters, so ordinary texts need the quick look only. */
function mayHideLetters(text: string): boolean {
  return text.includes('u00') || encodedLetter.test(text);
}

/** The first place at or after `from` that names what has to go, null when there is none; of a key its last letters. */
export type FindName = (from: number) => PersonalName | null;

/** Looks for such names in one text. */
export function nameFinder(text: string): FindName {
  const name = mayHideLetters(text) ? hiddenName : plainName;
  return (from) => {
    name.lastIndex = from;
    const found = name.exec(text);
    return found === null ? null : { start: found.index, end: name.lastIndex };
  };
}
