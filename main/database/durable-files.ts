import { closeSync, fsyncSync, openSync } from 'node:fs';

/** The bytes of a file are on the disk when this returns. */
export function syncFile(path: string): void {
  // Windows syncs only what is open for writing.
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** So that a file that was created or renamed there survives a power cut; Windows has no such thing. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
