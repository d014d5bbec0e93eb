// The key of a problem: visible, versioned, different for every resource (alerts/alert-event.ts).
import { createHash } from 'node:crypto';
import { hasUnwantedCharacters, wholeCharacters } from './plain-text.ts';

const longest = 512;

/**
 * `<prefix>:<part>:<part>`, e.g. `keyOf('clustercontrol:1', ['3', '17'])`. The parts must come from `keyPart`, or be joined of
 * such with `|`, `,` or `=`. At most 512 characters: a longer key keeps its beginning and ends in a hash of the whole.
 */
export function keyOf(prefix: string, parts: readonly string[]): string {
  const key = `${prefix}:${parts.join(':')}`;
  if (key.length <= longest) return key;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `${key.slice(0, wholeCharacters(key, longest - hash.length - 1))}~${hash}`;
}

const separators = /[%:|,=~]/;
const everySeparator = /[%:|,=~]/g;
const halfPair = /\p{Surrogate}/gu;

/**
 * One part of a key; empty for null. Separators and invisible characters are percent-encoded, so that different problems
 * never share a key.
 */
export function keyPart(text: string | null): string {
  if (text === null) return '';
  const encoded = separators.test(text) ? text.replace(everySeparator, percentEncode) : text;
  if (!hasUnwantedCharacters(encoded)) return encoded;
  return Array.from(encoded.replace(halfPair, '\ufffd'), (character) =>
    hasUnwantedCharacters(character) ? encodeURIComponent(character) : character,
  ).join('');
}

/** Also for `~`, which encodeURIComponent leaves alone; ASCII only. */
function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
