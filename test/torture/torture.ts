// npm run torture [-- --only=kill,disk,rude,secrets] [--rounds=200] [--quick] [--seed=N] [--json]: what was promised is
// tried by force. Prints a table of figures on stdout (with --json an object), progress on stderr; exit code 1 when a
// promise is broken.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { failTheDisk } from './disk-faults.ts';
import { type Findings, say, tableOf } from './findings.ts';
import { killInBursts } from './kill-nine.ts';
import { beRude } from './rude-clients.ts';
import { timeWrongSecrets } from './secret-timing.ts';

const parts = ['kill', 'disk', 'rude', 'secrets'] as const;
type Part = (typeof parts)[number];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

function fail(message: string): never {
  say(message);
  process.exit(1);
}

function wanted(): readonly Part[] {
  if (values.only === undefined) return parts;
  return values.only
    .split(',')
    .map(
      (name) =>
        parts.find((part) => part === name) ?? fail(`There is no part "${name}": ${parts.join(', ')}.`),
    );
}

function numberOf(text: string | undefined, usual: number): number {
  const number = text === undefined ? usual : Number(text);
  return Number.isSafeInteger(number) && number > 0
    ? number
    : fail(`"${text}" is not a number of at least 1.`);
}

const seed = numberOf(values.seed, 1 + (Date.now() % 1_000_000));
let state = seed;
/** A small generator (Numerical Recipes), so that a run can be repeated. */
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

/** What people start, not the sources. */
const launch = { entry: path.join(import.meta.dirname, '..', '..', 'dist', 'main', 'headless.js') };

function run(part: Part): Promise<Findings> {
  switch (part) {
    case 'kill':
      return killInBursts({
        rounds: numberOf(values.rounds, values.quick ? 10 : 200),
        senders: 32,
        random,
        launch,
      });
    case 'disk':
      return failTheDisk({ quick: values.quick, launch });
    case 'rude':
      return beRude({ quick: values.quick, launch });
    case 'secrets':
      return timeWrongSecrets({ requests: values.quick ? 2000 : 20_000, random, launch });
  }
}

say(`seed ${seed}`);
const findings: Findings[] = [];
for (const part of wanted()) findings.push(await run(part));
for (const { round, breaches } of findings)
  for (const breach of breaches.slice(0, 20)) say(`${round}: ${breach}`);
const kept = findings.every(({ figures }) => figures.every((figure) => figure.kept));
process.stdout.write(
  values.json ? `${JSON.stringify({ seed, kept, findings }, null, 2)}\n` : `${tableOf(findings)}\n`,
);
process.exit(kept ? 0 : 1);
