// The file in which toasts survive a crash of ours. Losing it costs a toast that stays up, never more: so nothing throws.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseToastMemory, type ToastMemoryKeeper, toastMemoryText } from './toast-numbers.ts';

/** `onTrouble` hears about a file that cannot be written, once until it can again. */
export function toastFile(
  file: string,
  onTrouble: (what: string, error: unknown) => void,
): ToastMemoryKeeper {
  let inTrouble = false;
  return {
    read: () => {
      try {
        return parseToastMemory(readFileSync(file, 'utf8'));
      } catch {
        return null;
      }
    },
    write: (memory) => {
      try {
        if (memory === null) {
          rmSync(file, { force: true });
        } else {
          // Renamed, so that a crash leaves the old file or the new one. Not synced: a power cut ends the toasts too.
          writeFileSync(`${file}.new`, toastMemoryText(memory), { mode: 0o600 });
          renameSync(`${file}.new`, file);
        }
        inTrouble = false;
      } catch (error) {
        if (!inTrouble) onTrouble('The toasts on the screen were not remembered.', error);
        inTrouble = true;
      }
    },
  };
}
