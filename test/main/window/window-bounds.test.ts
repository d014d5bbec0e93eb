import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bounds,
  type DisplayArea,
  noMemory,
  parseMemory,
  place,
  remember,
} from '../../../main/window/window-bounds.ts';

const laptop: DisplayArea = { id: 1, workArea: { x: 0, y: 28, width: 1440, height: 872 } };
const desk: DisplayArea = { id: 2, workArea: { x: 1440, y: 0, width: 2560, height: 1440 } };
const onDesk: Bounds = { x: 2000, y: 300, width: 1200, height: 900 };
const onLaptop: Bounds = { x: 100, y: 100, width: 800, height: 600 };

describe('where the window opens', () => {
  test('the first time: 960 x 640 in the middle of the primary display', () => {
    expect(place(noMemory, [laptop, desk], laptop)).toEqual({
      bounds: { x: 240, y: 144, width: 960, height: 640 },
      maximized: false,
      reason: 'first-time-here',
    });
  });

  test('afterwards: where it was left, on the display it was left on', () => {
    const memory = remember(noMemory, 2, { bounds: onDesk, maximized: true });
    expect(place(memory, [laptop, desk], laptop)).toEqual({
      bounds: onDesk,
      maximized: true,
      reason: 'remembered',
    });
  });

  test('each display has its own place: undocked, the window is where it was on the laptop', () => {
    const first = remember(noMemory, 1, { bounds: onLaptop, maximized: false });
    const memory = remember(first, 2, { bounds: onDesk, maximized: true });
    expect(place(memory, [laptop], laptop)).toMatchObject({ bounds: onLaptop, maximized: false });
    expect(place(memory, [laptop, desk], laptop)).toMatchObject({ bounds: onDesk });
  });

  test('a display that shrank or moved does not hide it', () => {
    const memory = remember(noMemory, 2, { bounds: onDesk, maximized: false });
    const shrunk: DisplayArea = { id: 2, workArea: { x: 0, y: 0, width: 1024, height: 768 } };
    expect(place(memory, [shrunk], shrunk)).toEqual({
      bounds: { x: 0, y: 0, width: 1024, height: 768 },
      maximized: false,
      reason: 'remembered-and-moved-into-view',
    });
  });

  test('whatever is remembered, the whole window is inside the work area', () => {
    const anyBounds = fc.record({
      x: fc.integer({ min: -100_000, max: 100_000 }),
      y: fc.integer({ min: -100_000, max: 100_000 }),
      width: fc.integer({ min: 1, max: 100_000 }),
      height: fc.integer({ min: 1, max: 100_000 }),
    });
    fc.assert(
      fc.property(anyBounds, (bounds) => {
        const memory = remember(noMemory, 1, { bounds, maximized: false });
        const placed = place(memory, [laptop], laptop).bounds;
        const area = laptop.workArea;
        return (
          placed.x >= area.x &&
          placed.y >= area.y &&
          placed.x + placed.width <= area.x + area.width &&
          placed.y + placed.height <= area.y + area.height
        );
      }),
    );
  });
});

describe('the file that remembers', () => {
  test('reads what was written', () => {
    const memory = remember(remember(noMemory, 1, { bounds: onLaptop, maximized: false }), 2, {
      bounds: onDesk,
      maximized: true,
    });
    expect(parseMemory(JSON.stringify(memory))).toEqual(memory);
  });

  test.each(['', 'null', '[]', '{"displays":[]}', '{"lastDisplay":1', '{"displays":{"__proto__":{}}}'])(
    'takes %s for no memory',
    (text) => expect(parseMemory(text)).toEqual(noMemory),
  );

  test('keeps the good display beside a broken one', () => {
    const text = JSON.stringify({
      lastDisplay: 7,
      displays: {
        1: { bounds: onLaptop, maximized: 'yes' },
        7: { bounds: { x: 0, y: 0, width: 1e99, height: 5 } },
      },
    });
    expect(parseMemory(text)).toEqual({
      lastDisplay: null,
      displays: { 1: { bounds: onLaptop, maximized: false } },
    });
  });

  test('does not grow with every meeting room', () => {
    let memory = noMemory;
    for (let id = 1; id <= 100; id += 1)
      memory = remember(memory, id, { bounds: onLaptop, maximized: false });
    expect(Object.keys(memory.displays)).toHaveLength(20);
    expect(memory.displays['100']).toBeDefined();
  });
});
