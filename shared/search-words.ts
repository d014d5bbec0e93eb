// What a word is and what a search finds. The window, the store's index and every list ask this one file, so that they
// cannot disagree. Pure.
import type { Alert, AlertId } from './alert.ts';

/** One part of a search without blanks in it: its words must stand one after the other, the last one may go on. */
export interface SearchTerm {
  /** At least one; the last one is a beginning. */
  readonly words: readonly string[];
  /** The alert that the term names, as `A17` does; found besides whatever has the words. */
  readonly id: AlertId | null;
}

/** Every term must be found. Empty: nothing is searched for, everything is found. */
export type Search = readonly SearchTerm[];

/** More terms than this only make a search slow. */
const mostTerms = 16;

const runOfLetters = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Scripts that write without blanks. */
const dense =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]+|[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]+/gu;
const isDense = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u;
/** Blanks of any kind and what ASCII shows. */
const asciiOnly = /^[\s\u0021-\u007f]*$/;
/** Stands between two fields; a term never reaches from one into the next. */
const gap = '\u007f';
const betweenAsciiWords = /[^a-z0-9\u007f]+/g;

/** What a person typed. Parts without a letter or digit say nothing. */
export function readSearch(text: string): Search {
  const terms = text.split(/\s+/).flatMap((part): SearchTerm[] => {
    const words = wordsOf(part, 'search');
    if (words.length === 0) return [];
    return [{ words, id: /^a[1-9][0-9]{0,14}$/i.test(part) ? `A${Number(part.slice(1))}` : null }];
  });
  return terms.slice(0, mostTerms);
}

/** True when every term is found in the alert or in the name of its source. */
export function matchesSearch(alert: Alert, search: Search): boolean {
  if (search.length === 0) return true;
  const text = rememberedText(alert);
  return search.every((term) => term.id === alert.id || text.includes(phraseOf(term)));
}

/** True when a text by itself contains the term, e.g. the name of a source. */
export function textMatches(text: string, term: SearchTerm): boolean {
  return phraseText([text]).includes(phraseOf(term));
}

/** Every word of the alert's own texts; those of its source's name are not among them. */
export function wordsOfAlert(alert: Alert): readonly string[] {
  return phraseText(fieldsOf(alert))
    .split(/[ \u007f]+/)
    .filter(Boolean);
}

/** Alerts are never changed in place, so that an object's text stays right for as long as it lives. */
const remembered = new WeakMap<Alert, string>();

function rememberedText(alert: Alert): string {
  let text = remembered.get(alert);
  if (text === undefined) {
    text = phraseText([...fieldsOf(alert), alert.sourceName]);
    remembered.set(alert, text);
  }
  return text;
}

function fieldsOf(alert: Alert): string[] {
  const { title, resource, text, value, condition, level, key, labels } = alert;
  return [
    title,
    resource,
    text,
    value ?? '',
    condition ?? '',
    level ?? '',
    key,
    ...Object.entries(labels).map(([name, labelled]) => `${name} ${labelled}`),
  ];
}

/** Texts as their words, a blank before each: a term is in them where its own phrase is. */
function phraseText(texts: readonly string[]): string {
  // Most alerts are of this kind as a whole, and lists ask for thousands of them.
  const joined = texts.join(`${gap} `);
  if (asciiOnly.test(joined)) return asciiPhrase(joined);
  return texts
    .map((text) => (asciiOnly.test(text) ? asciiPhrase(text) : ` ${wordsOf(text, 'text').join(' ')}`))
    .join(gap);
}

function asciiPhrase(text: string): string {
  return ` ${text.toLowerCase().replace(betweenAsciiWords, ' ')}`;
}

function phraseOf(term: SearchTerm): string {
  return ` ${term.words.join(' ')}`;
}

/**
 * Lower-case words: runs of letters and digits. A run in a script without blanks falls into overlapping pairs, with its
 * last character once more by itself, so that each of its characters begins a word; in a search that last one is left out
 * where the text may go on.
 */
function wordsOf(text: string, use: 'text' | 'search'): string[] {
  const runs = text.normalize('NFKC').toLowerCase().match(runOfLetters) ?? [];
  return runs.flatMap((run, runIndex) => {
    const pieces = run.match(dense) ?? [];
    return pieces.flatMap((piece, index) => {
      if (!isDense.test(piece)) return [piece];
      const isLast = runIndex === runs.length - 1 && index === pieces.length - 1;
      return pairsOf(piece, use === 'search' && isLast);
    });
  });
}

function pairsOf(piece: string, mayGoOn: boolean): string[] {
  const characters = Array.from(piece);
  const pairs = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  const last = characters.at(-1) ?? '';
  return mayGoOn && pairs.length > 0 ? pairs : [...pairs, last];
}
