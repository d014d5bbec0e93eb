// When an open critical alert that nobody has acknowledged is said again: every few minutes twelve times, then hourly.
// Pure. The slots hang on the moment it became open and unacknowledged, and the slot that was said last follows from when
// something was last said: so a restart continues the cadence from what the timeline has, and no slot comes twice.
import type { AlertChange, AlertId } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';

export interface Reminded {
  /** Epoch ms: since then it is open, critical and unacknowledged. */
  readonly since: number;
  /** Epoch ms: when it was last said, or withheld for a reason; not before `since`. */
  readonly saidAt: number;
}

const shortSlots = 12;
const minuteMs = 60_000;
/** Between the later ones; never less than before. */
const longSlotMs = 60 * minuteMs;

/** Epoch ms of the next reminder, or null when reminders are off (`everyMinutes` 0). */
export function nextReminderAt({ since, saidAt }: Reminded, everyMinutes: number): number | null {
  if (everyMinutes <= 0) return null;
  const shortMs = everyMinutes * minuteMs;
  const shortEnd = since + shortSlots * shortMs;
  // The slot nearest to what was said last counts as said: what came shortly before its slot has already reminded.
  const said = Math.round((Math.max(since, saidAt) - since) / shortMs);
  if (said < shortSlots) return since + (said + 1) * shortMs;
  const longMs = Math.max(longSlotMs, shortMs);
  return shortEnd + (Math.round((Math.max(shortEnd, saidAt) - shortEnd) / longMs) + 1) * longMs;
}

/** Changes with which an alert becomes open and unacknowledged, or critical. */
const beginnings: ReadonlySet<AlertChange['kind']> = new Set([
  'opened',
  'reopened',
  'level-rose',
  'snooze-ended',
  'unacknowledged',
  'unsnoozed',
]);

/** Every open critical alert that nobody has acknowledged, and when it was last said. */
export class ReminderBook {
  readonly #entries: Map<AlertId, Reminded>;

  constructor(known: Iterable<readonly [AlertId, Reminded]>) {
    this.#entries = new Map(known);
  }

  /** Takes a change in; epoch ms of the next reminder of this alert, or null. */
  follow({ alert, kind, at }: AlertChange, everyMinutes: number): number | null {
    if (alert.priority !== 'critical' || placeOf(alert) !== 'open') {
      this.#entries.delete(alert.id);
      return null;
    }
    const known = this.#entries.get(alert.id);
    const entry = known === undefined || beginnings.has(kind) ? { since: at, saidAt: at } : known;
    this.#entries.set(alert.id, entry);
    return nextReminderAt(entry, everyMinutes);
  }

  since(id: AlertId): number | null {
    return this.#entries.get(id)?.since ?? null;
  }

  /** It was said just now, or withheld for a reason. */
  noteSaid(id: AlertId, at: number): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#entries.set(id, { ...entry, saidAt: at });
  }

  /** Whose reminder is due, and when to ask again. Slots that passed unheard, such as in a sleep, are one. */
  due(
    everyMinutes: number,
    now: number,
  ): { readonly ids: readonly AlertId[]; readonly nextAt: number | null } {
    const ids: AlertId[] = [];
    let nextAt: number | null = null;
    for (const [id, entry] of this.#entries) {
      const at = nextReminderAt(entry, everyMinutes);
      if (at === null) break;
      const isDue = at <= now;
      if (isDue) ids.push(id);
      const next = isDue ? nextReminderAt({ ...entry, saidAt: now }, everyMinutes) : at;
      if (next !== null && (nextAt === null || next < nextAt)) nextAt = next;
    }
    return { ids, nextAt };
  }
}
