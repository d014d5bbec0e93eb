import { globalShortcut } from 'electron';

/**
 * Keys that work wherever one is; Electron must be ready. False: the system does not give them, mostly because another program
 * has them; those from before stay. Empty gives them back.
 */
export function createGlobalShortcut(onPress: () => void): (keys: string) => boolean {
  let current = '';
  return (keys) => {
    if (keys === current) return true;
    if (keys !== '' && !register(keys, onPress)) return false;
    if (current !== '') globalShortcut.unregister(current);
    current = keys;
    return true;
  };
}

/** Electron throws at keys that this system does not know. */
function register(keys: string, onPress: () => void): boolean {
  try {
    return globalShortcut.register(keys, onPress);
  } catch {
    return false;
  }
}
