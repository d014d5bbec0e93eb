// The controller once wrote numbers that JSON does not have (reference 4, `measured`): bare nan and inf.
import { parseJson } from '../json-value.ts';

/**
 * A string, closed or cut off, or a bare word outside of one. Every alternative takes what it can get and none can fail
 * half-way, so the time is linear.
 */
const stringOrBareWord = /"[^"\\]*(?:\\[\s\S]?[^"\\]*)*"?|[-+]?\b(?:nan|inf(?:inity)?)\b/gi;

/** The parsed value, with bare NaN and infinities as null; undefined when the text is no JSON even so. */
export function parseLenientJson(text: string): unknown {
  const value = parseJson(text);
  if (value !== undefined || !/nan|inf/i.test(text)) return value;
  return parseJson(text.replace(stringOrBareWord, (found) => (found.startsWith('"') ? found : 'null')));
}
