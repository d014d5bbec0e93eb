// strace on the running app: what it asks of the kernel, and faults put in the kernel's answers.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Which system calls fail from now on, and how. */
export interface Fault {
  /** As strace's `inject` wants them. */
  readonly calls: string;
  readonly error: 'EIO' | 'ENOSPC';
  /** strace's `when`, e.g. `3+3`: every third; all when absent. */
  readonly when?: string;
  /** Only calls on these files. */
  readonly files: readonly string[];
}

let traces = 0;

export class Strace {
  readonly #child: ChildProcess;
  readonly #output: string;

  private constructor(child: ChildProcess, output: string) {
    this.#child = child;
    this.#output = output;
  }

  static inject(pid: number, { calls, error, when, files }: Fault): Promise<Strace> {
    const inject = `inject=${calls}:error=${error}${when === undefined ? '' : `:when=${when}`}`;
    return Strace.attach(pid, [
      ...files.flatMap((file) => ['-P', file]),
      '-e',
      `trace=${calls}`,
      '-e',
      inject,
    ]);
  }

  /** Resolves when every thread is held. Throws one sentence when this machine does not allow it. */
  static async attach(pid: number, args: readonly string[]): Promise<Strace> {
    traces += 1;
    const output = path.join(tmpdir(), `tocsin-strace-${process.pid}-${traces}`);
    const child = spawn('strace', ['-f', '-o', output, ...args, '-p', String(pid)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (/Process \d+ attached/.test(said)) resolve();
      });
      child.once('error', (cause) => reject(new Error('strace could not be started.', { cause })));
      child.once('exit', () =>
        reject(new Error(`strace may not look into another process here (try as root): ${said.trim()}`)),
      );
    });
    return new Strace(child, output);
  }

  /** Lets go of the app, which goes on; answers with what was seen, one call per line. */
  async detach(): Promise<readonly string[]> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGINT');
      await ended;
    }
    const lines = readFileSync(this.#output, 'utf8').split('\n');
    rmSync(this.#output, { force: true });
    return lines;
  }
}

/** How many of these calls were made to fail. */
export function injected(lines: readonly string[]): number {
  return lines.filter((line) => line.endsWith('(INJECTED)')).length;
}
