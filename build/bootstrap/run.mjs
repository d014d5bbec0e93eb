// Runs one of the project's tools on Node 24 after setting up what it needs:
//   node build/bootstrap/run.mjs [--electron] [--test-tools] [--torture-tools] [--build] [--session] FILE [arguments]
// --electron    an Electron and its libraries; the tool finds them in TOCSIN_TEST_ELECTRON and TOCSIN_TEST_APP
// --test-tools  the programs the tests start (a bus, a notification daemon)
// --torture-tools  what the torture starts
// --build       current bundles in dist/
// --session     a display and a session bus around the tool, virtual ones where there are none
import { appFolder, ensureBuilt } from './build-output.mjs';
import { ensureSystemPackages } from './debian-packages.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { requireSandbox, runInSession, sessionNeeds } from './desktop-session.mjs';
import { ensureRuntime } from './electron-runtime.mjs';
import { root, toolNode } from './places.mjs';
import { runMain } from './say.mjs';

const flags = new Set();
const rest = process.argv.slice(2);
while (rest[0]?.startsWith('--')) flags.add(rest.shift());

const code = await runMain(async () => {
  await ensureDependencies();
  if (flags.has('--torture-tools')) await ensureSystemPackages(toolNode(), ['torture']);
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  if (flags.has('--electron')) {
    const runtime = await ensureRuntime();
    await ensureSystemPackages(runtime.executable, [
      ...sessionNeeds(),
      ...(flags.has('--test-tools') ? /** @type {const} */ (['tests']) : []),
    ]);
    requireSandbox(runtime.executable);
    env.TOCSIN_TEST_ELECTRON = runtime.executable;
    if (flags.has('--build')) await ensureBuilt();
    env.TOCSIN_TEST_APP = appFolder(runtime);
  } else if (flags.has('--build')) await ensureBuilt();
  return runInSession(toolNode(), rest, { session: flags.has('--session'), env, cwd: root });
});
// Whoever reads the last line of `npm test` is told, too, when it could not even begin.
if (code === null && flags.has('--test-tools')) console.log('0 passed, 1 failed');
