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

/** A storm redraws five times a second at most: each menu costs the session bus many messages. */
const redrawMs = 200;

/** The icon appears with the first face. */
export function createTray({ ready, iconDir, onAction }: TrayParts): TrayView {
  const platform = trayPlatform(process.platform);
  const desktop = process.env['XDG_CURRENT_DESKTOP'] ?? '';
  const images = new Map<string, NativeImage>();
  let tray: Tray | null = null;
  let drawn: TrayFace | null = null;
  let drawnImage: NativeImage | null = null;
  let wasSystemDark = false;
  let newest: (() => TrayFace) | null = null;
  let isReady = false;

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

  /**
   * The panel's theme, not ours: on Linux `shouldUseDarkColors` follows the theme chosen for our window, so only what it
   * said while we followed the system counts.
   */
  function isSystemDark(): boolean {
    if (process.platform !== 'linux') return nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
    if (nativeTheme.themeSource === 'system') wasSystemDark = nativeTheme.shouldUseDarkColors;
    return wasSystemDark;
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

  /** With the newest look: an older one must never overtake it. */
  function onThemeChange(): void {
    if (newest !== null) redraw.push(newest);
  }

  void ready.then(() => {
    isReady = true;
    wasSystemDark = nativeTheme.shouldUseDarkColors;
    nativeTheme.on('updated', onThemeChange);
    if (newest !== null) redraw.push(newest);
  });

  return {
    render: (look) => {
      newest = look;
      if (isReady) redraw.push(look);
    },
  };
}

function isSameMenu(a: TrayFace, b: TrayFace): boolean {
  return JSON.stringify(a.menu) === JSON.stringify(b.menu);
}
