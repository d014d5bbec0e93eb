// Which drawing goes with a face: names of files, and the list of all that are drawn at build time.
//
//   <icon>[-<count>]-<paint>-<pixels>.png     firing-critical-3-dark-22.png, deaf-firing-9plus-light-32.png, quiet-template-16.png
//
// `count` is there for the three firing icons only: 1 to 9, then 9plus; without it they show an exclamation mark
// (macOS, where the number stands beside the icon). `paint` says what panel the icon is for; `template` is black with
// alpha, which macOS colours itself.
import { assertNever } from '../../../shared/assert-never.ts';
import type { TrayFace, TrayIcon } from '../tray-view.ts';

export type PanelTheme = 'light' | 'dark';
export type Paint = PanelTheme | 'template';
export type DrawnCount = '' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '9plus';
/** Pixels per point of the screen. */
export type IconScale = 1 | 1.5 | 2;
/** Where trays differ in what they take. */
export type TrayPlatform = 'mac' | 'windows' | 'linux';

export interface Drawing {
  readonly icon: TrayIcon;
  readonly count: DrawnCount;
  readonly paint: Paint;
  /** Width and height. */
  readonly pixels: number;
}

const icons: readonly TrayIcon[] = [
  'quiet',
  'firing-critical',
  'firing-medium',
  'acknowledged',
  'snoozed',
  'deaf',
  'deaf-firing',
];
const numbers: readonly DrawnCount[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9plus'];
const paints: readonly Paint[] = ['light', 'dark', 'template'];

/** macOS and Windows trays are made for 16 points, the panels of Linux desktops for 22. */
const pixelsOf: Readonly<Record<TrayPlatform, Readonly<Record<IconScale, number>>>> = {
  mac: { 1: 16, 1.5: 24, 2: 32 },
  windows: { 1: 16, 1.5: 24, 2: 32 },
  linux: { 1: 22, 1.5: 33, 2: 44 },
};

/** The scales worth handing to the system; each is one file. */
export function iconScales(platform: TrayPlatform): readonly IconScale[] {
  return platform === 'windows' ? [1, 1.5, 2] : [1, 2];
}

export function trayPlatform(platform: NodeJS.Platform): TrayPlatform {
  if (platform === 'darwin') return 'mac';
  return platform === 'win32' ? 'windows' : 'linux';
}

/** The drawing of a face, without its size. On macOS only what is wrong has a colour. */
export function drawingOf(
  face: Pick<TrayFace, 'icon' | 'count'>,
  theme: PanelTheme,
  platform: TrayPlatform,
): Omit<Drawing, 'pixels'> {
  const { icon } = face;
  if (platform !== 'mac') return { icon, count: drawnCount(face), paint: theme };
  return { icon, count: '', paint: isColouredOnMac(icon) ? theme : 'template' };
}

/** File name of a face's drawing. */
export function iconFile(
  face: Pick<TrayFace, 'icon' | 'count'>,
  theme: PanelTheme,
  platform: TrayPlatform,
  scale: IconScale,
): string {
  return fileName({ ...drawingOf(face, theme, platform), pixels: pixelsOf[platform][scale] });
}

export function fileName({ icon, count, paint, pixels }: Drawing): string {
  return `${[icon, ...(count === '' ? [] : [count]), paint, pixels].join('-')}.png`;
}

/** Everything that `iconFile` can name, each once. */
export function everyDrawing(): readonly Drawing[] {
  const drawings: Drawing[] = [];
  for (const icon of icons) {
    for (const paint of paints) {
      const mac = isColouredOnMac(icon) ? paint !== 'template' : paint === 'template';
      if (mac) for (const pixels of sizes('mac')) drawings.push({ icon, count: '', paint, pixels });
      if (paint === 'template') continue;
      const pixelSizes = new Set([...sizes('windows'), ...sizes('linux')]);
      for (const pixels of pixelSizes) {
        if (hasCount(icon)) for (const count of numbers) drawings.push({ icon, count, paint, pixels });
        else if (!mac || !sizes('mac').includes(pixels)) drawings.push({ icon, count: '', paint, pixels });
      }
    }
  }
  return drawings;
}

/**
 * Whether the panel that holds the tray is light or dark. `systemDark` is the system's own theme, not the app's.
 * GNOME's top bar is dark in its light theme too.
 */
export function panelTheme(platform: TrayPlatform, systemDark: boolean, desktop: string): PanelTheme {
  if (platform === 'linux' && /\bGNOME\b/iu.test(desktop)) return 'dark';
  return systemDark ? 'dark' : 'light';
}

function sizes(platform: TrayPlatform): readonly number[] {
  return iconScales(platform).map((scale) => pixelsOf[platform][scale]);
}

function drawnCount({ icon, count }: Pick<TrayFace, 'icon' | 'count'>): DrawnCount {
  if (!hasCount(icon) || count < 1) return '';
  return numbers[Math.min(Math.trunc(count), 10) - 1] ?? '';
}

function hasCount(icon: TrayIcon): boolean {
  switch (icon) {
    case 'firing-critical':
    case 'firing-medium':
    case 'deaf-firing':
      return true;
    case 'quiet':
    case 'acknowledged':
    case 'snoozed':
    case 'deaf':
      return false;
    default:
      return assertNever(icon);
  }
}

function isColouredOnMac(icon: TrayIcon): boolean {
  return icon === 'firing-critical' || icon === 'deaf' || icon === 'deaf-firing';
}
