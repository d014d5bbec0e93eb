// What tells one run of the computer from another, and sleep from standing still. Plain Node.
import { readFileSync } from 'node:fs';

/** Null where the system does not name them (only Linux does). */
export function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/**
 * Milliseconds of a clock that stands still while the computer sleeps. Linux has one; elsewhere libuv's clock goes on, and a
 * constant says so: then every standstill is taken for sleep.
 */
export function awakeMs(): number {
  return process.platform === 'linux' ? performance.now() : 0;
}
