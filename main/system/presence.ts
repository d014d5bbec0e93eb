import { powerMonitor } from 'electron';

/** A window left in front of an empty chair is not watched. */
const awaySeconds = 60;

/** Keyboard or pointer were used within the last minute, anywhere on this computer, and the screen is not locked. */
export function isPersonHere(): boolean {
  return powerMonitor.getSystemIdleState(awaySeconds) === 'active';
}
