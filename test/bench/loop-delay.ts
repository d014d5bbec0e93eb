// Loaded into the app's process by --import: SIGUSR2 writes how late the event loop was since the one before, to the file
// named by TOCSIN_BENCH_LOOP, as a `LoopDelay`.
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** The histogram holds the time between two looks, so that much of each is no delay. */
const resolutionMs = 1;
const file = process.env['TOCSIN_BENCH_LOOP'];
if (file === undefined) throw new Error('TOCSIN_BENCH_LOOP names no file.');
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();
const ms = (nanoseconds: number): number => Number(Math.max(0, nanoseconds / 1e6 - resolutionMs).toFixed(2));
process.on('SIGUSR2', () => {
  const found: LoopDelay = {
    p50Ms: ms(delay.percentile(50)),
    p99Ms: ms(delay.percentile(99)),
    maxMs: ms(delay.max),
  };
  delay.reset();
  writeFileSync(`${file}.new`, JSON.stringify(found));
  renameSync(`${file}.new`, file);
});
