// The members of one object, found by their name in any spelling: `alarm_id`, `alarmId` and `AlarmID` are one.
import { isJsonObject } from '../json-value.ts';
import { cleanLine } from '../plain-text.ts';
import { withoutMarkup } from './markup.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** More than an alert has labels. */
const mostTexts = 100;
/** No label is longer. */
const longestText = 512;
/** Whatever lies far beyond that, markup included, is not worth looking at. */
const longestLookedAt = 2000;

/** One JSON object as the files of this folder look at it. Names are asked for in small letters without separators. */
export class Members {
  readonly raw: JsonObject;
  readonly #byName = new Map<string, unknown>();
  // Kept once found: an object may lie around thousands of alarms, and each of them asks.
  readonly #inner = new Map<string, Members | null>();
  #texts: readonly (readonly [name: string, text: string])[] | null = null;

  constructor(raw: JsonObject) {
    this.raw = raw;
    for (const name of Object.keys(raw)) {
      const plain = name.replace(/[\s_.-]/g, '').toLowerCase();
      if (!this.#byName.has(plain)) this.#byName.set(plain, raw[name]);
    }
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /**
   * The first of these that says something: text, number or truth value as text. Null for none; the words `null` and
   * `(null)` and an empty text are the controller's ways of saying nothing (reference 4).
   */
  text(...names: readonly string[]): string | null {
    for (const name of names) {
      const said = scalarText(this.#byName.get(name));
      if (said !== null) return said;
    }
    return null;
  }

  /** The first 100 members that say something, by their own names, as labels show them. */
  texts(): readonly (readonly [name: string, text: string])[] {
    this.#texts ??= textsOf(this.raw);
    return this.#texts;
  }

  /** The objects that a member is or lists; empty when it is neither. */
  objects(name: string): readonly JsonObject[] {
    const value = this.#byName.get(name);
    if (isJsonObject(value)) return [value];
    return Array.isArray(value) ? value.filter(isJsonObject) : [];
  }

  /** The first object that a member is or lists. */
  inner(name: string): Members | null {
    let inner = this.#inner.get(name);
    if (inner === undefined) {
      const [first] = this.objects(name);
      inner = first === undefined ? null : new Members(first);
      this.#inner.set(name, inner);
    }
    return inner;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }
}

function textsOf(object: JsonObject): readonly (readonly [string, string])[] {
  const texts: (readonly [string, string])[] = [];
  for (const name of Object.keys(object)) {
    const text = scalarText(object[name]);
    if (text !== null)
      texts.push([name, cleanLine(withoutMarkup(text.slice(0, longestLookedAt)), longestText)]);
    if (texts.length === mostTexts) break;
  }
  return texts;
}

/** What one value says in words, null for nothing, objects and lists. */
export function scalarText(value: unknown): string | null {
  switch (typeof value) {
    case 'string': {
      const text = value.trim();
      return text === '' || text === 'null' || text === '(null)' ? null : text;
    }
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return null;
  }
}
