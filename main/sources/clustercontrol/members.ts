// The members of one object, found by their name in any spelling: `alarm_id`, `alarmId` and `AlarmID` are one.
import { isJsonObject } from '../json-value.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** One JSON object as the files of this folder look at it. Names are asked for in small letters without separators. */
export class Members {
  readonly raw: JsonObject;
  readonly #byName = new Map<string, unknown>();

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

  /** The objects that a member is or lists; empty when it is neither. */
  objects(name: string): readonly JsonObject[] {
    const value = this.#byName.get(name);
    if (isJsonObject(value)) return [value];
    return Array.isArray(value) ? value.filter(isJsonObject) : [];
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }
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
