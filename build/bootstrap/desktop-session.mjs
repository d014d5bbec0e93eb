// Starts a program the way a desktop would: with a display and a session bus, virtual ones where there are none.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { handOverSignals } from './run-command.mjs';
import { Stop, say } from './say.mjs';

/** @returns {readonly import('./debian-packages.mjs').Need[]} what a session on this machine lacks */
export function sessionNeeds() {
  if (process.platform !== 'linux') return [];
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return ['virtual-display', 'session-bus'];
  return hasSessionBus() ? [] : ['session-bus'];
}

function hasSessionBus() {
  if (process.env.DBUS_SESSION_BUS_ADDRESS) return true;
  // Where systemd keeps the user's bus when the variable is not set; libdbus looks there as well.
  return process.env.XDG_RUNTIME_DIR !== undefined && existsSync(join(process.env.XDG_RUNTIME_DIR, 'bus'));
}

/**
 * Electron's arguments that depend on the machine, not on the app. Root cannot use Chromium's sandbox; nobody else gives it up.
 * @param {string} executable
 * @returns {readonly string[]}
 */
export function sandboxArguments(executable) {
  requireSandbox(executable);
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  say('running as root, where Chromium refuses its sandbox: passing --no-sandbox.');
  return ['--no-sandbox'];
}

/**
 * Stops with what to do when Chromium would refuse to start for want of a sandbox.
 * @param {string} executable
 */
export function requireSandbox(executable) {
  if (process.platform !== 'linux' || process.getuid?.() === 0 || userNamespacesAllowed()) return;
  const helper = join(dirname(executable), 'chrome-sandbox');
  if (isSetuidRoot(helper)) return;
  throw new Stop(
    `This system lets no program make user namespaces, so Electron's sandbox needs its helper owned by root. Run this once, then start again:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

/** Tried, not read from /proc: kernel settings, AppArmor (Ubuntu 24.04) and containers each have a way to forbid it. */
function userNamespacesAllowed() {
  const tried = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  return tried.error !== undefined || tried.status === 0;
}

/** @param {string} path */
function isSetuidRoot(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.uid === 0 && (stats.mode & 0o4000) !== 0;
}

/** Tells the shell around the program apart from the program: signals must reach the latter, once. */
const ANNOUNCE_PID = 'echo "$$" >&3; exec "$@" 3>&-';

/**
 * @typedef {object} SessionOptions
 * @property {boolean} session wrap it in a virtual display and a session bus where there are none
 * @property {NodeJS.ProcessEnv} [env] added to our own
 * @property {string} [cwd]
 * @property {boolean} [noInput]
 */

/**
 * Starts a program, in a session if asked.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {SessionOptions} options
 * @returns {{ exited: Promise<number>, signal: (name: NodeJS.Signals) => void }} its exit code, and a way to signal the program
 *   itself, so that it can end cleanly; the virtual display and bus around it end with it
 */
export function startInSession(command, args, options) {
  const needs = options.session ? sessionNeeds() : [];
  const wrapper = [];
  if (needs.includes('virtual-display')) {
    say('there is no display here: running on a virtual one (Xvfb) with a session bus of its own.');
    wrapper.push('xvfb-run', '-a', '-s', '-screen 0 1280x800x24');
  }
  if (needs.includes('session-bus')) wrapper.push('dbus-run-session', '--');
  const posix = process.platform !== 'win32';
  const [program = command, ...programArgs] = posix
    ? [...wrapper, '/bin/sh', '-c', ANNOUNCE_PID, 'sh', command, ...args]
    : [command, ...args];
  const child = spawn(program, programArgs, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: [options.noInput ? 'ignore' : 'inherit', 'inherit', 'inherit', posix ? 'pipe' : 'ignore'],
    // A session of its own, or the terminal's Ctrl-C would arrive twice, and a second one means "at once" to Chromium.
    detached: posix,
  });
  /** @type {number | undefined} */
  let pid;
  /** @type {NodeJS.Signals | undefined} */
  let waiting;
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    if (!posix) child.kill(name);
    else if (pid === undefined) waiting = name;
    else sendSignal(pid, name);
  };
  child.stdio[3]?.on('data', (chunk) => {
    pid = Number.parseInt(String(chunk), 10);
    if (waiting) sendSignal(pid, waiting);
  });
  const exited = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, name) => resolve(code ?? (name === 'SIGINT' ? 130 : 143)));
  });
  return { exited, signal };
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
function sendSignal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already, and we are about to hear of it.
  }
}

/**
 * Runs a program to its end as if it had been started in our place: signals are passed on to it, once.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {SessionOptions} options
 * @returns {Promise<number>} its exit code
 */
export async function runInSession(command, args, options) {
  const { exited, signal } = startInSession(command, args, options);
  // On Windows the console itself tells every process in it; we only have to outlive the program.
  handOverSignals((name) => process.platform !== 'win32' && signal(name));
  return exited;
}
