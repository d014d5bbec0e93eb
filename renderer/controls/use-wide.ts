import { useSyncExternalStore } from 'react';

/** From this width on, in CSS px, list and detail stand side by side. The same number is in alerts/alerts.css. */
const wide = window.matchMedia('(min-width: 760px)');

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
}

/** True while list and detail have room beside each other. Zooming in makes a window narrow, too. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches);
}
