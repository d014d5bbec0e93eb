import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** Runs a file of this folder on the same Node and gives its first line of stdout, parsed. */
export function startHere(
  file: string,
  ...args: readonly string[]
): { child: ChildProcess; firstLine: Promise<unknown> } {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const firstLine = new Promise<unknown>((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const end = text.indexOf('\n');
      if (end !== -1) resolve(JSON.parse(text.slice(0, end)));
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} and said nothing.`)));
  });
  return { child, firstLine };
}

/** Ends it and waits until it is gone. */
export function endChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** Progress, for the person who waits. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
