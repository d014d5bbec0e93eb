// npm run check: types, lint, format, unused code, borders.
import { runStaticChecks } from './static-checks.ts';

const results = await runStaticChecks();
const failed = results.filter(({ passed }) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
