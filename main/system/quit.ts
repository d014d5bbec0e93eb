import { app } from 'electron';

/** A person who quits, or a machine that shuts down, waits no longer than this, whatever hangs. */
const quitWithinMs = 800;

/**
 * Every way out (menu, tray, signals, session end) goes through `stop` once and ends within a second.
 * A second signal ends at once.
 */
export function quitThrough(stop: () => Promise<void>): void {
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    setTimeout(() => app.exit(0), quitWithinMs);
    stop().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    leave();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => (leaving ? app.exit(1) : leave()));
  }
}
