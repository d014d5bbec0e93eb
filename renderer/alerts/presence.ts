// Whether somebody is at the list. Pure: times are epoch ms.

/** Without a movement or a key for so long nobody is at the list any more, wherever pointer and focus rest. */
export const restMs = 30_000;

export interface Presence {
  readonly hasPointer: boolean;
  /** The focus is inside, and the window has the focus too. */
  readonly hasFocus: boolean;
  /** When the pointer last moved inside or a key was last pressed; null: not yet. */
  readonly stirredAt: number | null;
}

export const nobody: Presence = { hasPointer: false, hasFocus: false, stirredAt: null };

/** True while rows must stay where they are. Focus alone is nobody: it is put there when the window opens. */
export function isSomebodyThere({ hasPointer, hasFocus, stirredAt }: Presence, now: number): boolean {
  return (hasPointer || hasFocus) && stirredAt !== null && now - stirredAt < restMs;
}
