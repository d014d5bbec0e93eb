import type { Store } from '../database/open-database.ts';

/** The shift that runs. Epoch ms; `until` null: until it is switched off. */
export interface Shift {
  readonly since: number;
  readonly until: number | null;
}

/** A stretch of time, epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const names = ['on_call_since', 'on_call_until', 'last_shift_from', 'last_shift_to'] as const;
type Name = (typeof names)[number];

/** The shift that runs and the one before it: state and no setting, but one that a restart keeps. */
export class Shifts {
  readonly #db: Store;
  #current: Shift | null;
  #last: Span | null;

  constructor(db: Store) {
    this.#db = db;
    const rows = db.prepare<[], { name: string; value: number }>('SELECT name, value FROM meta').all();
    const read = (name: Name): number | null => rows.find((row) => row.name === name)?.value ?? null;
    const since = read('on_call_since');
    this.#current = since === null ? null : { since, until: read('on_call_until') };
    const [from, to] = [read('last_shift_from'), read('last_shift_to')];
    this.#last = from === null || to === null ? null : { from, to };
  }

  get current(): Shift | null {
    return this.#current;
  }

  get last(): Span | null {
    return this.#last;
  }

  /** Begins a shift, or gives the one that runs another end. Throws storage trouble, and then nothing has changed. */
  begin(since: number, until: number | null): void {
    const shift: Shift = { since: this.#current?.since ?? since, until };
    this.#save(shift, this.#last);
    this.#current = shift;
  }

  /**
   * Throws storage trouble, and then it is over all the same: a full disk must not keep a shift alive. The next start would
   * end it once more.
   */
  end(at: number): void {
    if (this.#current === null) return;
    const { since } = this.#current;
    this.#current = null;
    // The clock may have been set back meanwhile.
    this.#last = { from: since, to: Math.max(since, at) };
    this.#save(null, this.#last);
  }

  #save(current: Shift | null, last: Span | null): void {
    const values: Readonly<Record<Name, number | null>> = {
      on_call_since: current?.since ?? null,
      on_call_until: current?.until ?? null,
      last_shift_from: last?.from ?? null,
      last_shift_to: last?.to ?? null,
    };
    const set = this.#db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)');
    const clear = this.#db.prepare('DELETE FROM meta WHERE name = ?');
    this.#db
      .transaction(() => {
        for (const name of names) {
          const value = values[name];
          if (value === null) clear.run(name);
          else set.run(name, value);
        }
      })
      .immediate();
  }
}
