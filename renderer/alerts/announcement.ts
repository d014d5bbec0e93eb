// What a screen reader says when something happens. Pure.
import type { AlertChange } from '../../shared/alert.ts';
import type { WindowText } from '../../shared/text/window-text.ts';

export interface Announcement {
  readonly urgency: 'assertive' | 'polite';
  readonly sentence: string;
}

/** New criticals interrupt, new mediums wait their turn, everything else is silent. Many at once are one sentence. */
export function announcementOf(changes: readonly AlertChange[], text: WindowText): Announcement | null {
  const loud = changes.filter(
    (change) =>
      change.alert.state === 'open' &&
      // What somebody did in this window needs no second voice.
      change.cause !== 'person' &&
      (change.kind === 'opened' ||
        change.kind === 'reopened' ||
        change.kind === 'level-rose' ||
        change.kind === 'snooze-ended'),
  );
  for (const priority of ['critical', 'medium'] as const) {
    const of = loud.filter((change) => change.alert.priority === priority);
    const first = of[0];
    if (first === undefined) continue;
    const word = text.priority[priority];
    return {
      urgency: priority === 'critical' ? 'assertive' : 'polite',
      sentence:
        of.length === 1
          ? text.newAlert(word, first.alert.title || text.noTitle, first.alert.resource)
          : text.severalNew(of.length, word),
    };
  }
  return null;
}
