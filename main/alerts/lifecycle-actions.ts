// What a person and the passing of time do to an alert. Pure, like lifecycle.ts, which has the table of what events do.
import type { Alert } from '../../shared/alert.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { type Episode, isRecoveredSince, type Problem, type Step } from './episode.ts';
import { resolveStep, stepOf } from './steps.ts';

/** What a person can do to an alert, by itself. */
export type Action =
  | { readonly kind: 'acknowledge'; readonly note: string | null }
  | { readonly kind: 'unacknowledge' }
  | { readonly kind: 'snooze'; readonly until: number }
  | { readonly kind: 'unsnooze' }
  | { readonly kind: 'resolve'; readonly note: string | null }
  | { readonly kind: 'note'; readonly text: string };

/** The longest a snooze may last. */
export const longestSnoozeMs = 7 * 24 * 60 * 60 * 1000;

/** So long after it closing by hand can be taken back. */
const reopenWithinMs = 60_000;

/** What a person's action does; null when there is nothing left to do (already acknowledged, already over, ...). */
export function applyAction(episode: Episode, action: Action, now: number): Step | null {
  const { alert } = episode;
  const over = alert.state === 'resolved';
  switch (action.kind) {
    case 'acknowledge': {
      if (over) return null;
      if (alert.state === 'acknowledged' && alert.snoozedUntil === null)
        return noteStep(episode, action.note, now);
      const acknowledged: Alert = {
        ...alert,
        state: 'acknowledged',
        acknowledgedAt: alert.acknowledgedAt ?? now,
        acknowledgeNote: action.note ?? alert.acknowledgeNote,
        snoozedUntil: null,
      };
      return stepOf(episode, acknowledged, 'acknowledged', 'acknowledged-by-user', 'person', now, {
        kind: 'acknowledged',
        text: action.note ?? '',
      });
    }
    case 'unacknowledge': {
      if (alert.state !== 'acknowledged') return null;
      const open: Alert = { ...alert, state: 'open', acknowledgedAt: null, acknowledgeNote: null };
      return stepOf(episode, open, 'unacknowledged', 'taken-back-by-user', 'person', now, {
        kind: 'unacknowledged',
        text: '',
      });
    }
    case 'snooze': {
      const until = Math.min(action.until, now + longestSnoozeMs);
      if (over || until <= now) return null;
      const snoozed: Alert = { ...alert, snoozedUntil: until };
      return stepOf(episode, snoozed, 'snoozed', 'snoozed-by-user', 'person', now, {
        kind: 'snoozed',
        text: new Date(until).toISOString(),
      });
    }
    case 'unsnooze': {
      if (over || alert.snoozedUntil === null) return null;
      return stepOf(
        episode,
        { ...alert, snoozedUntil: null },
        'unsnoozed',
        'unsnoozed-by-user',
        'person',
        now,
        {
          kind: 'unsnoozed',
          text: '',
        },
      );
    }
    case 'resolve':
      if (over) return noteStep(episode, action.note, now);
      return resolveStep(episode, 'user', 'person', 'closed-by-user', action.note ?? '', now);
    case 'note':
      return noteStep(episode, action.text, now);
    default:
      return assertNever(action);
  }
}

/**
 * Takes closing by hand back: the alert is open or acknowledged as it was. Null when that is too late, or when the source has
 * gone on since: a newer episode would be open twice, and after a recovery nobody would close it again. A recovery without
 * time and name leaves no trace; the minute is the only guard there.
 */
export function applyReopen(problem: Problem, episode: Episode, now: number): Step | null {
  const { alert } = episode;
  if (alert.resolvedBy !== 'user' || now - (alert.resolvedAt ?? 0) >= reopenWithinMs) return null;
  if (problem.last?.alert.id !== alert.id) return null;
  if (isRecoveredSince(problem, episode)) return null;
  const back: Alert = {
    ...alert,
    state: alert.acknowledgedAt === null ? 'open' : 'acknowledged',
    resolvedAt: null,
    resolvedBy: null,
  };
  return stepOf(episode, back, 'reopened', 'reopened-by-user', 'person', now, { kind: 'opened', text: '' });
}

/** Words a person wrote are kept, also when there is nothing else left to do. */
function noteStep(episode: Episode, text: string | null, now: number): Step | null {
  if (text === null) return null;
  return stepOf(episode, episode.alert, 'noted', 'note', 'person', now, { kind: 'noted', text });
}

/**
 * What the passing of time does; null when nothing is due. `closeAfterMinutes` is the rule of the source: an alert of which
 * nothing was heard for so long is closed, acknowledged or snoozed or not; null closes nothing by silence.
 */
export function applyTime(episode: Episode, closeAfterMinutes: number | null, now: number): Step | null {
  const { alert } = episode;
  if (alert.state === 'resolved') return null;
  if (closeAfterMinutes !== null && alert.lastEventAt + closeAfterMinutes * 60_000 <= now)
    return resolveStep(episode, 'time', 'time', 'closed-by-time', String(closeAfterMinutes), now);
  if (alert.snoozedUntil === null || alert.snoozedUntil > now) return null;
  const awake: Alert = {
    ...alert,
    state: 'open',
    acknowledgedAt: null,
    acknowledgeNote: null,
    snoozedUntil: null,
  };
  return stepOf(episode, awake, 'snooze-ended', 'snooze-ended', 'time', now, { kind: 'unsnoozed', text: '' });
}
