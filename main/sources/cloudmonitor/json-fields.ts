// The fields of one JSON object by their name in any case: documentation, captures and receivers do not agree on it
// (reference 4.2).
import type { AlertLink } from '../../../shared/alert.ts';
import { fieldText, isJsonObject, parseJson } from '../json-value.ts';
import type { Labels } from '../labels.ts';
import { safeLink } from '../plain-text.ts';

/** Longer text is not looked at for an object in it; no field of that size was ever seen. */
const longestText = 262_144;

/** One JSON object. Names are given in lower case. */
export class Fields {
  readonly #byName = new Map<string, unknown>();
  readonly #object: Readonly<Record<string, unknown>>;
  readonly #found = new Map<string, Fields | null>();

  constructor(object: Readonly<Record<string, unknown>>) {
    this.#object = object;
    for (const name of Object.keys(object)) {
      const plain = name.toLowerCase();
      // The first of equal names counts, as in a form.
      if (!this.#byName.has(plain)) this.#byName.set(plain, object[name]);
    }
  }

  /**
   * The trimmed text of the first of these that says something; numbers and truth values in words. Null when none does:
   * absent, an object, empty, or the literal word `null`.
   */
  text(...names: readonly string[]): string | null {
    for (const name of names) {
      const said = wordOf(this.#byName.get(name));
      if (said !== null) return said;
    }
    return null;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  value(name: string): unknown {
    return this.#byName.get(name);
  }

  /** The object in a field, also when it came as JSON text, which forms and some templates make of it. */
  find(name: string): Fields | null {
    const before = this.#found.get(name);
    if (before !== undefined) return before;
    const value = this.#byName.get(name);
    const parsed = typeof value === 'string' ? parseObject(value) : value;
    const found = isJsonObject(parsed) ? new Fields(parsed) : null;
    this.#found.set(name, found);
    return found;
  }

  /** As `find`; an object without any field when there is none. */
  inner(name: string): Fields {
    return this.find(name) ?? new Fields({});
  }

  /** Whether this is true of any text in it, also inside of nested objects, which are looked at as JSON text. */
  saysAnywhere(isMeant: (text: string) => boolean): boolean {
    return Object.values(this.#object).some((value) => isMeant(fieldText(value) ?? ''));
  }

  /** The https links in these fields. */
  links(labels: readonly (readonly [label: string, field: string])[]): readonly AlertLink[] {
    return labels.flatMap(([label, field]) => {
      const url = this.text(field);
      return url === null ? [] : (safeLink(label, url) ?? []);
    });
  }

  /** Every plain field of it becomes a label; what is nested or JSON text does not. */
  addTo(labels: Labels, prefix: string): void {
    for (const [name, value] of Object.entries(this.#object)) {
      const word = wordOf(value);
      if (word !== null && !/^[{[]/.test(word)) labels.add(name, word, prefix);
    }
  }

  /** Every plain field, sorted by name: the same for every order on the wire. */
  sortedPairs(): readonly (readonly [name: string, value: string])[] {
    return Object.keys(this.#object)
      .toSorted()
      .flatMap((name) => {
        const word = wordOf(this.#object[name]);
        return word === null ? [] : [[name, word] as const];
      });
  }
}

function wordOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' || trimmed === 'null' ? null : trimmed;
}

function parseObject(text: string): unknown {
  return text.length <= longestText && /^\s*\{/.test(text) ? parseJson(text) : undefined;
}
