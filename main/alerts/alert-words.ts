// The index of words of resolved alerts: filled off the hot path, asked block by block. It tells quickly which alerts may
// match; whether one does, shared/search-words.ts decides on the alert itself, as it does for the unresolved ones in memory.
import type { AlertId, SourceId } from '../../shared/alert.ts';
import { alertNumber } from '../../shared/alert-order.ts';
import { type Priority, priorityRank } from '../../shared/priority.ts';
import { type Search, type SearchTerm, textMatches, wordsOfAlert } from '../../shared/search-words.ts';
import type { Store } from '../database/open-database.ts';
import type { AlertStore } from './alert-store.ts';

export interface WordsParts {
  readonly db: Store;
  readonly store: AlertStore;
  /** Every source, removed ones too: an alert is found by the name its source has now. */
  readonly sourceNames: () => Iterable<{ readonly id: SourceId; readonly name: string }>;
}

/** What besides words an alert must be. */
export interface WordsFilter {
  readonly priority: Priority;
  readonly sourceId: SourceId | null;
}

/** Alerts that may match. */
export interface Candidates {
  /** Numbers, newest first. */
  readonly numbers: readonly number[];
  /** All that may match from this number on upwards were given; go on below it. */
  readonly downTo: number;
}

/**
 * Every token begins with the character of its block, so that a question to one block costs the same in a store of any age:
 * at worst a walk over all of its alerts, 3 ms (measured). Part of the index's format.
 */
const blockSize = 65_536;
const firstBlockCharacter = 0x4e00;
const blockCharacters = 20_000;
/** Lengths of the beginnings that the index knows; the migration has them with the block's character. */
const prefixLengths = [9, 6, 4, 3, 2, 1] as const;
/** Begins a token that is no word: no word has this character. */
const mark = '§';
/** A longer word is found by its beginning. */
const longestToken = 64;
/** More words in one go would be felt (a hostile sender's alerts have thousands each). */
const mostWordsAtOnce = 20_000;
const pagesToMerge = 16;
/** Of one term: `com` and `example` cost more than they tell when there is a host's own name beside them. */
const mostWordsAsked = 3;

export class AlertWords {
  readonly #parts: WordsParts;
  readonly #statements;
  /** A crash may have come before the last steps. */
  #isTidy = false;

  constructor(parts: WordsParts) {
    this.#parts = parts;
    this.#statements = prepare(parts.db);
  }

  /** Makes at most so many resolved alerts findable, the newest first, in one transaction; returns how many. */
  indexSome(most: number): number {
    if (this.#statements.waiting.all(1).length === 0) return 0;
    return this.#parts.db.transaction(() => this.#index(most)).immediate();
  }

  #index(most: number): number {
    let words = 0;
    let done = 0;
    this.#isTidy = false;
    for (const row of this.#statements.waiting.all(most)) {
      const [alert] = this.#parts.store.alertsOf([row]);
      if (alert === undefined) continue;
      const number = alertNumber(alert.id);
      const block = blockCharacter(Math.floor(number / blockSize));
      const own = new Set(wordsOfAlert(alert));
      const marks = [priorityMark(alert.priority), sourceMark(alert.sourceId), idMark(alert.id)];
      const tokens = [...marks, ...[...own].map((word) => word.slice(0, longestToken))];
      this.#statements.insert.run(number, tokens.map((token) => block + token).join(' '));
      this.#statements.markDone.run(number);
      done += 1;
      words += own.size;
      if (words > mostWordsAtOnce) break;
    }
    return done;
  }

  /** One small step towards an index in few pieces, which is quicker to ask; outside of a transaction. */
  tidy(): void {
    if (this.#isTidy) return;
    const before = this.#statements.totalChanges.get() ?? 0;
    this.#statements.merge.run(pagesToMerge);
    // SQLite's documentation: fewer than two changes mean that there was nothing to merge.
    this.#isTidy = (this.#statements.totalChanges.get() ?? 0) - before < 2;
  }

  /** For alerts that are deleted; belongs into the transaction that deletes them. */
  forget(ids: readonly AlertId[]): void {
    this.#isTidy = false;
    for (const id of ids) this.#statements.forget.run(alertNumber(id));
  }

  /** Begins a search. What it has learned about a block is kept for the next priority, so it is good for one list only. */
  search(search: Search): WordsSearch {
    const sources = [...this.#parts.sourceNames()];
    const terms = search.map((term) => ({
      term,
      others: [
        ...(term.id === null ? [] : [idMark(term.id)]),
        ...sources.filter(({ name }) => textMatches(name, term)).map(({ id }) => sourceMark(id)),
      ],
    }));
    const { find } = this.#statements;
    return new WordsSearch(terms, (question, below, most) => find.all(question, below, most));
  }
}

/** A term, and the marks of alerts that it finds besides those with its words. */
interface MarkedTerm {
  readonly term: SearchTerm;
  readonly others: readonly string[];
}

/** Numbers below `below` in the answer to a question, newest first, at most `most`. */
type Find = (question: string, below: number, most: number) => number[];

/** One search in the index. */
export class WordsSearch {
  readonly #terms: readonly MarkedTerm[];
  readonly #find: Find;
  /** By block: every alert that may match, of whatever priority and source; null when they are many. */
  readonly #few = new Map<number, readonly number[] | null>();

  constructor(terms: readonly MarkedTerm[], find: Find) {
    this.#terms = terms;
    this.#find = find;
  }

  /** The newest of the alerts below the number `below` that may match, all of one block and at most about `most`. */
  candidates(filter: WordsFilter, below: number, most: number): Candidates {
    const block = Math.floor((below - 1) / blockSize);
    const few = this.#fewOf(block, most);
    if (few !== null) return { numbers: few.filter((number) => number < below), downTo: block * blockSize };
    const marks = [
      priorityMark(filter.priority),
      ...(filter.sourceId === null ? [] : [sourceMark(filter.sourceId)]),
    ];
    const numbers = this.#find(this.#question(block, marks), below, most);
    const last = numbers.at(-1);
    return { numbers, downTo: last !== undefined && numbers.length === most ? last : block * blockSize };
  }

  /**
   * Rare words are asked for by themselves: to bring them together with a mark that a third of all alerts have would cost more
   * than to look at the few.
   */
  #fewOf(block: number, most: number): readonly number[] | null {
    let few = this.#few.get(block);
    if (few === undefined) {
      const numbers = this.#find(this.#question(block, []), (block + 1) * blockSize, most + 1);
      few = numbers.length > most ? null : numbers;
      this.#few.set(block, few);
    }
    return few;
  }

  /** In FTS5's language. Words are letters and digits, marks are ours: nothing in it can be an operator. */
  #question(block: number, marks: readonly string[]): string {
    const exactly = (token: string): string => `"${blockCharacter(block)}${token}"`;
    const anyOf = ({ term, others }: MarkedTerm): string => {
      const last = term.words.length - 1;
      const words = term.words.map((word, index) => ({
        weight: weightOf(word),
        asked: index === last ? `${exactly(knownBeginning(word))} *` : exactly(word.slice(0, longestToken)),
      }));
      const rarest = words.toSorted((one, other) => other.weight - one.weight).slice(0, mostWordsAsked);
      const all = rarest.map(({ asked }) => asked).join(' AND ');
      return `(${[`(${all})`, ...others.map(exactly)].join(' OR ')})`;
    };
    return [...marks.map(exactly), ...this.#terms.map(anyOf)].join(' AND ');
  }
}

function prepare(db: Store) {
  return {
    waiting: db.prepare<[number]>(
      `SELECT * FROM alerts INDEXED BY alerts_to_search WHERE searchable = 0 AND place_rank = 3
       ORDER BY id DESC LIMIT ?`,
    ),
    // An alert may have been over before and been opened again.
    insert: db.prepare('INSERT OR REPLACE INTO alert_words (rowid, words) VALUES (?, ?)'),
    markDone: db.prepare('UPDATE alerts SET searchable = 1 WHERE id = ?'),
    totalChanges: db.prepare<[], number>('SELECT total_changes()').pluck(),
    merge: db.prepare("INSERT INTO alert_words (alert_words, rank) VALUES ('merge', ?)"),
    forget: db.prepare('DELETE FROM alert_words WHERE rowid = ?'),
    find: db
      .prepare<[string, number, number], number>(
        'SELECT rowid FROM alert_words WHERE alert_words MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
      )
      .pluck(),
  };
}

function blockCharacter(block: number): string {
  return String.fromCharCode(firstBlockCharacter + (block % blockCharacters));
}

/** Any other length would make FTS5 gather every word that begins so, 150 ms at a million alerts (measured). */
function knownBeginning(word: string): string {
  const characters = Array.from(word);
  const length = prefixLengths.find((known) => known <= characters.length) ?? 1;
  return characters.slice(0, length).join('');
}

/** Words with digits are mostly rare, and long ones rarer than short ones. */
function weightOf(word: string): number {
  return word.length + (/\d/.test(word) ? 100 : 0);
}

function priorityMark(priority: Priority): string {
  return `${mark}p${priorityRank(priority)}`;
}

/** The tokenizer parts at dashes. */
function sourceMark(id: SourceId): string {
  return `${mark}s${id.replaceAll('-', mark)}`;
}

function idMark(id: AlertId): string {
  return `${mark}${id.toLowerCase()}`;
}
