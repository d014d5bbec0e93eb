import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { replaceStore } from '../../../main/database/replace-store.ts';
import { Salvage } from '../../../main/database/salvage.ts';
import { checkStore } from '../../../main/database/store-check.ts';
import { filledAt, fillStore, secretHashOf, spoil } from '../../fakes/filled-store.ts';

const addresses = [
  { id: 'cm-demo77', kind: 'cloudmonitor', priorityMap: {}, secretHash: secretHashOf('day') },
  { id: 'un-demo88', kind: 'universal', priorityMap: {}, secretHash: secretHashOf('night') },
] as const;
const tables = ['alerts', 'deliveries', 'timeline'] as const;

/** Every row as text, by its id. */
type Rows = Readonly<Record<(typeof tables)[number], ReadonlyMap<number, string>>>;

function rowsOf(db: Store): Rows {
  const read = (table: string): Map<number, string> =>
    new Map(
      db
        .prepare<[], { id: number }>(`SELECT * FROM ${table}`)
        .all()
        .map((row) => [row.id, JSON.stringify(row)]),
    );
  return { alerts: read('alerts'), deliveries: read('deliveries'), timeline: read('timeline') };
}

let home: string;
let pages: number;
let sound: Rows;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'toc-'));
  fillStore(home, { resolved: 120, unresolved: 12, bodyBytes: 700 });
  const db = openDatabase(join(home, 'tocsin.db'));
  sound = rowsOf(db);
  pages = Number(db.pragma('page_count', { simple: true }));
  db.close();
});
afterAll(() => rmSync(home, { recursive: true }));

interface Damage {
  readonly kind: 'zero' | 'scramble' | 'cut' | 'flip';
  readonly at: number;
  /** Of the byte that is flipped. */
  readonly offset: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('zero', 'scramble', 'cut', 'flip'),
  at: fc.nat(),
  offset: fc.nat(4095),
});

let run = 0;
/** Damages a copy, replaces it and reads everything back. */
function salvageAfter(damages: readonly Damage[]): Rows {
  run += 1;
  const dataDir = join(home, String(run));
  mkdirSync(dataDir);
  copyFileSync(join(home, 'tocsin.db'), join(dataDir, 'tocsin.db'));
  try {
    spoil(join(dataDir, 'tocsin.db'), (file) => {
      for (const one of damages) {
        const page = 1 + (one.at % pages);
        if (one.kind === 'zero') file.zeroPage(page);
        else if (one.kind === 'scramble') file.scramblePage(page);
        else if (one.kind === 'cut') file.cutAfterPage(page);
        else file.flip((page - 1) * 4096 + one.offset);
      }
    });
    replaceStore({ dataDir, now: filledAt, addresses });
    const db = openDatabase(join(dataDir, 'tocsin.db'));
    const salvage = new Salvage(db, dataDir);
    while (salvage.step());
    const found = rowsOf(db);
    // Both addresses open the door, and what was written is sound.
    const hashes = db
      .prepare<[], { secret_hash: Buffer }>('SELECT secret_hash FROM sources ORDER BY id')
      .all();
    expect(hashes.map((row) => row.secret_hash)).toEqual(addresses.map(({ secretHash }) => secretHash));
    db.close();
    expect(checkStore(join(dataDir, 'tocsin.db'))).toEqual({ result: 'ok' });
    return found;
  } finally {
    rmSync(dataDir, { recursive: true });
  }
}

const invented = (found: Rows): string[] =>
  tables.flatMap((table) =>
    [...found[table].keys()].filter((id) => !sound[table].has(id)).map((id) => `${table} ${id}`),
  );

test('whatever happens to a file, replacing it never throws and never invents a row', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 6 }), (damages) => {
      expect(invented(salvageAfter(damages))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('destroyed pages take nothing but their own rows: all others are as they were', {
  timeout: 120_000,
}, () => {
  const lostPages = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(lostPages, (at) => {
      const found = salvageAfter(at.map((one) => ({ kind: 'zero', at: one, offset: 0 })));
      const changed = tables.flatMap((table) =>
        [...found[table]].filter(([id, row]) => sound[table].get(id) !== row).map(([id]) => `${table} ${id}`),
      );
      expect(changed).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
