import { powerSaveBlocker } from 'electron';

/**
 * Keeps the computer from going to sleep by itself, so that webhooks arrive; the screen may turn off. Electron must be
 * ready. Asking twice for the same is asking once.
 */
export function createKeepAwake(): (on: boolean) => void {
  let blocker: number | null = null;
  return (on) => {
    if (on === (blocker !== null)) return;
    if (blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    else {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
