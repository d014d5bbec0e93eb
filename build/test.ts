// npm test: the static checks, the unit tests, the build, and the journeys in a real Electron. The last line is the sum.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { appFolder, builtFingerprint, ensureBuilt } from './bootstrap/build-output.mjs';
import { runInSession } from './bootstrap/desktop-session.mjs';
import { installedRuntime } from './bootstrap/electron-runtime.mjs';
import { readJson } from './bootstrap/places.mjs';
import { runCommand, wasSignalled } from './bootstrap/run-command.mjs';
import { runStaticChecks } from './static-checks.ts';

const root = path.join(import.meta.dirname, '..');
const resultsDir = path.join(root, 'dist', 'test-results');

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's JSON report that is counted. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Runs one vitest project and counts; a file that could not be loaded and a crash of vitest count as failures. */
async function runVitest(
  project: 'unit' | 'journeys',
  session: boolean,
  env: NodeJS.ProcessEnv,
): Promise<Counts> {
  const report = path.join(resultsDir, `${project}.json`);
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--config', 'build/vitest.config.ts', '--project', project, '--passWithNoTests'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runInSession(process.execPath, [vitest, ...args, ...reporters], {
    session,
    cwd: root,
    env: { CI: 'true', ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...env },
    noInput: true,
  });
  if (wasSignalled()) process.exit(130);
  const counts = readCounts(report);
  if (!counts) return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  // Something outside the tests failed: an unhandled rejection, for example.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readCounts(report: string): Counts | null {
  let text: string;
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    return null;
  }
  const found: VitestReport = JSON.parse(text);
  const brokenFiles = found.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;
  return {
    passed: found.numPassedTests,
    failed: found.numFailedTests + brokenFiles,
    skipped: found.numPendingTests + found.numTodoTests,
  };
}

async function step(name: string, work: () => Promise<void>): Promise<Counts> {
  try {
    await work();
    console.log(`ok     ${name}`);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.log(`FAILED ${name}\n${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** The unpacked app that a journey starts, made again when the build has changed. */
async function packageApp(): Promise<void> {
  const stamp: unknown = readJson(path.join(root, 'release', 'packaged.json'))?.built;
  if (stamp === builtFingerprint()) return;
  const { code, output } = await runCommand(process.execPath, ['build/package-app.ts', '--dir'], {
    cwd: root,
  });
  if (code !== 0) throw new Error(output);
}

async function runJourneys(built: boolean): Promise<Counts> {
  console.log('\n--- journeys in a real Electron');
  if (!built) {
    console.log('not run: there is no build to run them on');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const runtime = installedRuntime();
  console.log(`Electron ${runtime.version}${runtime.kind === 'stand-in' ? ' (stand-in)' : ''}`);
  return runVitest('journeys', true, {
    TOCSIN_TEST_ELECTRON: runtime.executable,
    TOCSIN_TEST_APP: appFolder(runtime),
  });
}

rmSync(resultsDir, { recursive: true, force: true });
mkdirSync(resultsDir, { recursive: true });
const checks = await runStaticChecks();
const failedChecks = checks.filter(({ passed }) => !passed).length;
console.log('\n--- unit tests');
const unit = await runVitest('unit', false, {});
console.log('\n--- build');
const built = await step('build', () => ensureBuilt());
const packaged = built.failed === 0 ? await step('package', packageApp) : built;
const journeys = await runJourneys(built.failed === 0);

const parts = [
  { passed: checks.length - failedChecks, failed: failedChecks, skipped: 0 },
  unit,
  built,
  packaged,
  journeys,
];
const sum = (of: (counts: Counts) => number): number =>
  parts.reduce((total, counts) => total + of(counts), 0);
console.log('\n--- all');
if (sum(({ skipped }) => skipped) > 0) console.log(`${sum(({ skipped }) => skipped)} skipped (named above)`);
console.log(`${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`);
if (sum(({ failed }) => failed) > 0) process.exitCode = 1;
