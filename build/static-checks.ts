// The checks that read the sources without running them. `npm run check` is these; `npm test` begins with them.
import { execFile } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const tools = path.join(root, 'node_modules');

interface StaticCheck {
  readonly name: string;
  /** Path of a script for Node, and its arguments. */
  readonly command: readonly string[];
  /** What to do when it fails and the output does not say. */
  readonly hint: string;
}

const checks: readonly StaticCheck[] = [
  { name: 'types', command: [path.join(tools, 'typescript/bin/tsc'), '-b'], hint: '' },
  {
    name: 'lint',
    command: [
      path.join(tools, 'oxlint/bin/oxlint'),
      '-c',
      'build/oxlint.json',
      '--type-aware',
      '--deny-warnings',
      '-f',
      'unix',
    ],
    hint: '',
  },
  {
    name: 'format',
    command: [
      path.join(tools, '@biomejs/biome/bin/biome'),
      'format',
      '--config-path=build/format.json',
      '--reporter=summary',
      '.',
    ],
    hint: 'node_modules/.bin/biome format --config-path=build/format.json --write . corrects it',
  },
  {
    name: 'unused code',
    command: [path.join(tools, 'knip/bin/knip.js'), '-c', 'build/knip.json', '--no-progress'],
    hint: '',
  },
  { name: 'borders', command: [path.join(root, 'build/check-borders.ts')], hint: '' },
];

/** What a check found. */
export interface CheckResult {
  readonly name: string;
  readonly passed: boolean;
  readonly output: string;
}

function runCheck({ name, command, hint }: StaticCheck): Promise<CheckResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...command],
      { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        const passed = error === null;
        const output = [stdout.trim(), stderr.trim(), passed ? '' : hint]
          .filter((text) => text !== '')
          .join('\n');
        const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
        console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
        if (!passed || name === 'borders') printIndented(output);
        resolve({ name, passed, output });
      },
    );
  });
}

function printIndented(text: string): void {
  if (text !== '') console.log(text.replaceAll(/^/gm, '       '));
}

/** Runs all of them at once and prints each result as it comes. */
export function runStaticChecks(): Promise<readonly CheckResult[]> {
  console.log('--- static checks');
  return Promise.all(checks.map(runCheck));
}
