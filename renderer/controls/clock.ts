// The window's only clock. Ages tick every ten seconds, and not at all while nobody can see them.
import { useSyncExternalStore } from 'react';

const tickMs = 10_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function run(): void {
  const needed = listeners.size > 0 && document.visibilityState === 'visible';
  if (needed && timer === null) {
    timer = setInterval(tick, tickMs);
    tick();
  } else if (!needed && timer !== null) {
    clearInterval(timer);
    timer = null;
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', run);
  listeners.add(listener);
  run();
  return () => {
    listeners.delete(listener);
    run();
    if (listeners.size === 0) document.removeEventListener('visibilitychange', run);
  };
}

/** Now, epoch ms, as of the last tick. Rerenders the caller with each tick: keep the callers small. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** Now, epoch ms, to the millisecond: for acting, not for drawing. */
export function readClock(): number {
  return Date.now();
}
