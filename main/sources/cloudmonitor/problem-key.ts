// The key of a problem: visible, versioned, the same for every order of dimensions, different for every resource.
import { createHash } from 'node:crypto';
import { hasUnwantedCharacters, wholeCharacters } from '../plain-text.ts';
import type { Dimension } from './dimensions.ts';

export interface ProblemName {
  readonly userId: string | null;
  /** One rule covers many resources, so it is never the whole key. */
  readonly ruleId: string | null;
  /** Stand in for a missing rule id (2017 and 2018 bodies). */
  readonly alertName: string | null;
  readonly project: string | null;
  readonly metric: string | null;
  /** Sorted, without the account. */
  readonly dimensions: readonly Dimension[];
}

const longest = 512;

/**
 * `cloudmonitor:1:<userId>:<ruleId>:<k=v,k=v>`, or `<alertName>|<project>|<metric>` in place of the rule id. Separators and
 * invisible characters inside a part are percent-encoded, so different problems never share a key. At most 512 characters:
 * a longer key keeps its beginning and ends in a hash of the whole.
 */
export function problemKey(problem: ProblemName): string {
  const rule =
    problem.ruleId === null
      ? `${part(problem.alertName)}|${part(problem.project)}|${part(problem.metric)}`
      : part(problem.ruleId);
  let dimensions = '';
  for (const [name, value] of problem.dimensions) {
    dimensions += `${dimensions === '' ? '' : ','}${part(name)}=${part(value)}`;
  }
  const key = `cloudmonitor:1:${part(problem.userId)}:${rule}:${dimensions}`;
  if (key.length <= longest) return key;
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return `${key.slice(0, wholeCharacters(key, longest - hash.length - 1))}~${hash}`;
}

const separators = /[%:|,=~]/;
const everySeparator = /[%:|,=~]/g;
const halfPair = /\p{Surrogate}/gu;

function part(text: string | null): string {
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
