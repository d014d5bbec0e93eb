import { Value } from 'typebox/value';
import { defaultSettings, Settings, type SettingsChanges } from '../../shared/settings.ts';
import type { Store } from '../database/open-database.ts';

/** Settings as rows; what is missing or no longer valid falls back to its default. */
export class SettingsStore {
  readonly #db: Store;
  #current: Settings;

  constructor(db: Store) {
    this.#db = db;
    const rows = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings').all();
    let current: Settings = defaultSettings;
    for (const row of rows) {
      const changed: unknown = { ...current, [row.name]: parse(row.value) };
      if (Object.hasOwn(defaultSettings, row.name) && Value.Check(Settings, changed)) current = changed;
    }
    this.#current = current;
  }

  get current(): Settings {
    return this.#current;
  }

  /** The changes have been checked at the door. */
  update(changes: SettingsChanges): Settings {
    const save = this.#db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
    this.#db
      .transaction(() => {
        for (const [name, value] of Object.entries(changes)) save.run(name, JSON.stringify(value));
      })
      .immediate();
    this.#current = { ...this.#current, ...changes };
    return this.#current;
  }
}

/** Undefined when it is not JSON; no setting may be that. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
