// npm run bench [-- --only=throughput,latency,footprint] [--quick]: figures as one JSON object on stdout, progress on stderr.
// Throughput needs Node only; the other two need an Electron (TOCSIN_TEST_ELECTRON, TOCSIN_TEST_APP) and a display.
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { say } from './child.ts';
import { measureFootprint } from './footprint.ts';
import { measureLatency } from './latency.ts';
import { measureThroughput } from './throughput.ts';

const parts = ['throughput', 'latency', 'footprint'] as const;
type Part = (typeof parts)[number];

const { values } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
});

function wanted(): readonly Part[] {
  if (values.only === undefined) return parts;
  return values.only.split(',').map((name) => {
    const part = parts.find((one) => one === name);
    if (part === undefined) {
      say(`There is no part "${name}": ${parts.join(', ')}.`);
      process.exit(1);
    }
    return part;
  });
}

function needElectron(): { executable: string; appDir: string } {
  const { TOCSIN_TEST_ELECTRON: executable, TOCSIN_TEST_APP: appDir } = process.env;
  if (executable === undefined || appDir === undefined) {
    say(
      'Latency and footprint need an Electron: run this through `npm run bench`, or with --only=throughput.',
    );
    process.exit(1);
  }
  return { executable, appDir };
}

function measure(part: Part): Promise<object> {
  const { quick } = values;
  switch (part) {
    case 'throughput':
      return measureThroughput({
        connections: [1, 16, 64],
        rounds: quick ? 1 : 5,
        warmUpMs: quick ? 1000 : 2000,
        measureMs: quick ? 2000 : 4000,
      });
    case 'latency':
      needElectron();
      return measureLatency({ alerts: quick ? 5 : 30 });
    case 'footprint':
      return measureFootprint({ runs: quick ? 1 : 5, ...needElectron() });
  }
}

const figures: Record<string, unknown> = {
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cpus: availableParallelism(), node: process.versions.node },
};
for (const part of wanted()) figures[part] = await measure(part);
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
// Clients of the bus and Playwright keep handles that nobody needs any more.
process.exit(0);
