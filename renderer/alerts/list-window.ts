// Which rows of a long list are drawn, and where a key leads. Pure: every row is `rowHeight` high.

/** Height of a row in CSS px: two lines. The only place that says so. */
export const rowHeight = 54;

/** Rows drawn beyond each edge, so that a quick scroll meets rows, not a gap. */
const overscan = 8;

export interface RowRange {
  /** First row drawn. */
  readonly from: number;
  /** One past the last. */
  readonly to: number;
}

export function visibleRange(scrollTop: number, height: number, count: number): RowRange {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const to = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + overscan);
  return { from: Math.min(from, to), to };
}

/** The row a key leads to, or null when the key does not move. `page` is the number of whole rows in view. */
export function rowAfterKey(key: string, index: number, count: number, page: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, index + page);
    case 'PageUp':
      return Math.max(0, index - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Where to scroll so that a row is in view; the same place when it is already. */
export function scrollToShow(index: number, scrollTop: number, height: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
