// npm run headless: the same app in plain Node, without a desktop. Its stdout is the app's alone.
import { join } from 'node:path';
import { ensureBuilt } from './build-output.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { runInSession } from './desktop-session.mjs';
import { distDir, toolNode } from './places.mjs';
import { runMain } from './say.mjs';

await runMain(async () => {
  await ensureDependencies();
  await ensureBuilt();
  return runInSession(toolNode(), [join(distDir, 'main', 'headless.js'), ...process.argv.slice(2)], {
    session: false,
  });
});
