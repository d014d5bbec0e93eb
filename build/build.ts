// npm run build: the bundles, whether or not a source changed.
import { ensureBuilt } from './bootstrap/build-output.mjs';
import { runMain } from './bootstrap/say.mjs';

await runMain(async () => {
  await ensureBuilt({ always: true });
  return 0;
});
