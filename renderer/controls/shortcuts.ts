// Which key means what. Pure; the screens carry the commands out.

export type Command =
  | 'up'
  | 'down'
  | 'open'
  | 'acknowledge'
  | 'acknowledge-selected'
  | 'snooze'
  | 'resolve'
  | 'note'
  | 'copy'
  | 'open-link'
  | 'select'
  | 'search'
  | 'only-critical'
  | 'only-medium'
  | 'only-low'
  | 'undo'
  | 'help'
  | 'escape';

export interface KeyPress {
  /** As in `KeyboardEvent.key`. */
  readonly key: string;
  readonly shift: boolean;
  readonly ctrlOrMeta: boolean;
  readonly alt: boolean;
  /** What has the focus: letters belong to a field or menu, Enter, Space and arrows to a button or text. */
  readonly focus: 'row' | 'button' | 'field' | 'menu' | 'elsewhere';
}

const letters: Readonly<Record<string, Command>> = {
  j: 'down',
  k: 'up',
  a: 'acknowledge',
  s: 'snooze',
  e: 'resolve',
  n: 'note',
  c: 'copy',
  o: 'open-link',
  '/': 'search',
  '?': 'help',
  '1': 'only-critical',
  '2': 'only-medium',
  '3': 'only-low',
};

/** The command of a key press, or null when the key belongs to somebody else. */
export function commandFor(press: KeyPress): Command | null {
  if (press.focus === 'menu' || press.alt) return null;
  if (press.key === 'Escape') return 'escape';
  if (press.focus === 'field') return null;
  if (press.ctrlOrMeta) return press.key.toLowerCase() === 'z' && !press.shift ? 'undo' : null;
  if (press.key === 'A' && press.shift) return 'acknowledge-selected';
  if (press.key === 'Enter') return press.focus === 'row' ? 'open' : null;
  if (press.key === ' ') return press.focus === 'row' ? 'select' : null;
  // Arrows inside the list are the list's own; elsewhere they enter it.
  if (press.key === 'ArrowDown') return press.focus === 'elsewhere' ? 'down' : null;
  if (press.key === 'ArrowUp') return press.focus === 'elsewhere' ? 'up' : null;
  if (press.shift && press.key !== '?' && press.key !== '/') return null;
  return letters[press.key] ?? null;
}
