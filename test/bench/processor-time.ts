import { readFileSync } from 'node:fs';

const lookMs = 1000;
const quietShare = 0.08;
const longestMs = 120_000;

/**
 * Waits until a process has come to rest: what an app does after its start (checks, indexing) is not what is measured
 * here. Linux only. Throws after two minutes.
 */
export async function untilQuiet(pid: number): Promise<void> {
  const end = performance.now() + longestMs;
  for (let before = processorMs(pid); ; ) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const now = processorMs(pid);
    if ((now - before) / lookMs < quietShare) return;
    if (performance.now() > end)
      throw new Error(`Process ${pid} was still busy after ${longestMs / 1000} s.`);
    before = now;
  }
}

/** Processor time used so far, of all threads, ms. The kernel counts in hundredths of a second. Linux only. */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
