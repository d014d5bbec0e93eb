// npm's packages: installed when package-lock.json and node_modules do not agree.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, root } from './places.mjs';
import { npmReason, runNpm } from './run-command.mjs';
import { progress, Stop, secondsSince } from './say.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 */

/** @param {string} path */
function lockedPackages(path) {
  /** @type {Record<string, LockedPackage> | undefined} */
  const packages = readJson(path)?.packages;
  return packages ? Object.entries(packages).filter(([name]) => name !== '') : null;
}

/**
 * Whether what is installed is what the lock file asks for. Optional packages of other platforms are not installed.
 * @param {readonly (readonly [string, LockedPackage])[]} wanted
 * @param {readonly (readonly [string, LockedPackage])[]} present
 */
export function installationMatches(wanted, present) {
  const installed = new Map(present);
  for (const [name, entry] of wanted) {
    const own = installed.get(name);
    if (own === undefined && !entry.optional && !entry.devOptional) return false;
    if (own !== undefined && (own.version !== entry.version || own.integrity !== entry.integrity))
      return false;
    installed.delete(name);
  }
  return installed.size === 0;
}

/**
 * npm writes node_modules/.package-lock.json last, so it is both the list of what is installed and the proof that the
 * installation was not interrupted.
 */
function dependenciesAreCurrent() {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  return wanted !== null && present !== null && installationMatches(wanted, present);
}

/** Runs `npm ci` when needed. */
export async function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  if (!wanted)
    throw new Stop('package-lock.json is missing or damaged: please check out the repository again.');
  const required = wanted
    .filter(([, entry]) => !entry.optional)
    .map(([name]) => join(root, name, 'package.json'));
  const startedAt = Date.now();
  const bar = progress('installing the npm packages');
  // `npm ci` starts by deleting node_modules, which Windows refuses while the Node inside it is the one that runs.
  const insideModules =
    process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules'));
  const result = await runNpm(
    [insideModules ? 'install' : 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      onTick: () => bar.at(`${required.filter((path) => existsSync(path)).length} of ${required.length}`),
    },
  );
  if (result.code !== 0) throw new Stop(`npm could not install the packages: ${npmReason(result.output)}`);
  bar.done(`${required.length} packages in ${secondsSince(startedAt)}`);
}
