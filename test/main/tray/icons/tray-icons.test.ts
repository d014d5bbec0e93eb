import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawTrayIcons, render } from '../../../../main/tray/icons/draw.ts';
import {
  type Drawing,
  everyDrawing,
  fileName,
  iconFile,
  iconScales,
  panelTheme,
  trayPlatform,
} from '../../../../main/tray/icons/icon-file.ts';
import type { TrayIcon } from '../../../../main/tray/tray-view.ts';

const icons: readonly TrayIcon[] = [
  'quiet',
  'firing-critical',
  'firing-medium',
  'acknowledged',
  'snoozed',
  'deaf',
  'deaf-firing',
];

/** Coverage of each pixel, 0 to 255. */
function alphas(drawing: Drawing): number[] {
  const { pixels } = render(drawing);
  return Array.from({ length: pixels.length / 4 }, (_, at) => pixels[at * 4 + 3] ?? 0);
}

function pixelsApart(a: Drawing, b: Drawing): number {
  const other = alphas(b);
  return alphas(a).filter((alpha, at) => Math.abs(alpha - (other[at] ?? 0)) > 128).length;
}

describe('the files', () => {
  test('are drawn for every face on every platform, theme and scale', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-icons-'));
    const drawn = await drawTrayIcons(folder);
    const files = new Set(await readdir(folder));
    expect(files.size).toBe(drawn);
    for (const icon of icons) {
      for (const platform of ['mac', 'windows', 'linux'] as const) {
        for (const theme of ['light', 'dark'] as const) {
          for (const scale of iconScales(platform)) {
            for (let count = 0; count <= 12; count += 1) {
              const firing = icon.includes('firing');
              if (firing === (count === 0)) continue;
              expect(files).toContain(iconFile({ icon, count }, theme, platform, scale));
            }
          }
        }
      }
    }
    await rm(folder, { recursive: true });
  });

  test('are named by icon, count, paint and pixels, each once', () => {
    expect(iconFile({ icon: 'firing-critical', count: 3 }, 'dark', 'linux', 1)).toBe(
      'firing-critical-3-dark-22.png',
    );
    expect(iconFile({ icon: 'deaf-firing', count: 10_000 }, 'light', 'windows', 2)).toBe(
      'deaf-firing-9plus-light-32.png',
    );
    expect(iconFile({ icon: 'quiet', count: 0 }, 'light', 'windows', 1)).toBe('quiet-light-16.png');
    const names = everyDrawing().map(fileName);
    expect(new Set(names).size).toBe(names.length);
  });

  test('on macOS are templates, except for what is wrong, and leave the number to the title', () => {
    expect(iconFile({ icon: 'firing-medium', count: 3 }, 'dark', 'mac', 2)).toBe(
      'firing-medium-template-32.png',
    );
    expect(iconFile({ icon: 'firing-critical', count: 3 }, 'dark', 'mac', 1)).toBe(
      'firing-critical-dark-16.png',
    );
    expect(iconFile({ icon: 'deaf', count: 0 }, 'light', 'mac', 1)).toBe('deaf-light-16.png');
  });
});

describe('the drawings', () => {
  test('differ in silhouette at 16 pixels, every icon from every other, without any colour', () => {
    for (const [at, one] of icons.entries()) {
      for (const other of icons.slice(at + 1)) {
        const drawing = (icon: TrayIcon): Drawing => ({ icon, count: '', paint: 'light', pixels: 16 });
        expect(pixelsApart(drawing(one), drawing(other)), `${one} and ${other}`).toBeGreaterThan(20);
      }
    }
  });

  test('of different counts differ at 16 pixels', () => {
    const svgs = everyDrawing()
      .filter(({ pixels, paint, icon }) => pixels === 16 && paint === 'dark' && icon === 'firing-critical')
      .map((drawing) => render(drawing).pixels.toString('hex'));
    expect(svgs.length).toBe(11);
    expect(new Set(svgs).size).toBe(svgs.length);
  });

  test('stay inside the picture', () => {
    for (const icon of icons) {
      const alpha = alphas({ icon, count: '', paint: 'dark', pixels: 32 });
      const corners = [0, 31, 32 * 31, 32 * 32 - 1].map((at) => alpha[at]);
      expect(corners, icon).toEqual([0, 0, 0, 0]);
      expect(
        alpha.some((value) => value === 255),
        icon,
      ).toBe(true);
    }
  });
});

describe('the panel', () => {
  test.each([
    ['linux', true, 'KDE', 'dark'],
    ['linux', false, 'KDE', 'light'],
    ['linux', false, 'ubuntu:GNOME', 'dark'],
    ['windows', false, '', 'light'],
    ['mac', true, '', 'dark'],
  ] as const)('of %s, system dark %s, desktop "%s", is %s', (platform, systemDark, desktop, theme) => {
    expect(panelTheme(platform, systemDark, desktop)).toBe(theme);
  });

  test('of other systems than macOS and Windows counts as one of Linux', () => {
    expect([
      trayPlatform('darwin'),
      trayPlatform('win32'),
      trayPlatform('linux'),
      trayPlatform('freebsd'),
    ]).toEqual(['mac', 'windows', 'linux', 'linux']);
  });
});
