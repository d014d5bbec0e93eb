import { useEffect, useMemo, useRef, useState } from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';
import { type HeldOrder, holdOrder } from './held-order.ts';

/**
 * True while somebody is at the list: the pointer is inside, or the focus is and the window has the focus too.
 * A focus left behind in a window in the background holds nothing.
 */
export function useHold(element: HTMLElement | null): boolean {
  const [hasPointer, setPointer] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  useEffect(() => {
    if (element === null) return undefined;
    const enter = (): void => setPointer(true);
    const leave = (): void => setPointer(false);
    const look = (): void => setFocus(document.hasFocus() && element.contains(document.activeElement));
    // Focus moves from row to row by way of nobody: look once it has arrived.
    const lookSoon = (): void => queueMicrotask(look);
    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('focusin', look);
    element.addEventListener('focusout', lookSoon);
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    return () => {
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('focusin', look);
      element.removeEventListener('focusout', lookSoon);
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
    };
  }, [element]);
  return hasPointer || hasFocus;
}

/** The rows to draw. A new `occasion` (another filter, "show new") lays them out afresh even while held. */
export function useHeldRows(
  wanted: readonly Alert[],
  held: boolean,
  occasion: unknown,
  current: (id: AlertId) => Alert | undefined,
): HeldOrder {
  const before = useRef<{ occasion: unknown; rows: readonly Alert[] }>({ occasion: null, rows: [] });
  const order = useMemo(
    () => holdOrder(before.current.occasion === occasion ? before.current.rows : [], wanted, held, current),
    [wanted, held, occasion, current],
  );
  useEffect(() => {
    before.current = { occasion, rows: order.rows };
  }, [occasion, order]);
  return order;
}
