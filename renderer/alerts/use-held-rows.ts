import { useEffect, useMemo, useRef, useState } from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';
import { readClock } from '../controls/clock.ts';
import { type HeldOrder, holdOrder } from './held-order.ts';
import { isSomebodyThere, nobody, type Presence, restMs } from './presence.ts';

/** True while somebody is at the list (see presence.ts). */
export function useHold(element: HTMLElement | null): boolean {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (element === null) return undefined;
    let presence: Presence = nobody;
    let place = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = (news: Partial<Presence>): void => {
      presence = { ...presence, ...news };
      setHeld(isSomebodyThere(presence, readClock()));
    };
    const stir = (): void => {
      note({ stirredAt: readClock() });
      clearTimeout(timer);
      timer = setTimeout(() => note({}), restMs);
    };
    // Rows that move under a resting pointer make events too: only another place on the screen is a movement.
    const isElsewhere = (event: PointerEvent): boolean => {
      const before = place;
      place = `${event.screenX} ${event.screenY}`;
      return place !== before;
    };
    const enter = (event: PointerEvent): void => {
      isElsewhere(event);
      note({ hasPointer: true });
    };
    const leave = (): void => note({ hasPointer: false });
    const move = (event: PointerEvent): void => {
      if (isElsewhere(event)) stir();
    };
    const lookAtFocus = (): void =>
      note({ hasFocus: document.hasFocus() && element.contains(document.activeElement) });
    // Focus moves from row to row by way of nobody: look once it has arrived.
    const lookSoon = (): void => queueMicrotask(lookAtFocus);
    element.addEventListener('pointerenter', enter);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerdown', stir);
    element.addEventListener('wheel', stir, { passive: true });
    element.addEventListener('focusin', lookAtFocus);
    element.addEventListener('focusout', lookSoon);
    window.addEventListener('focus', lookAtFocus);
    window.addEventListener('blur', lookAtFocus);
    window.addEventListener('keydown', stir, true);
    return () => {
      clearTimeout(timer);
      setHeld(false);
      element.removeEventListener('pointerenter', enter);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerdown', stir);
      element.removeEventListener('wheel', stir);
      element.removeEventListener('focusin', lookAtFocus);
      element.removeEventListener('focusout', lookSoon);
      window.removeEventListener('focus', lookAtFocus);
      window.removeEventListener('blur', lookAtFocus);
      window.removeEventListener('keydown', stir, true);
    };
  }, [element]);
  return isHeld;
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
