import type { LiveState } from '../live-state.ts';
import { isFirstRun } from './FirstRun.tsx';

/** True on a new computer: nobody has been through the set-up and nothing has ever arrived. */
export function isSetupDue(live: LiveState): boolean {
  return live.settings !== null && !live.settings.setupDone && live.alerts.size === 0 && isFirstRun(live);
}
