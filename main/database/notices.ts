import { Value } from 'typebox/value';
import { StoreNews } from '../../shared/notice.ts';
import { isStorageTrouble, type Store } from './open-database.ts';

/** A piece of news and when it came, epoch ms. */
export interface DatedNews {
  readonly at: number;
  readonly news: StoreNews;
}

/** What a person must be told about the store, until they put it away. A disk that takes nothing does not keep it from them. */
export class Notices {
  readonly #db: Store;
  readonly #news = new Map<string, DatedNews>();

  constructor(db: Store) {
    this.#db = db;
    for (const row of db
      .prepare<[], { at: number; details: string }>('SELECT at, details FROM notices')
      .all()) {
      const news = parse(row.details);
      if (news !== null) this.#news.set(news.code, { at: row.at, news });
    }
  }

  /** Oldest first. */
  list(): DatedNews[] {
    return [...this.#news.values()].toSorted((a, b) => a.at - b.at);
  }

  /** Takes the place of an older one of the same code. */
  raise(news: StoreNews, at: number): void {
    this.#news.set(news.code, { at, news });
    this.#write(() => saveNews(this.#db, news, at));
  }

  /** False when there is none. */
  dismiss(code: string): boolean {
    const found = this.#news.delete(code);
    if (found) this.#write(() => void this.#db.prepare('DELETE FROM notices WHERE code = ?').run(code));
    return found;
  }

  #write(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!isStorageTrouble(error)) throw error;
    }
  }
}

/** Into a store that nobody has opened yet. */
export function saveNews(db: Store, news: StoreNews, at: number): void {
  db.prepare('INSERT OR REPLACE INTO notices (code, at, details) VALUES (?, ?, ?)').run(
    news.code,
    at,
    JSON.stringify(news),
  );
}

function parse(details: string): StoreNews | null {
  try {
    const news: unknown = JSON.parse(details);
    return Value.Check(StoreNews, news) ? news : null;
  } catch {
    return null;
  }
}
