// Draws faces with Electron. Everything is rendered from the face; nothing is ever patched.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Menu, type NativeImage, Tray, nativeImage, nativeTheme } from 'electron';
import { drawingOf, iconFile, iconScales, panelTheme, trayPlatform } from './icons/icon-file.ts';
import { menuTemplate } from './menu-template.ts';
import { createThrottle } from './throttle.ts';
import type { TrayAction, TrayFace, TrayView } from './tray-view.ts';

export interface TrayParts {
  /** Icons can be drawn from then on; what is asked before is drawn then. */
  readonly ready: Promise<void>;
  /** Where `drawTrayIcons` wrote at build time. */
  readonly iconDir: string;
  readonly onAction: (action: TrayAction) => void;
}

export interface DesktopTray extends TrayView {
  /** Takes the icon away. */
  destroy(): void;
}

/** A storm redraws five times a second at most: each menu costs the session bus many messages. */
const redrawMs = 200;

/** The icon appears with the first face. */
export function createTray({ ready, iconDir, onAction }: TrayParts): DesktopTray {
  const platform = trayPlatform(process.platform);
  const desktop = process.env['XDG_CURRENT_DESKTOP'] ?? '';
  const images = new Map<string, NativeImage>();
  let tray: Tray | null = null;
  let drawn: TrayFace | null = null;
  let drawnImage: NativeImage | null = null;

  const redraw = createThrottle(redrawMs, (look: () => TrayFace) => draw(look()));

  function draw(face: TrayFace): void {
    const image = imageOf(face);
    tray ??= addIcon(image);
    if (image !== drawnImage) tray.setImage(image);
    if (face.tooltip !== drawn?.tooltip) tray.setToolTip(face.tooltip);
    if (platform === 'mac' && face.count !== drawn?.count)
      tray.setTitle(face.count > 0 ? ` ${face.count}` : '');
    if (drawn === null || !isSameMenu(face, drawn)) {
      tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(face.menu, onAction)));
    }
    drawn = face;
    drawnImage = image;
  }

  function addIcon(image: NativeImage): Tray {
    const added = new Tray(image);
    // On macOS a click opens the menu. Linux may never send one; the menu has the same entry.
    if (platform !== 'mac') added.on('click', () => onAction({ kind: 'show-window' }));
    return added;
  }

  function imageOf(face: TrayFace): NativeImage {
    const theme = panelTheme(platform, isSystemDark(), desktop);
    const name = iconFile(face, theme, platform, 1);
    const known = images.get(name);
    if (known !== undefined) return known;
    const image = nativeImage.createEmpty();
    for (const scaleFactor of iconScales(platform)) {
      const png = readFileSync(join(iconDir, iconFile(face, theme, platform, scaleFactor)), 'base64');
      image.addRepresentation({ scaleFactor, dataURL: `data:image/png;base64,${png}` });
    }
    image.setTemplateImage(drawingOf(face, theme, platform).paint === 'template');
    images.set(name, image);
    return image;
  }

  function onThemeChange(): void {
    const shown = drawn;
    if (shown !== null) redraw.push(() => shown);
  }

  let early: (() => TrayFace) | null = null;
  let isReady = false;
  void ready.then(() => {
    isReady = true;
    nativeTheme.on('updated', onThemeChange);
    if (early !== null) redraw.push(early);
  });

  return {
    render: (look) => {
      if (isReady) redraw.push(look);
      else early = look;
    },
    destroy: () => {
      nativeTheme.off('updated', onThemeChange);
      redraw.stop();
      tray?.destroy();
      tray = null;
    },
  };
}

/** The system's own theme: `shouldUseDarkColors` also follows the theme chosen for our windows. */
function isSystemDark(): boolean {
  if (process.platform === 'linux') return nativeTheme.shouldUseDarkColors;
  return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
}

function isSameMenu(a: TrayFace, b: TrayFace): boolean {
  return JSON.stringify(a.menu) === JSON.stringify(b.menu);
}
