import { powerMonitor } from 'electron';
import type { PowerFacts } from '../../shared/on-call.ts';
import { readLinuxPower, readMacPower, readWindowsPower } from './battery.ts';

/** What the computer runs on, right now. Electron must be ready. Rejects nothing. */
export function readPower(): Promise<PowerFacts> {
  switch (process.platform) {
    case 'linux':
      // It tells the charge as well.
      return readLinuxPower();
    case 'darwin':
      return readMacPower();
    case 'win32':
      return readWindowsPower(powerMonitor.isOnBatteryPower(), process.env['SystemRoot'] ?? 'C:\\Windows');
    default:
      return Promise.resolve({ supply: 'unknown', batteryPercent: null });
  }
}

/**
 * Calls back when the computer is about to sleep, whatever the reason: a closed lid is not told apart. Electron must be
 * ready.
 */
export function onSleep(listener: () => void): void {
  powerMonitor.on('suspend', listener);
}

/** Calls back when the computer is about to go off. Electron must be ready. */
export function onShutdown(listener: () => void): void {
  powerMonitor.on('shutdown', listener);
}
