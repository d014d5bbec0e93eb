// Personal data in JSON, found without building values: a body may be cut off, nested a million deep, or hold numbers that
// would not survive the way through JavaScript.
import { type Cut, type FindName, type LookInside, nameFinder } from './personal-cut.ts';
import { inOriginal, unescapeJson } from './text-origins.ts';

/**
 * What has to go from JSON: members by their name, with their comma, and what `inside` finds in other strings. Text that
 * ends too early counts as JSON, and what it says of a person up to there goes. Null when it stops being JSON: no end of
 * a value can be trusted then.
 */
export function cutPersonalMembers(text: string, inside: LookInside): readonly Cut[] | null {
  return new JsonWalk(text, inside).cuts();
}

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

interface Level {
  readonly isObject: boolean;
  /** Where the last member that stays ended; behind the brace while there is none. */
  keptUpTo: number;
  keepsSome: boolean;
}

/** The member that goes: the level it belongs to and where its name ended. */
interface Removal {
  readonly depth: number;
  readonly nameEnd: number;
}

const quote = '"';
const blanksAndMark = /[\t-\r \u00ef\u00bb\u00bf]*/y;
const blanks = /[\t-\r ]*/y;
/** Numbers and words; which ones does not matter here. */
const scalar = /[\w+.-]+/y;

class JsonWalk {
  readonly #text: string;
  readonly #inside: LookInside;
  readonly #cuts: Cut[] = [];
  readonly #levels: Level[] = [];
  #expected: Expected = 'value';
  #removal: Removal | null = null;
  /** A removed member that has ended; its comma, if one follows, may have to go with it. */
  #removed: Cut | null = null;
  readonly #findName: FindName;
  #nextName: number;

  constructor(text: string, inside: LookInside) {
    this.#text = text;
    this.#inside = inside;
    this.#findName = nameFinder(text);
    this.#nextName = this.#findName(0)?.start ?? text.length;
  }

  cuts(): readonly Cut[] | null {
    let at = runEnd(blanksAndMark, this.#text, 0);
    while (at < this.#text.length) {
      const next = this.#step(at);
      if (next === null) return null;
      at = runEnd(blanks, this.#text, next);
    }
    this.#finishRemoved(null);
    if (this.#removal !== null) {
      this.#cuts.push({ start: this.#removal.nameEnd, end: this.#text.length, visible: true });
    }
    return this.#cuts;
  }

  /** One token; where it ended, or null when it must not stand there. */
  #step(at: number): number | null {
    switch (this.#text[at]) {
      case '{':
        return this.#open(at, true);
      case '[':
        return this.#open(at, false);
      case '}':
        return this.#close(at, true);
      case ']':
        return this.#close(at, false);
      case ',':
        return this.#comma(at);
      case ':':
        if (this.#expected !== 'colon') return null;
        this.#expected = 'value';
        return at + 1;
      case quote:
        return this.#string(at);
      default: {
        const end = runEnd(scalar, this.#text, at);
        return end > at && this.#expectsValue() ? this.#endValue(end) : null;
      }
    }
  }

  #expectsValue(): boolean {
    return this.#expected === 'value' || this.#expected === 'value-or-end';
  }

  #open(at: number, isObject: boolean): number | null {
    if (!this.#expectsValue()) return null;
    this.#levels.push({ isObject, keptUpTo: at + 1, keepsSome: false });
    this.#expected = isObject ? 'name-or-end' : 'value-or-end';
    return at + 1;
  }

  #close(at: number, isObject: boolean): number | null {
    const mayEnd = this.#expected === 'comma-or-end' || this.#expected.endsWith('-or-end');
    if (!mayEnd || this.#levels.at(-1)?.isObject !== isObject) return null;
    this.#finishRemoved(null);
    this.#levels.pop();
    return this.#endValue(at + 1);
  }

  #comma(at: number): number | null {
    const level = this.#levels.at(-1);
    if (this.#expected !== 'comma-or-end' || level === undefined) return null;
    this.#finishRemoved(level.keepsSome ? null : at + 1);
    this.#expected = level.isObject ? 'name' : 'value';
    return at + 1;
  }

  #string(at: number): number | null {
    const isName = this.#expected === 'name' || this.#expected === 'name-or-end';
    if (!isName && !this.#expectsValue()) return null;
    const close = closingQuote(this.#text, at + 1);
    const end = close ?? this.#text.length;
    if (this.#nextName < at) this.#nextName = this.#findName(at)?.start ?? this.#text.length;
    if (this.#removal === null && this.#nextName < end) this.#personalString(at + 1, end, close, isName);
    if (close === null) return this.#text.length;
    if (!isName) return this.#endValue(close + 1);
    this.#expected = 'colon';
    return close + 1;
  }

  /** A string that names personal data: of a member, in a text of its own, or cut off. */
  #personalString(start: number, end: number, close: number | null, isName: boolean): void {
    if (close === null) {
      const name = this.#findName(start);
      if (name !== null) this.#cuts.push({ start: name.end, end, visible: true });
    } else if (isName) {
      this.#removal = { depth: this.#levels.length, nameEnd: end };
    } else {
      const decoded = unescapeJson(this.#text.slice(start, end));
      this.#cuts.push(...inOriginal(this.#inside(decoded.text), decoded, start));
    }
  }

  #endValue(end: number): number {
    const level = this.#levels.at(-1);
    this.#expected = level === undefined ? 'nothing' : 'comma-or-end';
    if (level === undefined) return end;
    if (this.#removal?.depth === this.#levels.length) {
      this.#removal = null;
      this.#removed = { start: level.keptUpTo, end, visible: false };
    } else if (this.#removal === null) {
      level.keptUpTo = end;
      level.keepsSome = true;
    }
    return end;
  }

  #finishRemoved(commaEnd: number | null): void {
    if (this.#removed === null) return;
    this.#cuts.push(commaEnd === null ? this.#removed : { ...this.#removed, end: commaEnd });
    this.#removed = null;
  }
}

function runEnd(run: RegExp, text: string, at: number): number {
  run.lastIndex = at;
  run.test(text);
  return Math.max(at, run.lastIndex);
}

function closingQuote(text: string, from: number): number | null {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return null;
}
