// When toasts wait: the daily quiet hours, and the quiet somebody asked for. Pure; local time is the process's time zone.
//
// A stretch of quiet hours is two instants, not a range of clock readings: on the night when the clocks go back a reading
// comes twice, and "is it before 02:30" would begin the quiet again after it had ended.
import type { Quiet } from '../../shared/bridge.ts';
import type { Settings } from '../../shared/settings.ts';

/** The longest quiet somebody can ask for: nobody may forget it for days. */
export const longestQuietMs = 24 * 60 * 60 * 1000;

export interface QuietRules {
  readonly quietHours: Settings['quietHours'];
  /** Epoch ms, or null: nobody asked for it. */
  readonly quietUntil: number | null;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Whether it is quiet at `now`; where both hold, the one that ends last. */
export function quietAt({ quietHours, quietUntil }: QuietRules, now: number): Quiet | null {
  const hours = stretchesAround(quietHours, now).find(({ from, to }) => from <= now && now < to);
  const asked = quietUntil !== null && now < quietUntil ? quietUntil : null;
  if (asked !== null && asked >= (hours?.to ?? 0)) return { reason: 'quiet-for-now', until: asked };
  return hours === undefined ? null : { reason: 'quiet-hours', until: hours.to };
}

/** When to ask `quietAt` again: the end of what is quiet now, or the next beginning; null when nothing is ahead. */
export function nextQuietChange(rules: QuietRules, now: number): number | null {
  const quiet = quietAt(rules, now);
  if (quiet !== null) return quiet.until;
  const begins = stretchesAround(rules.quietHours, now)
    .map(({ from }) => from)
    .filter((from) => from > now);
  return begins.length === 0 ? null : Math.min(...begins);
}

/** Next 09:00 by the clock of this computer, at least a minute away. */
export function nextMorning(now: number): number {
  const morning = atTimeOfDay(now, 0, '09:00');
  return morning - now >= 60_000 ? morning : atTimeOfDay(now, 1, '09:00');
}

/** Those that begin yesterday, today and tomorrow: one of them covers `now`, or the next one is among them. */
function stretchesAround({ enabled, from, to }: Settings['quietHours'], now: number): readonly Stretch[] {
  if (!enabled) return [];
  const overnight = from >= to ? 1 : 0;
  return (
    [-1, 0, 1]
      .map((day) => ({ from: atTimeOfDay(now, day, from), to: atTimeOfDay(now, day + overnight, to) }))
      // From 22:00 to 22:00 would be the whole day: whoever wants that turns notifications off elsewhere.
      .filter((stretch) => from !== to && stretch.from < stretch.to)
  );
}

/** `HH:MM` of the day that is `days` after the one of `now`. A reading that the clocks skip is taken as the hour after. */
function atTimeOfDay(now: number, days: number, time: string): number {
  const day = new Date(now);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, hours, minutes).getTime();
}
