// A process and all its descendants, as a person counts an app. Linux only.
import { readdirSync, readFileSync } from 'node:fs';
import { processorMs } from './processor-time.ts';

/** The process ids of a family, its head included. */
export function familyOf(head: number): ReadonlySet<number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    // The name in parentheses may hold anything; the parent is the second field after it.
    const parent = readOrGone(`/proc/${name}/stat`)?.split(') ').at(-1)?.split(' ')[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const family = new Set([head]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parents) {
      if (!family.has(parent) || family.has(pid)) continue;
      family.add(pid);
      grown = true;
    }
  }
  return family;
}

/** Sum of the proportional set sizes, MiB. */
export function memoryMib(family: ReadonlySet<number>): number {
  let kib = 0;
  for (const pid of family) {
    kib += Number(/^Pss:\s+(\d+) kB$/m.exec(readOrGone(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0);
  }
  return kib / 1024;
}

/** Processor time that all of them used so far, ms. Throws when one has ended. */
export function familyProcessorMs(family: ReadonlySet<number>): number {
  return [...family].reduce((sum, pid) => sum + processorMs(pid), 0);
}

function readOrGone(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
