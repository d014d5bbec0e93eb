// Where no kernel ends our programs with us (find-program.ts), one that we started before we were killed may still hold the
// far port.
import { execFileSync } from 'node:child_process';

/**
 * Ends what was started with a file in `folder` among its arguments; only one Tocsin lives in a data folder, so it is nobody
 * else's. Waits for the list of processes, some 20 ms. Throws nothing.
 */
export function endLeftovers(folder: string): void {
  let list: string;
  try {
    const options = { encoding: 'utf8', timeout: 2000, maxBuffer: 16_777_216 } as const;
    list = execFileSync('ps', ['-axww', '-o', 'pid=,command='], options);
  } catch {
    return;
  }
  for (const line of list.split('\n')) {
    const pid = Number.parseInt(line, 10);
    if (!line.includes(`${folder}/`) || !(pid > 1) || pid === process.pid) continue;
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It has just ended by itself.
    }
  }
}
