// A small file that says when we were last alive, for the next start: it tells a crash from quitting, an update, and a
// computer that was off. Not synced, because it is written every ten seconds and a second's loss of it is a second.
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { GapCause } from '../../shared/coverage.ts';

const SignOfLife = Type.Object({
  at: Type.Integer({ description: 'epoch ms' }),
  uptime: Type.Number({ description: 'of the computer, in ms' }),
  boot: Type.Union([Type.Null(), Type.String()], {
    description: 'which run of the computer, where the system names them',
  }),
  process: Type.String({ description: 'which run of Tocsin; no two are alike' }),
  version: Type.String(),
  end: Type.Union([Type.Null(), Type.Literal('quit'), Type.Literal('shutdown')], {
    description: 'why it was the last one, when that was known',
  }),
});
export type SignOfLife = Readonly<Static<typeof SignOfLife>>;

/** What the file says; of one that cannot be read only when it was written; null when there is none. */
export function readSignOfLife(dataDir: string): SignOfLife | { readonly at: number } | null {
  const path = pathIn(dataDir);
  try {
    const sign = parse(readFileSync(path, 'utf8'));
    return sign ?? { at: Math.round(statSync(path).mtimeMs) };
  } catch {
    return null;
  }
}

/** Whole or not at all. Throws what the disk says. */
export function writeSignOfLife(dataDir: string, sign: SignOfLife): void {
  const path = pathIn(dataDir);
  writeFileSync(`${path}.new`, JSON.stringify(sign), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Clocks read one after the other differ a little. */
const slackMs = 5000;

/** Nobody was there from `from` (epoch ms) until now. */
export interface AbsenceBefore {
  readonly from: number;
  readonly cause: GapCause;
  /** Where the computer ran on: its uptime at `from`, and when it started by the clock as it was then (epoch ms). */
  readonly measured: { readonly uptime: number; readonly bootedAt: number } | null;
}

/**
 * Why nobody was there between the last sign and now, and since when. While the computer runs on, the time since is measured
 * by its uptime and not by its clock, which may have been set.
 */
export function absenceSince(
  last: SignOfLife | { readonly at: number },
  now: Omit<SignOfLife, 'end'>,
): AbsenceBefore {
  if (!('uptime' in last)) return { from: Math.min(last.at, now.at), cause: 'crashed', measured: null };
  const isOtherRun = hasBooted(last, now);
  const cause = causeOf(last, now, isOtherRun);
  if (isOtherRun) return { from: Math.min(last.at, now.at), cause, measured: null };
  const { at, uptime } = last;
  return {
    from: Math.round(now.at - (now.uptime - uptime)),
    cause,
    measured: { uptime, bootedAt: at - uptime },
  };
}

/** Where the system does not name its runs: its uptime began anew, or it began after the last sign. */
function hasBooted(last: SignOfLife, now: Omit<SignOfLife, 'end'>): boolean {
  if (last.boot !== null && now.boot !== null) return last.boot !== now.boot;
  return now.uptime < last.uptime || now.at - now.uptime > last.at + slackMs;
}

function causeOf(last: SignOfLife, now: Omit<SignOfLife, 'end'>, isOtherRun: boolean): GapCause {
  // The same process goes on with another store, because this one was damaged.
  if (last.process === now.process) return 'store-damaged';
  if (last.end === 'shutdown' || (last.end === null && isOtherRun)) return 'computer-off';
  if (last.version !== now.version) return 'updated';
  return last.end === null ? 'crashed' : 'quit';
}

function parse(text: string): SignOfLife | null {
  try {
    const sign: unknown = JSON.parse(text);
    return Value.Check(SignOfLife, sign) ? sign : null;
  } catch {
    return null;
  }
}

function pathIn(dataDir: string): string {
  return join(dataDir, 'alive.json');
}
