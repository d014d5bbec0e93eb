// Turns the sources into what runs: dist/main (Electron's and Node's entries, the preload), dist/renderer, dist/tray-icons.
// Run by the bootstrap when a source is newer than dist/, and by `npm run build`.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build as buildWithRolldown, type OutputOptions, type RolldownOptions } from 'rolldown';
import { build as buildWithVite } from 'vite';
import { drawTrayIcons } from '../main/tray/icons/draw.ts';
import { licenceTexts } from './licences.ts';

const root = path.join(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

/** What Electron 33 understands; the pinned one understands more (Chromium 130, Node 20.18). */
const oldestNode = 'node20.18';
const oldestChromium = 'chrome130';

/** Stay out of the bundle: one is Electron itself, the others hold native code. */
const external = ['electron', 'better-sqlite3', '@ngrok/ngrok'];

const output: OutputOptions = {
  dir: path.join(dist, 'main'),
  minify: true,
  sourcemap: true,
  comments: false,
};

const mainProcess: RolldownOptions & { output: OutputOptions } = {
  cwd: root,
  input: {
    index: 'main/index.ts',
    headless: 'main/headless.ts',
    'store-worker': 'main/database/store-worker.ts',
  },
  platform: 'node',
  external,
  transform: { target: oldestNode, define: { 'process.env.NODE_ENV': '"production"' } },
  // A chunk lies beside the entries, so that `import.meta.dirname` means the same in both.
  output: { ...output, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
};

/** A sandboxed preload can be neither ESM nor several files (Electron's docs/tutorial/sandbox.md). */
const preload: RolldownOptions & { output: OutputOptions } = {
  cwd: root,
  input: { preload: 'main/window/preload.ts' },
  platform: 'browser',
  external,
  transform: { target: oldestChromium },
  output: { ...output, format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
};

/** What is needed of a bundler's output file: only code has modules. */
type BundledFile =
  | { readonly type: 'asset' }
  | { readonly type: 'chunk'; readonly moduleIds: readonly string[] };

async function bundleMain(): Promise<readonly BundledFile[]> {
  await rm(path.join(dist, 'main'), { recursive: true, force: true });
  const results = await Promise.all([buildWithRolldown(mainProcess), buildWithRolldown(preload)]);
  return results.flatMap((result) => result.output);
}

async function bundleRenderer(): Promise<readonly BundledFile[]> {
  const result = await buildWithVite({
    root: path.join(root, 'renderer'),
    configFile: false,
    envDir: false,
    publicDir: false,
    // Relative addresses: the page is served from the app's own scheme.
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: path.join(dist, 'renderer'),
      emptyOutDir: true,
      target: oldestChromium,
      // The content policy allows own files only: nothing inlined, no polyfill for browsers we never meet.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // The window and the hidden page that makes sound.
      rolldownOptions: {
        input: ['index.html', 'sound/sound.html'].map((page) => path.join(root, 'renderer', page)),
      },
    },
  });
  return [result].flat().flatMap((part) => ('output' in part ? part.output : []));
}

/** Tray pictures are drawn at build time: the app itself needs no drawing library. */
async function drawIcons(): Promise<void> {
  const target = path.join(dist, 'tray-icons');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await drawTrayIcons(target);
  // Electron draws it in the title bar and the window list where no installer has put an icon.
  await copyFile(path.join(import.meta.dirname, 'icons', '256x256.png'), path.join(dist, 'app-icon.png'));
}

/** Builds everything. Rejects with the bundler's message when a source is wrong. */
export async function bundle(): Promise<void> {
  const [main, renderer] = await Promise.all([bundleMain(), bundleRenderer(), drawIcons()]);
  const modules = [...main, ...renderer].flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  await writeFile(path.join(dist, 'LICENSES.txt'), await licenceTexts(modules, external));
}

if (import.meta.main) {
  await bundle().catch((error: unknown) => {
    // The message says which file and line; a stack of the bundler's insides would only bury it.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
