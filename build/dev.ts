// npm run dev: builds, starts the app, and does both again after every change of a source.
import { watch } from 'node:fs';
import path from 'node:path';
import { appFolder, ensureBuilt } from './bootstrap/build-output.mjs';
import { sandboxArguments, startInSession } from './bootstrap/desktop-session.mjs';
import { installedRuntime } from './bootstrap/electron-runtime.mjs';
import { handOverSignals } from './bootstrap/run-command.mjs';
import { runMain, say } from './bootstrap/say.mjs';

const root = path.join(import.meta.dirname, '..');
/** Editors write in bursts. */
const settleMs = 150;

const runtime = installedRuntime();
const sandbox = sandboxArguments(runtime.executable);

/** Rebuilds; false when the sources are broken, which is normal while typing. */
async function build(): Promise<boolean> {
  try {
    await ensureBuilt();
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

function nextChange(): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const watchers = ['shared', 'main', 'renderer'].map((folder) =>
      watch(path.join(root, folder), { recursive: true }, () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          for (const watcher of watchers) watcher.close();
          resolve();
        }, settleMs);
      }),
    );
  });
}

/** The run in progress: Ctrl-C ends it, and the end of the app ends the watch. */
let running: ReturnType<typeof startInSession> | null = null;

await runMain(async () => {
  handOverSignals((name) => {
    if (running === null) process.exit(130);
    running.signal(name);
  });
  for (;;) {
    const changed = nextChange();
    if (await build()) {
      const app = startInSession(
        runtime.executable,
        [appFolder(runtime), ...sandbox, ...process.argv.slice(2)],
        { session: true },
      );
      running = app;
      // Quitting the app ends the watch, as one expects of Quit.
      const first = await Promise.race([changed, app.exited]);
      // Not by returning: the watch would keep the process alive.
      if (first !== undefined) process.exit(first);
      app.signal('SIGTERM');
      await app.exited;
      running = null;
    } else await changed;
    say('a source changed.');
  }
});
