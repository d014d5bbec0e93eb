// npm run bench [-- --only=throughput,pipeline,lists,storm,latency,footprint] [--quick] [--alerts=1000000]: figures as one
// JSON object on stdout, progress on stderr. Latency and footprint need an Electron (TOCSIN_TEST_ELECTRON, TOCSIN_TEST_APP)
// and a display; the others need Node only, and pipeline Debian's prometheus-alertmanager.
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { say } from './child.ts';
import { measureFootprint } from './footprint.ts';
import { measureLatency } from './latency.ts';
import { measureLists } from './lists.ts';
import { measurePipeline } from './pipeline.ts';
import { measureStorm } from './storm.ts';
import { measureThroughput } from './throughput.ts';

const parts = ['throughput', 'pipeline', 'lists', 'storm', 'latency', 'footprint'] as const;
type Part = (typeof parts)[number];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    alerts: { type: 'string' },
  },
});
/** Resolved alerts in the full store. */
const alerts = Number(values.alerts ?? (values.quick ? 20_000 : 1_000_000));

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
    case 'pipeline':
      return measurePipeline({
        connections: [16, 64],
        rounds: quick ? 1 : 5,
        warmUpMs: quick ? 1000 : 2000,
        measureMs: quick ? 2000 : 4000,
        alerts,
      });
    case 'lists':
      return measureLists({ sizes: [0, alerts], times: quick ? 10 : 100 });
    case 'storm':
      return measureStorm({ sizes: [0, alerts], seconds: quick ? 5 : 20 });
    case 'latency':
      needElectron();
      return measureLatency({ alerts: quick ? 5 : 30 });
    case 'footprint':
      return measureFootprint({
        runs: quick ? 1 : 5,
        idleMs: quick ? 15_000 : 60_000,
        ...needElectron(),
      });
  }
}

const figures: Record<string, unknown> = {
  machine: { cpu: cpus()[0]?.model ?? 'unknown', cpus: availableParallelism(), node: process.versions.node },
};
for (const part of wanted()) figures[part] = await measure(part);
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
// Clients of the bus and Playwright keep handles that nobody needs any more.
process.exit(0);
