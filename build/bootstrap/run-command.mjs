// Child processes and temporary folders that do not outlive the bootstrap, however it ends.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {Set<string>} */
const temporary = new Set();
let guarded = false;
/** @type {(signal: NodeJS.Signals) => void} */
let receiver = (signal) => process.exit(signal === 'SIGINT' ? 130 : 143);

function guard() {
  if (guarded) return;
  guarded = true;
  process.on('exit', () => {
    for (const child of running) child.kill('SIGTERM');
    for (const dir of temporary) rmSync(dir, { recursive: true, force: true });
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => receiver(signal));
  }
  if (process.env.npm_lifecycle_event !== undefined) watchNpm();
}

/** Who signals `npm start` signals npm, which tells its shell and not us: the shell's end is how we hear of it. */
function watchNpm() {
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    receiver('SIGTERM');
  }, 200);
  timer.unref();
}

/**
 * From now on signals belong to the program that was started.
 * @param {(signal: NodeJS.Signals) => void} passOn
 */
export function handOverSignals(passOn) {
  guard();
  receiver = (signal) => {
    signalled = true;
    passOn(signal);
  };
}

let signalled = false;

/** Whether a signal has been passed on: then what comes after the program is not wanted either. */
export function wasSignalled() {
  return signalled;
}

/**
 * @typedef {object} CommandOptions
 * @property {NodeJS.ProcessEnv} [env] added to our own
 * @property {string} [cwd]
 * @property {() => void} [onTick] called twice a second while it runs
 * @property {(line: string) => void} [onStatusLine] lines the command writes to file descriptor 3
 * @property {() => string | null} [giveUp] asked twice a second; a text kills the command and becomes part of its output
 */

/**
 * Runs a command to its end and keeps the end of what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started
 */
export function runCommand(command, args, options = {}) {
  guard();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', options.onStatusLine ? 'pipe' : 'ignore'],
      windowsHide: true,
    });
    running.add(child);
    let output = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString('utf8')).slice(-100_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    let rest = '';
    child.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) options.onStatusLine?.(line);
    });
    const timer = setInterval(() => {
      options.onTick?.();
      const reason = options.giveUp?.();
      if (reason) {
        output += `\n${reason}`;
        child.kill('SIGKILL');
      }
    }, 500);
    let ended = false;
    const end = (/** @type {number} */ code) => {
      if (ended) return;
      ended = true;
      clearInterval(timer);
      running.delete(child);
      resolve({ code, output: output.trim() });
    };
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/**
 * npm itself. Run with the Node that runs npm now, so that no PATH or npm.cmd question arises.
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export function runNpm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) {
    return runCommand(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options);
  }
  return process.platform === 'win32'
    ? runCommand('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
    : runCommand('npm', args, options);
}

/**
 * A folder that is gone afterwards, whatever happens; left-overs of killed runs are removed too.
 * @template T
 * @param {string} parent
 * @param {(dir: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withTemporaryFolder(parent, use) {
  guard();
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const owner = /^partial-(\d+)$/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const dir = join(parent, `partial-${process.pid}`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
  temporary.add(dir);
  try {
    return await use(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
    temporary.delete(dir);
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * The last lines of a failed command, for the one sentence that reports it.
 * @param {string} output
 */
export function lastLines(output, count = 3) {
  return output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-count)
    .join(' | ');
}

/**
 * The cause of npm's failure: the first lines it marks as error, without its advice.
 * @param {string} output
 */
export function npmReason(output) {
  const errors = output
    .split('\n')
    .flatMap(
      (line) => /^npm (?:error|ERR!) (?!(?:code|errno|syscall|path|type) )(\S.*)/.exec(line)?.[1] ?? [],
    );
  return errors.length > 0 ? errors.slice(0, 2).join(' | ') : lastLines(output);
}
