// From a key press to the keys of a shortcut as the settings write them. Pure.

export interface PressedKeys {
  /** As in `KeyboardEvent.code`: the place of the key, whatever it writes. */
  readonly code: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

/** `Control+Alt+T`; null while only modifiers are held, or for keys that make no shortcut. Shift alone would take a letter away. */
export function shortcutOf(pressed: PressedKeys, isMac: boolean): string | null {
  const key = keyOf(pressed.code);
  if (key === null || !(pressed.ctrl || pressed.alt || pressed.meta)) return null;
  return [
    pressed.ctrl ? 'Control' : '',
    pressed.alt ? 'Alt' : '',
    pressed.shift ? 'Shift' : '',
    pressed.meta ? (isMac ? 'Command' : 'Super') : '',
    key,
  ]
    .filter((part) => part !== '')
    .join('+');
}

function keyOf(code: string): string | null {
  const named = /^(?:Key([A-Z])|Digit([0-9])|Arrow(Up|Down|Left|Right)|(F[1-9][0-9]?|Space))$/.exec(code);
  return named === null ? null : (named.slice(1).find((part) => part !== undefined) ?? null);
}
