// The highest numbers ever given, beside the store: what a damaged or older file no longer knows. Ids are never used twice.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAll } from './damaged-table.ts';
import type { Store } from './open-database.ts';

/** The newest alert, delivery and revision. */
export interface Numbers {
  readonly alert: number;
  readonly delivery: number;
  readonly revision: number;
}

/** No number of ours is above it. */
export const highestNumber = 2 ** 48;

const noNumbers: Numbers = { alert: 0, delivery: 0, revision: 0 };

/**
 * Past what the file says: it is written once a second at most, and not synced. Far more than a second can bring.
 */
const gap: Numbers = { alert: 10_000, delivery: 100_000, revision: 1_000_000 };

/** What was written last; zeros when there is nothing that can be read. */
export function readNumbers(dataDir: string): Numbers {
  try {
    const parsed = JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as Partial<
      Record<string, unknown>
    > | null;
    const read = (name: keyof Numbers): number => {
      const value = parsed?.[name];
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
    };
    return { alert: read('alert'), delivery: read('delivery'), revision: read('revision') };
  } catch {
    return noNumbers;
  }
}

/** Whole or not at all; without a sync, because it matters only when the store is worse off. */
export function writeNumbers(dataDir: string, numbers: Numbers): void {
  const path = pathIn(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify(numbers), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Numbers that nobody has ever been given, to go on from. */
export function beyond(...known: readonly Numbers[]): Numbers {
  const above = (name: keyof Numbers): number => Math.max(...known.map((one) => one[name])) + gap[name];
  return { alert: above('alert'), delivery: above('delivery'), revision: above('revision') };
}

/** True when `now` cannot be what `before` became: something was taken back. */
export function isBehind(now: Numbers, before: Numbers): boolean {
  return now.alert < before.alert || now.delivery < before.delivery || now.revision < before.revision;
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'numbers.json');
}

/** Numbers a file has given; zeros for what it does not say. */
export function numbersIn(db: Store): Numbers {
  const given = new Map<unknown, unknown>();
  for (const row of readAll(db, 'SELECT name, seq FROM sqlite_sequence').rows)
    given.set(row['name'], row['seq']);
  for (const row of readAll(db, "SELECT name, value AS seq FROM meta WHERE name = 'revision'").rows)
    given.set(row['name'], row['seq']);
  const read = (name: string): number => {
    const value = given.get(name);
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < highestNumber
      ? value
      : 0;
  };
  return { alert: read('alerts'), delivery: read('deliveries'), revision: read('revision') };
}
