// Build time only: draws every tray icon as a PNG. At run time the app reads the files.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { type Drawing, everyDrawing, fileName } from './icon-file.ts';
import { svgOf } from './shapes.ts';

/** Writes every icon into `outDir`, which is created when missing; answers how many. */
export async function drawTrayIcons(outDir: string): Promise<number> {
  await mkdir(outDir, { recursive: true });
  const drawings = everyDrawing();
  for (const drawing of drawings) await writeFile(join(outDir, fileName(drawing)), render(drawing).asPng());
  return drawings.length;
}

/** Pixels and PNG of one drawing. */
export function render(drawing: Drawing) {
  return new Resvg(svgOf(drawing), {
    fitTo: { mode: 'width', value: drawing.pixels },
    font: { loadSystemFonts: false },
  }).render();
}
