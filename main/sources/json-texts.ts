// Fields of a JSON object as texts: numbers and booleans in words, nothing for what is missing or empty.
import { fieldText, isJsonObject } from './json-value.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Texts of one JSON object by name, in its order; what is empty is not in it. */
export type Texts = ReadonlyMap<string, string>;

/** The trimmed text of one field, or null. */
export function textOf(object: JsonObject, name: string): string | null {
  const text = Object.hasOwn(object, name) ? fieldText(object[name])?.trim() : undefined;
  return text === undefined || text === '' ? null : text;
}

/** The text of the first of these fields that has one. */
export function firstTextOf(object: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const text = textOf(object, name);
    if (text !== null) return text;
  }
  return null;
}

/** Every field that has a text; empty for anything but an object. */
export function textsOf(value: unknown): Texts {
  const found = new Map<string, string>();
  if (!isJsonObject(value)) return found;
  for (const name of Object.keys(value)) {
    const text = textOf(value, name);
    if (text !== null) found.set(name, text);
  }
  return found;
}

/** The first of these names that is there. */
export function firstOf(texts: Texts, names: readonly string[]): string | null {
  for (const name of names) {
    const text = texts.get(name);
    if (text !== undefined) return text;
  }
  return null;
}
