// How a transition is written down: the state after it, the change everybody is told, the line in the timeline.
import type { Alert, AlertChangeKind, ResolvedBy } from '../../shared/alert.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import type { Episode, Step } from './episode.ts';

/** The end of an episode. */
export function resolveStep(
  episode: Episode,
  by: ResolvedBy,
  cause: Step['change']['cause'],
  reason: ReasonName,
  text: string,
  now: number,
): Step {
  const alert: Alert = {
    ...episode.alert,
    state: 'resolved',
    snoozedUntil: null,
    resolvedAt: now,
    resolvedBy: by,
  };
  return stepOf(episode, alert, 'resolved', reason, cause, now, { kind: 'resolved', text });
}

/** From the episode before to the alert after it. */
export function stepOf(
  before: Episode,
  alert: Alert,
  kind: AlertChangeKind,
  reason: ReasonName,
  cause: Step['change']['cause'],
  now: number,
  entry: Pick<NonNullable<Step['entry']>, 'kind' | 'text'> | null,
): Step {
  const { state, priority, level, snoozedUntil } = before.alert;
  return {
    episode: { ...before, alert },
    change: { at: now, kind, reason, cause, before: { state, priority, level, snoozedUntil } },
    entry: entry === null ? null : { at: now, reason, ...entry },
  };
}
