// npm start: sets up whatever is missing, builds if needed, starts the desktop app. Arguments after `--` go to the app.
import { appFolder, ensureBuilt } from './build-output.mjs';
import { ensureSystemPackages } from './debian-packages.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { runInSession, sandboxArguments, sessionNeeds } from './desktop-session.mjs';
import { ensureRuntime } from './electron-runtime.mjs';
import { runMain } from './say.mjs';

await runMain(async () => {
  await ensureDependencies();
  const runtime = await ensureRuntime();
  await ensureSystemPackages(runtime.executable, sessionNeeds());
  await ensureBuilt();
  const args = [appFolder(runtime), ...sandboxArguments(runtime.executable), ...process.argv.slice(2)];
  return runInSession(runtime.executable, args, { session: true });
});
