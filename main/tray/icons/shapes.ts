// The tray's drawings as SVG, on a grid of 16 by 16. Seven silhouettes that differ without colour; digits are strokes,
// because the machine that draws may have no fonts.
import { assertNever } from '../../../shared/assert-never.ts';
import type { DrawnCount, Drawing, Paint } from './icon-file.ts';

interface Inks {
  /** Bells, moon. */
  readonly line: string;
  readonly critical: string;
  readonly onCritical: string;
  readonly medium: string;
  readonly onMedium: string;
  readonly deaf: string;
}

/** `cut`: not painted but cut out, for templates. */
const inks: Readonly<Record<Paint, Inks>> = {
  light: {
    line: '#2b3038',
    critical: '#d42a2a',
    onCritical: '#ffffff',
    medium: '#a85f00',
    onMedium: '#ffffff',
    deaf: '#d42a2a',
  },
  dark: {
    line: '#f2f4f7',
    critical: '#e5383b',
    onCritical: '#ffffff',
    medium: '#ffb224',
    onMedium: '#241500',
    deaf: '#ff6b6b',
  },
  template: {
    line: '#000',
    critical: '#000',
    onCritical: 'cut',
    medium: '#000',
    onMedium: 'cut',
    deaf: '#000',
  },
};

export function svgOf({ icon, count, paint }: Omit<Drawing, 'pixels'>): string {
  const ink = inks[paint];
  switch (icon) {
    case 'quiet':
      return svg(bell(ink.line));
    case 'acknowledged':
      return svg(withHole(solidBell(ink.line), stroke('M5.7 8.1 L7.4 9.8 L10.5 5.9', 'black', 1.7)));
    case 'snoozed':
      return svg(moon(ink.line));
    case 'deaf':
      return svg(
        withHole(bell(ink.line), stroke('M1 1 L15 15', 'black', 3.9, 'butt')) +
          stroke('M1.9 1.9 L14.1 14.1', ink.deaf, 1.8),
      );
    case 'firing-critical':
      return svg(marked(diamond(ink.critical), sign(count, 8, 8, 1), ink.onCritical));
    case 'firing-medium':
      return svg(marked(triangle(ink.medium), sign(count, 8, 10.1, 0.95), ink.onMedium));
    case 'deaf-firing':
      return svg(
        withHole(
          marked(octagon(ink.critical), sign(count, 9, 7, 1), ink.onCritical),
          stroke('M-1 6 L10 17', 'black', 3.4, 'butt'),
        ) + stroke('M1 8 L8 15', ink.line, 1.8),
      );
    default:
      return assertNever(icon);
  }
}

const bellBody =
  'M2.6 11.6 C4 10.3 4 8.8 4 6.9 C4 4.3 5.7 2.4 8 2.4 C10.3 2.4 12 4.3 12 6.9 C12 8.8 12 10.3 13.4 11.6 Z';
const clapper = 'M6.1 13 A1.9 1.9 0 0 0 9.9 13 Z';

function bell(ink: string): string {
  return `${stroke(bellBody, ink, 1.5)}<path d="${clapper}" fill="${ink}"/>`;
}

function solidBell(ink: string): string {
  return `<path d="${bellBody}" fill="${ink}" stroke="${ink}" stroke-width="1.5" stroke-linejoin="round"/><path d="${clapper}" fill="${ink}"/>`;
}

function moon(ink: string): string {
  const crescent = 'M7.4 2 A6.4 6.4 0 1 0 14 10.6 A5.6 5.6 0 0 1 7.4 2 Z';
  return `<path d="${crescent}" fill="${ink}" stroke="${ink}" stroke-width="0.6" stroke-linejoin="round"/>${stroke('M10.4 2 H14 L10.4 6.2 H14', ink, 1.3)}`;
}

function diamond(ink: string): string {
  return `<path d="M8 0.9 L15.1 8 L8 15.1 L0.9 8 Z" fill="${ink}" stroke="${ink}" stroke-width="1.2" stroke-linejoin="round"/>`;
}

function triangle(ink: string): string {
  return `<path d="M8 1.5 L15 14.4 H1 Z" fill="${ink}" stroke="${ink}" stroke-width="1.6" stroke-linejoin="round"/>`;
}

function octagon(ink: string): string {
  return `<path d="M6 0.2 H12 L15.8 4 V10 L12 13.8 H6 L2.2 10 V4 Z" fill="${ink}"/>`;
}

/** A shape with a sign on it, painted or cut out. */
function marked(shape: string, mark: (ink: string) => string, ink: string): string {
  return ink === 'cut' ? withHole(shape, mark('black'), 'sign') : shape + mark(ink);
}

/** `hole` is drawn in black: what it covers is taken out of `shape`. `id` tells the holes of one drawing apart. */
function withHole(shape: string, hole: string, id = 'hole'): string {
  return `<mask id="${id}" maskUnits="userSpaceOnUse" x="0" y="0" width="16" height="16"><rect width="16" height="16" fill="white"/>${hole}</mask><g mask="url(#${id})">${shape}</g>`;
}

/** Strokes in a box 3.2 wide and 5.4 high, to be drawn 1.5 thick. */
const digits: Readonly<Record<Exclude<DrawnCount, '' | '9plus'>, string>> = {
  1: 'M0.4 1.2 L1.9 0 V5.4',
  2: 'M0.1 1.5 C0.1 -0.5 3.1 -0.5 3.1 1.5 C3.1 3 0.2 4 0.1 5.4 H3.2',
  3: 'M0.2 0.5 C1 -0.3 3 -0.2 3 1.3 C3 2.3 2.2 2.6 1.3 2.6 C2.4 2.6 3.2 3 3.2 4 C3.2 5.7 0.9 5.7 0 4.9',
  4: 'M2.4 5.4 V0 L0 3.7 H3.4',
  5: 'M2.9 0 H0.5 L0.3 2.5 C1.2 2 3.2 2 3.2 3.7 C3.2 5.6 0.9 5.7 0 4.9',
  6: 'M2.7 0 C1.2 0.2 0.1 2 0.1 3.7 C0.1 6 3.2 6 3.2 3.7 C3.2 1.7 0.3 1.9 0.1 3.7',
  7: 'M0 0 H3.2 L1.3 5.4',
  8: 'M1.6 2.5 C-0.3 2.5 -0.1 0 1.6 0 C3.3 0 3.5 2.5 1.6 2.5 C-0.6 2.5 -0.5 5.4 1.6 5.4 C3.7 5.4 3.8 2.5 1.6 2.5 Z',
  9: 'M0.5 5.4 C2 5.2 3.1 3.4 3.1 1.7 C3.1 -0.6 0 -0.6 0 1.7 C0 3.7 2.9 3.5 3.1 1.7',
};

/** The number, or an exclamation mark without one, around a centre. */
function sign(count: DrawnCount, x: number, y: number, scale: number): (ink: string) => string {
  return (ink) => {
    const place = (width: number, height: number, drawn: string, by: number): string =>
      `<g transform="translate(${x - (width / 2) * by} ${y - (height / 2) * by}) scale(${by})">${drawn}</g>`;
    if (count === '') {
      return place(
        0,
        6.6,
        stroke('M0 0 V3.6', ink, 1.8) + `<circle cx="0" cy="6.4" r="1.05" fill="${ink}"/>`,
        scale,
      );
    }
    if (count === '9plus') {
      const plus = stroke('M4.6 2.9 H7.6 M6.1 1.4 V4.4', ink, 1.4, 'butt');
      return place(7.4, 5.4, stroke(digits[9], ink, 1.5) + plus, scale * 0.88);
    }
    return place(count === '1' ? 2.3 : 3.2, 5.4, stroke(digits[count], ink, 1.5), scale);
  };
}

function stroke(path: string, ink: string, width: number, cap: 'round' | 'butt' = 'round'): string {
  return `<path d="${path}" fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="${cap}" stroke-linejoin="round"/>`;
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${content}</svg>`;
}
