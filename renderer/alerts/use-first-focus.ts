import { type RefObject, useEffect, useRef } from 'react';
import type { AlertId } from '../../shared/alert.ts';
import type { AlertListHandle } from './AlertList.tsx';

/**
 * Whoever opens the window by keyboard can act at once: the focus is put on a row when the window or the screen is shown,
 * unless something has it already. Never because an alert came in.
 *
 * @param id the row that receives it; null: none can
 * @param isKnown whether the rows are known yet
 */
export function useFirstFocus(
  list: RefObject<AlertListHandle | null>,
  id: AlertId | null,
  isKnown: boolean,
): void {
  const isDue = useRef(true);
  useEffect(() => {
    if (!isDue.current || !isKnown) return;
    isDue.current = false;
    // On the way from another screen the focus may rest on the button that led there.
    if (isFree() || document.activeElement?.closest('nav') !== null) focusRow(list.current, id);
  }, [list, id, isKnown]);
  useEffect(() => {
    let frame = 0;
    const onShown = (): void => {
      // Not at once: the click that brought the window to the front may be about to focus something.
      frame = requestAnimationFrame(() => {
        if (isFree()) focusRow(list.current, id);
      });
    };
    window.addEventListener('focus', onShown);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('focus', onShown);
    };
  }, [list, id]);
}

function isFree(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function focusRow(list: AlertListHandle | null, id: AlertId | null): void {
  if (id !== null) list?.focusRow(id);
}
