import { powerMonitor } from 'electron';

/** Calls back each time the computer has woken from sleep. Electron must be ready. */
export function onWake(listener: () => void): void {
  powerMonitor.on('resume', listener);
}
