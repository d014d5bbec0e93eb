// Renders tocsin.svg to the sizes packagers want. Run by hand after a change of the picture:
//   node_modules/.bin/node build/icons/draw-app-icons.ts
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';

/** Linux' icon theme sizes; 1024 is what the macOS and Windows icons are made from. */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const svg = readFileSync(path.join(import.meta.dirname, 'tocsin.svg'), 'utf8');
for (const size of sizes) {
  const png = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
  writeFileSync(path.join(import.meta.dirname, `${size}x${size}.png`), png);
}
