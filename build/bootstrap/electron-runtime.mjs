// Which Electron runs here: the one package.json pins wherever it can be had, else the stand-in. Nothing outside build/ knows.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, readJson, root, toolNode } from './places.mjs';
import { lastLines, runCommand, withTemporaryFolder } from './run-command.mjs';
import { megabytes, progress, Stop, say, secondsSince } from './say.mjs';
import {
  hasStandIn,
  installStandIn,
  standInDist,
  standInModules,
  standInVersion,
} from './stand-in-runtime.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {'stock' | 'stand-in'} kind
 * @property {string} version
 * @property {string} executable
 * @property {string} dist folder of the unpacked runtime (what electron-builder calls electronDist)
 * @property {string | null} modules native modules the app must be staged with, or null when node_modules serves
 */

const electronPackage = join(root, 'node_modules', 'electron');
const failureStamp = join(cacheDir, 'electron-download-failed.json');
/** After a failed download the next starts go straight to the stand-in for this long. */
const FAILURE_VALID_MS = 12 * 3_600_000;
/** A download that does not grow for this long is given up. */
const STALL_MS = 30_000;

/** @returns {ElectronRuntime | null} the pinned Electron if its binary is complete (install.js writes path.txt last) */
function stockRuntime() {
  const version = readJson(join(electronPackage, 'package.json'))?.version;
  try {
    const dist = join(electronPackage, 'dist');
    const executable = join(dist, readFileSync(join(electronPackage, 'path.txt'), 'utf8'));
    const unpacked = readFileSync(join(dist, 'version'), 'utf8').replace(/^v/, '');
    return unpacked === version && existsSync(executable)
      ? { kind: 'stock', version, executable, dist, modules: null }
      : null;
  } catch {
    return null;
  }
}

/** @returns {ElectronRuntime} */
function standInRuntime() {
  return {
    kind: 'stand-in',
    version: standInVersion,
    executable: join(standInDist, 'electron'),
    dist: standInDist,
    modules: standInModules,
  };
}

/** The runtime a bootstrap command has set up before. Throws when there is none. */
export function installedRuntime() {
  const stock = stockRuntime();
  if (stock) return stock;
  if (hasStandIn()) return standInRuntime();
  throw new Stop('There is no Electron yet: run `npm start` once.');
}

/**
 * Finds or fetches an Electron. node_modules must be complete.
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureRuntime() {
  const stock = stockRuntime();
  if (stock) return stock;
  const wanted = String(readJson(join(electronPackage, 'package.json'))?.version);
  const standInPossible = process.platform === 'linux' && process.arch === 'x64';
  const failed = readJson(failureStamp);
  const failedLately = failed?.version === wanted && Date.now() - failed.at < FAILURE_VALID_MS;
  let why = failedLately ? String(failed.why) : '';
  if (!standInPossible || !failedLately) {
    why = await downloadStock(wanted);
    const downloaded = stockRuntime();
    if (downloaded) {
      rmSync(failureStamp, { force: true });
      return downloaded;
    }
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(failureStamp, `${JSON.stringify({ at: Date.now(), version: wanted, why })}\n`);
  }
  if (!standInPossible) {
    throw new Stop(
      `Electron ${wanted} could not be downloaded (${why}), and there is no stand-in for ${process.platform}-${process.arch}: check the connection, or set ELECTRON_MIRROR to a mirror, and try again.`,
    );
  }
  if (!hasStandIn()) await installStandIn();
  say(
    `using the stand-in Electron ${standInVersion} (for starting and testing only), because Electron ${wanted} could not be downloaded (${why}).`,
  );
  return standInRuntime();
}

/**
 * The standard way: the installer of the electron package, which verifies the checksums it carries.
 * @param {string} version
 * @returns {Promise<string>} why it failed, if it did
 */
async function downloadStock(version) {
  return withTemporaryFolder(cacheDir, async (temp) => {
    const startedAt = Date.now();
    const bar = progress(`downloading Electron ${version}`);
    let bytes = 0;
    let grewAt = Date.now();
    const result = await runCommand(toolNode(), [join(electronPackage, 'install.js')], {
      // The installer streams into the system's temporary folder: giving it one of its own makes its progress visible.
      env: { TMPDIR: temp, TMP: temp, TEMP: temp },
      onTick: () => {
        const now = bytesBelow(temp) + bytesBelow(join(electronPackage, 'dist'));
        if (now !== bytes) grewAt = Date.now();
        bytes = now;
        bar.at(bytes > 0 ? megabytes(bytes) : secondsSince(startedAt));
      },
      giveUp: () => (Date.now() - grewAt > STALL_MS ? `no data for ${STALL_MS / 1000} s` : null),
    });
    bar.done(result.code === 0 ? `done in ${secondsSince(startedAt)}` : 'not possible here');
    return result.code === 0 ? '' : reasonIn(result.output);
  });
}

/**
 * The cause in an error dump of Node's fetch, which prints it below a stack trace.
 * @param {string} output
 */
function reasonIn(output) {
  const cause = /getaddrinfo (\w+) (\S+)/.exec(output);
  if (cause) return `${cause[2]} cannot be found`;
  if (/fetch failed/.test(output)) return 'its download host cannot be reached';
  return /code: '(\w+)'/.exec(output)?.[1] ?? (lastLines(output, 1) || 'unknown reason');
}

/**
 * @param {string} dir
 * @returns {number}
 */
function bytesBelow(dir) {
  let sum = 0;
  try {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      sum += entry.isDirectory() ? bytesBelow(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    }
  } catch {
    // The installer removes folders while we look.
  }
  return sum;
}
