// Decoding that remembers where each character came from, so that what is found in decoded text can be cut out of the original.
import type { Cut } from './personal-cut.ts';

/** `origins[i]` is where character `i` of `text` began in the original; one more entry is where the last one ended. */
export interface DecodedText {
  readonly text: string;
  readonly origins: Uint32Array;
}

/** The same cuts in the original, which begins at `offset` of the text around it. */
export function inOriginal(cuts: readonly Cut[], { origins }: DecodedText, offset: number): readonly Cut[] {
  return cuts.map(({ start, end, visible }) => ({
    start: offset + (origins[start] ?? 0),
    end: offset + (origins[end] ?? 0),
    visible,
  }));
}

/** Form encoding undone once: `%XX` gives one character a byte, `+` a space, anything broken itself. */
export function decodePercent(original: string): DecodedText {
  return decode(original, (at) => {
    const code = original.charCodeAt(at);
    if (code === plus) return { unit: space, length: 1 };
    const value = code === percent ? hexValue(original, at + 1, 2) : -1;
    return value < 0 ? { unit: code, length: 1 } : { unit: value, length: 3 };
  });
}

/** The inside of a JSON string, escapes undone; a broken escape gives itself. */
export function unescapeJson(original: string): DecodedText {
  return decode(original, (at) => {
    const code = original.charCodeAt(at);
    if (code !== backslash || at + 1 === original.length) return { unit: code, length: 1 };
    const escaped = original.charCodeAt(at + 1);
    const value = escaped === letterU ? hexValue(original, at + 2, 4) : -1;
    if (value >= 0) return { unit: value, length: 6 };
    return { unit: shortEscapes.get(escaped) ?? escaped, length: 2 };
  });
}

const percent = 0x25;
const plus = 0x2b;
const space = 0x20;
const backslash = 0x5c;
const letterU = 0x75;
const shortEscapes: ReadonlyMap<number, number> = new Map(
  (['b\b', 'f\f', 'n\n', 'r\r', 't\t'] as const).map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);

interface Unit {
  readonly unit: number;
  readonly length: number;
}

function decode(original: string, next: (at: number) => Unit): DecodedText {
  const units = new Uint16Array(original.length);
  const origins = new Uint32Array(original.length + 1);
  let length = 0;
  for (let at = 0; at < original.length; length += 1) {
    const { unit, length: taken } = next(at);
    units[length] = unit;
    origins[length] = at;
    at += taken;
  }
  origins[length] = original.length;
  const bytes = Buffer.from(units.buffer, 0, length * 2);
  return { text: bytes.toString('utf16le'), origins: origins.subarray(0, length + 1) };
}

function hexValue(text: string, at: number, digits: number): number {
  let value = 0;
  for (let digit = 0; digit < digits; digit += 1) {
    const code = text.charCodeAt(at + digit);
    const upper = code & 0xdf;
    if (code >= 0x30 && code <= 0x39) value = value * 16 + code - 0x30;
    else if (upper >= 0x41 && upper <= 0x46 && code >= 0x41) value = value * 16 + upper - 0x37;
    else return -1;
  }
  return value;
}
