// A program of the system as our child: started without a shell, in a group of its own, read line by line, and ended so
// that nothing of it stays behind.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { boundToUs, findProgram } from './find-program.ts';
import { plainLine } from './plain-line.ts';

export interface ProgramStart {
  /** A name to be looked up, or a full path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Without control characters, cut when it is very long; never empty. */
  readonly onLine: (line: string, from: 'stdout' | 'stderr') => void;
  /** Comes once, after the last line, also after `stop`. `missing`: there is no such program, or it cannot be started. */
  readonly onEnd: (end: 'ended' | 'missing') => void;
}

/** Between asking it to end and ending it. */
const patienceMs = 1000;
/** Something that inherited its output may keep that open; its end counts all the same. */
const lastWordsMs = 300;
/** A line without an end is given out in pieces of this length. */
const longestLine = 4000;

export class ChildProgram {
  readonly #start: ProgramStart;
  readonly #child: ChildProcess | null;
  readonly #ended: Promise<void>;

  constructor(start: ProgramStart) {
    this.#start = start;
    const program = findProgram(start.program);
    const child = program === null ? null : this.#spawn(program);
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      let isOver = false;
      const over = (end: 'ended' | 'missing'): void => {
        if (isOver) return;
        isOver = true;
        this.#signal('SIGKILL');
        resolve();
        start.onEnd(end);
      };
      if (child === null) {
        // After the constructor, so that whoever made it can be found.
        queueMicrotask(() => over('missing'));
        return;
      }
      child.once('error', () => {
        if (child.pid === undefined) over('missing');
      });
      child.once('exit', () => setTimeout(() => over('ended'), lastWordsMs));
      child.once('close', () => over('ended'));
    });
  }

  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Ends it and whatever it started; resolves when it is gone. */
  async stop(): Promise<void> {
    this.#signal('SIGTERM');
    const force = setTimeout(() => this.#signal('SIGKILL'), patienceMs);
    await this.#ended;
    clearTimeout(force);
  }

  #spawn(program: string): ChildProcess | null {
    const [command, ...args] = boundToUs(program, this.#start.args);
    try {
      const child = spawn(command, args, {
        env: this.#start.env,
        // Its own group can be ended as a whole. On Windows that would take it out of the job that ends with us.
        detached: process.platform !== 'win32',
        windowsHide: true,
        // What reads its input sees the end of it when we are gone.
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      child.stdin.on('error', () => undefined);
      this.#read(child.stdout, 'stdout');
      this.#read(child.stderr, 'stderr');
      return child;
    } catch {
      return null;
    }
  }

  #read(stream: Readable, from: 'stdout' | 'stderr'): void {
    let rest = '';
    const give = (text: string): void => {
      const line = plainLine(text);
      if (line !== '') this.#start.onLine(line, from);
    };
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) {
        lines.push(rest);
        rest = '';
      }
      for (const line of lines) give(line);
    });
    stream.once('end', () => give(rest));
    stream.on('error', () => undefined);
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.#child?.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // It is gone already.
    }
  }
}
