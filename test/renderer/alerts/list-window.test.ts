import { describe, expect, test } from 'vitest';
import { rowAfterKey, rowHeight, scrollToShow, visibleRange } from '../../../renderer/alerts/list-window.ts';

describe('the window onto a long list', () => {
  test('draws what is in view and a little more, however long the list', () => {
    const { from, to } = visibleRange(5000 * rowHeight, 10 * rowHeight, 10_000);
    expect(from).toBeLessThan(5000);
    expect(to).toBeGreaterThan(5010);
    expect(to - from).toBeLessThan(40);
  });

  test('stays inside the list at both ends, and survives a list that shrank', () => {
    expect(visibleRange(0, 600, 3)).toEqual({ from: 0, to: 3 });
    expect(visibleRange(90_000, 600, 3)).toEqual({ from: 3, to: 3 });
    expect(visibleRange(0, 600, 0)).toEqual({ from: 0, to: 0 });
  });

  test('keys stop at the ends', () => {
    expect(rowAfterKey('ArrowUp', 0, 5, 3)).toBe(0);
    expect(rowAfterKey('ArrowDown', 4, 5, 3)).toBe(4);
    expect(rowAfterKey('PageDown', 1, 5, 3)).toBe(4);
    expect(rowAfterKey('PageUp', 1, 5, 3)).toBe(0);
    expect(rowAfterKey('End', 0, 5, 3)).toBe(4);
    expect(rowAfterKey('x', 0, 5, 3)).toBeNull();
  });

  test('scrolls only when the row is out of view, and only as far as needed', () => {
    expect(scrollToShow(2, 0, 10 * rowHeight)).toBe(0);
    expect(scrollToShow(2, 5 * rowHeight, 10 * rowHeight)).toBe(2 * rowHeight);
    expect(scrollToShow(12, 0, 10 * rowHeight)).toBe(3 * rowHeight);
  });
});
