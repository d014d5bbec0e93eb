import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/**
 * Appends lines to `logs/tocsin.log` in the data folder and keeps one older file, so that the two never grow past twice
 * `largestBytes`. Never throws: a full disk must not stop an alarm.
 */
export function openLogFile(dataDir: string, largestBytes = 5 * 1024 * 1024): (line: string) => void {
  const file = path.join(dataDir, 'logs', 'tocsin.log');
  let open: { readonly descriptor: number; bytes: number } | null = null;

  const close = (): void => {
    const closing = open;
    open = null;
    if (closing === null) return;
    try {
      closeSync(closing.descriptor);
    } catch {
      // A descriptor that cannot be closed is gone already.
    }
  };

  const ready = (): { readonly descriptor: number; bytes: number } => {
    if (open !== null && open.bytes > largestBytes) {
      close();
      renameSync(file, `${file}.1`);
    }
    if (open === null) {
      mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      const descriptor = openSync(file, 'a', 0o600);
      open = { descriptor, bytes: fstatSync(descriptor).size };
    }
    return open;
  };

  return (line) => {
    try {
      const to = ready();
      to.bytes += writeSync(to.descriptor, line.endsWith('\n') ? line : `${line}\n`);
    } catch {
      // The line is lost; the next one tries anew.
      close();
    }
  };
}
