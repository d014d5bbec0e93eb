// Where the window opens: as it was left on each display, and never out of sight. Pure; window.ts reads and writes the file.

/** Device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A screen as it is now; `workArea` is what panels and docks leave free. */
export interface DisplayArea {
  readonly id: number;
  readonly workArea: Bounds;
}

/** What `window.json` in the data folder holds. */
export interface WindowMemory {
  /** The display the window was on last, null before the first time. */
  readonly lastDisplay: number | null;
  /** Keyed by display id. */
  readonly displays: Readonly<Record<string, DisplayMemory>>;
}

export interface DisplayMemory {
  /** Not maximised. */
  readonly bounds: Bounds;
  readonly maximized: boolean;
}

export interface Placement {
  readonly bounds: Bounds;
  readonly maximized: boolean;
  readonly reason: 'remembered' | 'remembered-and-moved-into-view' | 'first-time-here';
}

export const noMemory: WindowMemory = { lastDisplay: null, displays: {} };
export const firstSize = { width: 960, height: 640 } as const;
export const smallestSize = { width: 400, height: 320 } as const;

/** More displays than anybody plugs in; keeps the file small for people who dock in many places. */
const rememberedDisplays = 20;

/** Reads the file's text; anything that is not what we wrote is as good as no memory. */
export function parseMemory(text: string): WindowMemory {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return noMemory;
  }
  if (!isRecord(value) || !isRecord(value['displays'])) return noMemory;
  const displays: Record<string, DisplayMemory> = {};
  for (const [id, memory] of Object.entries(value['displays'])) {
    if (!/^-?\d+$/.test(id) || !isRecord(memory)) continue;
    const bounds = readBounds(memory['bounds']);
    if (bounds !== null) displays[id] = { bounds, maximized: memory['maximized'] === true };
  }
  const last = value['lastDisplay'];
  return { lastDisplay: typeof last === 'number' && Object.hasOwn(displays, last) ? last : null, displays };
}

/** The memory after the window was seen on a display. */
export function remember(memory: WindowMemory, display: number, seen: DisplayMemory): WindowMemory {
  const others = Object.entries(memory.displays).filter(([id]) => id !== String(display));
  const displays = Object.fromEntries([...others.slice(1 - rememberedDisplays), [String(display), seen]]);
  return { lastDisplay: display, displays };
}

/** Where to open: on the display of last time if it is still there, else on the primary one. */
export function place(
  memory: WindowMemory,
  displays: readonly DisplayArea[],
  primary: DisplayArea,
): Placement {
  const display = displays.find((one) => one.id === memory.lastDisplay) ?? primary;
  const seen = memory.displays[String(display.id)];
  if (seen === undefined) {
    return { bounds: centred(display.workArea), maximized: false, reason: 'first-time-here' };
  }
  const bounds = moveInto(display.workArea, seen.bounds);
  const same = (Object.keys(bounds) as (keyof Bounds)[]).every((key) => bounds[key] === seen.bounds[key]);
  return {
    bounds,
    maximized: seen.maximized,
    reason: same ? 'remembered' : 'remembered-and-moved-into-view',
  };
}

function centred(area: Bounds): Bounds {
  const width = Math.min(firstSize.width, area.width);
  const height = Math.min(firstSize.height, area.height);
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  };
}

function moveInto(area: Bounds, bounds: Bounds): Bounds {
  const width = clamp(bounds.width, Math.min(smallestSize.width, area.width), area.width);
  const height = clamp(bounds.height, Math.min(smallestSize.height, area.height), area.height);
  return {
    x: clamp(bounds.x, area.x, area.x + area.width - width),
    y: clamp(bounds.y, area.y, area.y + area.height - height),
    width,
    height,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

function readBounds(value: unknown): Bounds | null {
  if (!isRecord(value)) return null;
  const { x, y, width, height } = value;
  if (!isPixel(x) || !isPixel(y) || !isPixel(width) || !isPixel(height) || width <= 0 || height <= 0)
    return null;
  return { x, y, width, height };
}

/** Far beyond any wall of screens, and safe to hand to the operating system. */
function isPixel(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= 100_000;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
