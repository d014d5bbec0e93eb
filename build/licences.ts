// The licence texts of the packages whose code ends up in the bundles, as their licences ask for.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const modulesDir = path.join(import.meta.dirname, '..', 'node_modules');

/** The folder of the package a bundled module belongs to, or null for our own code and virtual modules. */
function packageDir(moduleId: string): string | null {
  const file = moduleId.replace(/^\0/, '').replace(/[?#].*$/, '');
  const found = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file);
  return found?.[0] ?? null;
}

async function licenceText(dir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(dir, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: unknown;
  };
  const names = (await readdir(dir)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(path.join(dir, name), 'utf8')));
  const licence = typeof manifest.license === 'string' ? manifest.license : 'see its package';
  return [`${manifest.name} ${manifest.version} (${licence})`, ...texts.map((text) => text.trim())].join(
    '\n\n',
  );
}

/**
 * One text with every licence, sorted by package.
 * @param moduleIds paths of the bundled modules
 * @param shipped packages that are shipped beside the bundles instead
 */
export async function licenceTexts(
  moduleIds: readonly string[],
  shipped: readonly string[],
): Promise<string> {
  const bundled = moduleIds.flatMap((id) => packageDir(id) ?? []);
  const beside = shipped.filter((name) => name !== 'electron').map((name) => path.join(modulesDir, name));
  const dirs = [...new Set([...bundled, ...beside])].toSorted();
  const texts = await Promise.all(dirs.map(licenceText));
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
