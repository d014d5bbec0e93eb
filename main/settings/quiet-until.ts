import type { Store } from '../database/open-database.ts';

/** Until when somebody asked for quiet: a state and no setting, but one that a restart keeps. */
export class QuietUntil {
  readonly #db: Store;
  #current: number | null;

  constructor(db: Store) {
    this.#db = db;
    const row = db.prepare<[], { value: number }>("SELECT value FROM meta WHERE name = 'quiet_until'").get();
    this.#current = row?.value ?? null;
  }

  /** Epoch ms, may be in the past; null: nobody asked. */
  get current(): number | null {
    return this.#current;
  }

  set(until: number | null): void {
    if (until === null) this.#db.prepare("DELETE FROM meta WHERE name = 'quiet_until'").run();
    else this.#db.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('quiet_until', ?)").run(until);
    this.#current = until;
  }
}
