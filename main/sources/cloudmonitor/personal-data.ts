// `userInfo` holds the account's e-mail and real name (reference 4.2). It goes before anything is stored.
import { formWithout } from './form-body.ts';
import { isJsonObject, writeJson } from './json-value.ts';

const personalName = 'userInfo';

/** The form without its `userInfo` pairs, the others untouched; null when it has none. */
export function formWithoutPersonalData(body: Uint8Array): Uint8Array | null {
  return formWithout(body, personalName);
}

/** A cheap first look at JSON text; false means that nothing has to be removed. */
export function mayHoldPersonalData(text: string): boolean {
  return /userinfo/i.test(text);
}

/**
 * The object without `userInfo`, at any depth; null when it has none. `fields` is what is kept of a body that is nested
 * too deeply to be written again. (Integers beyond 2^53 are rounded by the way through JSON.)
 */
export function jsonWithoutPersonalData(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, string | null>>,
): Uint8Array | null {
  const cleaned = strip(value, 0);
  if (cleaned === value) return null;
  return Buffer.from(writeJson(cleaned) ?? JSON.stringify(fields), 'utf8');
}

const deepest = 64;

/** The same value when there was nothing to remove. What lies deeper than anything real is dropped unseen. */
function strip(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return null;
  if (Array.isArray(value)) {
    const items = value.map((item) => strip(item, depth + 1));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  const kept = entries
    .filter(([name]) => !isPersonal(name))
    .map(([name, item]) => [name, strip(item, depth + 1)] as const);
  const changed = kept.length !== entries.length || kept.some(([name, item]) => item !== value[name]);
  return changed ? Object.fromEntries(kept) : value;
}

/** True for the one field that names a person, in any case. */
export function isPersonal(name: string): boolean {
  return name.length === personalName.length && name.toLowerCase() === personalName.toLowerCase();
}
