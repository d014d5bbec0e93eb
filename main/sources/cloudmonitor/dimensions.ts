// What an alert is about, as CloudMonitor writes it: JSON text, Java-map text, an object, or an array of objects (2017).
import { isJsonObject, fieldText, parseJson } from '../json-value.ts';

/** One dimension, e.g. `['instanceId', 'i-1']`. */
export type Dimension = readonly [name: string, value: string];

export interface Dimensions {
  /** Without the account, sorted by name: the order on the wire varies (reference 1.4). */
  readonly pairs: readonly Dimension[];
  /** The account, which every dimension text repeats; null when absent. */
  readonly userId: string | null;
}

/** Name given to a text that has no `name=value` in it at all; the whole text is then its value. */
const unnamed = 'dimensions';
const none: Dimensions = { pairs: [], userId: null };

/** Reads both fields: the JSON one (`dimensionsOriginal`) is preferred, the text is the fallback. */
export function readDimensions(original: string | null, text: string | null): Dimensions {
  const fromOriginal = original === null ? null : fromJson(original);
  if (fromOriginal !== null) return arrange(fromOriginal);
  const fallback = text ?? original;
  if (fallback === null) return none;
  return arrange(fromJson(fallback) ?? readMapText(fallback));
}

/** Value of the first of these dimensions that is there. */
export function dimension(dimensions: Dimensions, ...names: readonly string[]): string | null {
  for (const name of names) {
    const found = dimensions.pairs.find((pair) => pair[0] === name);
    if (found !== undefined) return found[1];
  }
  return null;
}

/**
 * `{k=v, k2=v2}`: split at comma and space, each part at its first `=`, because values hold both (`k1=v1&k2=v2` of custom
 * metrics, addresses). A part without `=` continues the value before it. Also reads `customLabels`.
 */
export function readMapText(text: string): Dimension[] {
  const inner = text.slice(text.startsWith('{') ? 1 : 0, text.endsWith('}') ? -1 : text.length);
  const pairs: [string, string][] = [];
  // Without any comma and space a person typed it: split at commas that a name follows, or two resources would be one.
  const parts = inner.includes(', ') ? inner.split(', ') : inner.split(/,(?=[\p{L}_][\p{L}\w.-]{0,63}=)/u);
  for (const part of parts) {
    const equals = part.indexOf('=');
    const last = pairs.at(-1);
    if (equals > 0) pairs.push([part.slice(0, equals).trim(), part.slice(equals + 1).trim()]);
    else if (last !== undefined) last[1] += `, ${part}`;
    else if (part.trim() !== '') pairs.push([unnamed, part.trim()]);
  }
  return pairs;
}

function fromJson(text: string): Dimension[] | null {
  const first = text.charAt(0);
  if (first !== '{' && first !== '[') return null;
  // Java-map text starts with a brace as well; JSON goes on with a quotation mark (or ends at once).
  if (first === '{' && !/^\{\s*["}]/.test(text)) return null;
  const value = parseJson(text);
  if (isJsonObject(value)) return entriesOf(value);
  if (Array.isArray(value)) return value.filter(isJsonObject).flatMap(entriesOf);
  return null;
}

function entriesOf(value: Readonly<Record<string, unknown>>): Dimension[] {
  return Object.entries(value).map(([name, item]) => [name.trim(), (fieldText(item) ?? '').trim()] as const);
}

function arrange(found: readonly Dimension[]): Dimensions {
  const pairs: Dimension[] = [];
  let userId: string | null = null;
  for (const pair of found) {
    if (pair[1] === '' || pair[1] === 'null') continue;
    if (pair[0] === 'userId') userId ??= pair[1];
    else pairs.push(pair);
  }
  pairs.sort(compare);
  return {
    pairs: pairs.filter((pair, at) => at === 0 || compare(pair, pairs[at - 1] ?? pair) !== 0),
    userId,
  };
}

/** By code unit, so that the order is the same on every machine and in every language. */
function compare(a: Dimension, b: Dimension): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1;
  return 0;
}
