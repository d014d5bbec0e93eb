// Copied into the stand-in Electron, which lacks what makes a stock one start the app folder named on its command line
// (`default_app.asar`). Runs inside Electron, before `ready`; top-level await keeps `ready` back until the app is loaded.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = path.resolve(named ?? '.');
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

/**
 * What Electron's own loader calls and its typings leave out.
 * @type {Electron.App & { setVersion(version: string): void, setDesktopName(name: string): void, setAppPath(path: string): void }}
 */
const loadable = /** @type {any} */ (app);
if (manifest.version) loadable.setVersion(manifest.version);
loadable.setName(manifest.productName ?? manifest.name);
loadable.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`);
loadable.setAppPath(folder);
await import(pathToFileURL(createRequire(import.meta.url).resolve(folder)).href);
