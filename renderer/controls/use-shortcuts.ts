import { useEffect, useRef } from 'react';
import { type Command, commandFor, type KeyPress } from './shortcuts.ts';

/** A handler returns false to leave the key to whoever has the focus. */
export type CommandHandlers = { readonly [Name in Command]?: () => unknown };

/** Listens on the whole window, before the lists and buttons do. */
export function useShortcuts(handlers: CommandHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return;
      const command = commandFor({
        key: event.key,
        shift: event.shiftKey,
        ctrlOrMeta: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        focus: focusOf(event.target),
      });
      const handler = command === null ? undefined : latest.current[command];
      if (handler === undefined || handler() === false) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}

function focusOf(target: EventTarget | null): KeyPress['focus'] {
  if (!(target instanceof HTMLElement) || target === document.body) return 'elsewhere';
  if (target.closest('[role="menu"], dialog, [data-takes-keys]') !== null) return 'menu';
  if (target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select')) return 'field';
  if (target.getAttribute('role') === 'row') return 'row';
  return 'button';
}
