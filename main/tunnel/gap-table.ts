// The ledger of gaps in the store. A store that cannot be written loses none: they wait here and are written later.
import { Value } from 'typebox/value';
import { Gap, type GapCause } from '../../shared/coverage.ts';
import type { Store } from '../database/open-database.ts';

interface GapRow {
  readonly id: number;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly cause: string;
  readonly later: string;
}

/** A store that took nothing is tried again after this long. */
const retryMs = 5000;
const sinceName = 'ledger_since';

export class GapTable {
  readonly #db: Store;
  readonly #statements;
  readonly #onFault: (error: unknown) => void;
  readonly #unsaved = new Map<number, Gap>();
  #since: number | null;
  #isSinceSaved = true;
  #nextId: number;
  #triedAt: number | null = null;

  /** `onFault`: what the store says when it does not take a gap. */
  constructor(db: Store, onFault: (error: unknown) => void) {
    this.#db = db;
    this.#onFault = onFault;
    this.#statements = prepare(db);
    this.#since = this.#statements.since.get()?.value ?? null;
    this.#nextId = (this.#statements.lastId.get()?.seq ?? 0) + 1;
  }

  /** Since when the ledger is kept, epoch ms; null: it has not begun. */
  get since(): number | null {
    return this.#since;
  }

  set since(at: number) {
    this.#since = at;
    this.#isSinceSaved = false;
    this.#write();
  }

  /** For a gap that begins. */
  get nextId(): number {
    return this.#nextId;
  }

  /** Begins it or takes the place of what was known of it. */
  save(gap: Gap): void {
    this.#nextId = Math.max(this.#nextId, gap.id + 1);
    this.#unsaved.set(gap.id, gap);
    this.#write();
  }

  /** Those that end after `from` (epoch ms) or have not ended, oldest first. */
  endingAfter(from: number): Gap[] {
    const saved = this.#statements.endingAfter.all(from).map(gapOf);
    const unsaved = [...this.#unsaved.values()].filter(({ endedAt }) => endedAt === null || endedAt > from);
    return [...saved.filter(({ id }) => !this.#unsaved.has(id)), ...unsaved].toSorted((a, b) => a.id - b.id);
  }

  /** The one that ended last before or at `at`, by its end; null: none is known. */
  lastEndUpTo(at: number): number | null {
    const unsaved = [...this.#unsaved.values()].map(({ endedAt }) => endedAt);
    const ends = [this.#statements.lastEnd.get(at)?.ended_at, ...unsaved].filter(
      (end): end is number => typeof end === 'number' && end <= at,
    );
    return ends.length === 0 ? null : Math.max(...ends);
  }

  /** When the oldest gap began that the store has not taken; null: it has all of them. */
  get unsavedFrom(): number | null {
    const begun = [...this.#unsaved.values()].map(({ startedAt }) => startedAt);
    return begun.length === 0 ? null : Math.min(...begun);
  }

  /** Tries again what the store did not take; cheap when there is nothing. `at`: monotonic ms. */
  catchUp(at: number): void {
    if (this.#unsaved.size === 0 && this.#isSinceSaved) return;
    if (this.#triedAt !== null && at - this.#triedAt < retryMs) return;
    this.#triedAt = at;
    this.#write();
  }

  /** Forgets those that ended before `at`. */
  removeBefore(at: number): void {
    this.#guard(() => void this.#statements.remove.run(at));
  }

  #write(): void {
    // In somebody else's transaction it might be rolled back with it; it is written with the next try.
    if (this.#db.inTransaction) return;
    this.#guard(() => {
      if (!this.#isSinceSaved && this.#since !== null) this.#statements.saveSince.run(this.#since);
      this.#isSinceSaved = true;
      for (const gap of this.#unsaved.values()) {
        this.#statements.save.run(gap.id, gap.startedAt, gap.endedAt, gap.cause, JSON.stringify(gap.later));
        this.#unsaved.delete(gap.id);
      }
    });
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#onFault(error);
    }
  }
}

function gapOf(row: GapRow): Gap {
  return {
    id: row.id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    cause: row.cause as GapCause,
    later: findingsIn(row.later),
  };
}

function findingsIn(later: string): Gap['later'] {
  try {
    const read: unknown = JSON.parse(later);
    return Value.Check(Gap.properties.later, read) ? read : [];
  } catch {
    return [];
  }
}

function prepare(db: Store) {
  const columns = 'id, started_at, ended_at, cause, later';
  return {
    since: db.prepare<[], { value: number }>(`SELECT value FROM meta WHERE name = '${sinceName}'`),
    saveSince: db.prepare<[number]>(`INSERT OR REPLACE INTO meta (name, value) VALUES ('${sinceName}', ?)`),
    lastId: db.prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'gaps'"),
    endingAfter: db.prepare<[number], GapRow>(
      `SELECT ${columns} FROM gaps WHERE ended_at > ? UNION ALL
       SELECT ${columns} FROM gaps WHERE ended_at IS NULL`,
    ),
    lastEnd: db.prepare<[number], { ended_at: number | null }>(
      'SELECT max(ended_at) AS ended_at FROM gaps WHERE ended_at <= ?',
    ),
    save: db.prepare<[number, number, number | null, string, string]>(
      `INSERT INTO gaps (${columns}) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET started_at = excluded.started_at, ended_at = excluded.ended_at,
         cause = excluded.cause, later = excluded.later`,
    ),
    remove: db.prepare<[number]>('DELETE FROM gaps WHERE ended_at < ?'),
  };
}
