// Which of our drawings a panel was given: compares pixels, as a person would compare pictures.
import { render } from '../../main/tray/icons/draw.ts';
import { everyDrawing, fileName } from '../../main/tray/icons/icon-file.ts';
import type { TrayPixmap } from './tray-watcher.ts';

/** Name of the drawing's file, such as `firing-critical-1-dark-44.png`; null when the picture is none of ours. */
export function pictureName(pixmap: TrayPixmap): string | null {
  let best: string | null = null;
  // Rounding on the way through Electron (alpha premultiplied and back) changes a channel by a little, not a shape.
  let least = 3;
  for (const drawing of everyDrawing()) {
    if (drawing.pixels !== pixmap.width) continue;
    const rgba = render(drawing).pixels;
    const difference = meanDifference(rgba, pixmap.argb);
    if (difference >= least) continue;
    least = difference;
    best = fileName(drawing);
  }
  return best;
}

/** 0 to 255, weighted by alpha so that the colour of what is transparent does not count. */
function meanDifference(rgba: Uint8Array, argb: Uint8Array): number {
  if (rgba.length !== argb.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    const ours = alphaOf(rgba, at + 3);
    const theirs = alphaOf(argb, at);
    sum += 255 * Math.abs(ours - theirs);
    for (let channel = 0; channel < 3; channel += 1) {
      sum += Math.min(ours, theirs) * Math.abs((rgba[at + channel] ?? 0) - (argb[at + 1 + channel] ?? 0));
    }
  }
  return sum / rgba.length;
}

function alphaOf(pixels: Uint8Array, at: number): number {
  return (pixels[at] ?? 0) / 255;
}
