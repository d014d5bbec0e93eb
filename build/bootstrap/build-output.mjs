// The bundles in dist/: rebuilt when a source is newer, and staged for the stand-in Electron.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { distDir, readJson, root, toolNode } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { progress, Stop, secondsSince } from './say.mjs';

const SOURCE_FOLDERS = ['shared', 'main', 'renderer', 'build'];
const SOURCE_FILES = ['package.json', 'package-lock.json'];
const stampFile = join(distDir, 'built.json');
const stagedDir = join(distDir, 'staged');

/** Path, size and modification time of every source: a deleted file changes it too, and 300 files take 10 ms. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const full = join(path, entry.name);
      if (entry.isDirectory()) visit(full);
      else add(full);
    }
  };
  const add = (/** @type {string} */ file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  };
  for (const folder of SOURCE_FOLDERS) visit(join(root, folder));
  for (const file of SOURCE_FILES) add(join(root, file));
  return hash.digest('hex');
}

/** Builds when the sources differ from what dist/ was built from, or when told to. */
export async function ensureBuilt({ always = false } = {}) {
  const now = fingerprint();
  if (!always && builtFingerprint() === now) return;
  rmSync(stampFile, { force: true });
  const startedAt = Date.now();
  const bar = progress('building');
  const result = await runCommand(toolNode(), [join(root, 'build', 'bundle.ts')], { cwd: root });
  if (result.code !== 0) throw new Stop(`The build failed:\n${result.output}`);
  bar.done(`done in ${secondsSince(startedAt)}`);
  mkdirSync(distDir, { recursive: true });
  // Taken before the build: a file saved meanwhile makes the next start build again.
  writeFileSync(stampFile, `${JSON.stringify({ fingerprint: now })}\n`);
}

/**
 * Names what is in dist/ now, for things made from it.
 * @returns {string | null} null when dist/ is missing or half-done
 */
export function builtFingerprint() {
  return readJson(stampFile)?.fingerprint ?? null;
}

/**
 * The folder to give to Electron. The stock Electron runs the repository itself; the stand-in gets a copy laid out as a
 * packager would, because its better-sqlite3 differs from the one in node_modules and Node looks there first.
 * @param {import('./electron-runtime.mjs').ElectronRuntime} runtime
 */
export function appFolder(runtime) {
  if (runtime.modules === null) return root;
  const built = builtFingerprint();
  if (built === null) return stagedDir;
  const stamp = join(stagedDir, 'staged.json');
  const current = readJson(stamp);
  if (current?.built === built && current?.modules === runtime.modules) return stagedDir;
  stageApp(stagedDir, runtime.modules);
  writeFileSync(stamp, `${JSON.stringify({ built, modules: runtime.modules })}\n`);
  return stagedDir;
}

/** What of package.json is no business of the app. */
const DEVELOPMENT_KEYS = new Set(['scripts', 'devDependencies', 'optionalDependencies', 'allowScripts']);

/** What of dist/ belongs to the app. */
const APP_PARTS = ['main', 'renderer', 'tray-icons', 'LICENSES.txt'];

/**
 * @param {string} target emptied first
 * @param {string} modules folder with the native modules to use
 */
export function stageApp(target, modules) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const part of APP_PARTS) {
    const source = join(distDir, part);
    if (existsSync(source)) cpSync(source, join(target, 'dist', part), { recursive: true });
  }
  cpSync(modules, join(target, 'node_modules'), { recursive: true });
  // ngrok's library and the native part of it for this system. It is Node-API, so one build serves every Electron.
  const ngrok = join(root, 'node_modules', '@ngrok');
  if (existsSync(ngrok)) cpSync(ngrok, join(target, 'node_modules', '@ngrok'), { recursive: true });
  const manifest = Object.entries(readJson(join(root, 'package.json'))).filter(
    ([key]) => !DEVELOPMENT_KEYS.has(key),
  );
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(Object.fromEntries(manifest), null, 2)}\n`);
}
