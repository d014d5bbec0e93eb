// What the events of one delivery do, within an open transaction. Intake and parsing again share it.
import { hash } from 'node:crypto';
import type { AlertId, SourceId, Verdict } from '../../shared/alert.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import type { AlertEvent } from './alert-event.ts';
import type { AlertStore } from './alert-store.ts';
import type { Episode, EventOrigin, Outcome, Problem } from './episode.ts';
import { applyEvent, applyRetry, touchedAlerts } from './lifecycle.ts';
import type { Transaction } from './transaction.ts';

/** What a delivery says, read. */
export type DeliveryContent =
  | {
      readonly kind: 'events';
      readonly events: readonly AlertEvent[];
      readonly remarks: readonly ReasonName[];
    }
  | {
      readonly kind: 'no-events';
      readonly verdict: Verdict;
      readonly reason: ReasonName;
      readonly remarks: readonly ReasonName[];
    };

/** What became of it. */
export interface Applied {
  readonly verdict: Verdict;
  /** Named reasons and remarks, joined by `, `. */
  readonly reason: string;
  readonly alertIds: readonly AlertId[];
}

/** A sender's clock may be wrong; a time this far ahead of ours would make every later message look old. */
const farAheadMs = 5 * 60 * 1000;

/** Applies what a delivery says. `now`: when it was received. */
export function applyContent(
  transaction: Transaction,
  store: AlertStore,
  content: DeliveryContent,
  origin: EventOrigin,
  now: number,
): Applied {
  if (content.kind === 'no-events') return withoutEvents(content);
  const outcomes = content.events.map((event) => {
    const isNew = !canBeRetry(event) || store.rememberEvent(event.sentAt, identityOf(event, origin.sourceId));
    return applyOne(transaction, store, event, isNew, origin, now);
  });
  return summarize(outcomes, content.remarks);
}

/** The verdict of a delivery without any event. */
export function withoutEvents(content: Extract<DeliveryContent, { kind: 'no-events' }>): Applied {
  return {
    verdict: content.verdict,
    reason: [content.reason, ...content.remarks].join(', '),
    alertIds: [],
  };
}

/**
 * Without a sender time a retry cannot be told from a repeat, and with the time of the beginning neither; then it counts as a
 * repeat, which is silent too.
 */
export function canBeRetry(event: AlertEvent): event is AlertEvent & { readonly sentAt: number } {
  return event.sentAt !== null && !(event.kind === 'firing' && event.timeIsStart === true);
}

/** Applies one event; `isNew` is false for the very same message again. */
export function applyOne(
  transaction: Transaction,
  store: AlertStore,
  event: AlertEvent,
  isNew: boolean,
  origin: EventOrigin,
  now: number,
): Outcome {
  const problem = transaction.problem(origin.sourceId, event.key);
  const outcome = isNew
    ? applyEvent(problem, trustTime(event, now), origin, now, transaction.nextAlert)
    : applyRetry(problem, now, episodeNamed(transaction, store, problem, event.episodeName));
  transaction.apply(outcome.problem, outcome.steps);
  return outcome;
}

/** One verdict for all events of a delivery, every reason once. */
export function summarize(outcomes: readonly Outcome[], remarks: readonly ReasonName[]): Applied {
  const verdicts = new Set(outcomes.map((outcome) => outcome.verdict));
  const reasons = new Set([...outcomes.map((outcome) => outcome.reason), ...remarks]);
  const [verdict = 'ignored', ...others] = verdicts;
  return {
    verdict: others.length === 0 ? verdict : 'mixed',
    reason: reasons.size === 0 ? 'no-events' : [...reasons].join(', '),
    alertIds: [...new Set(outcomes.flatMap(touchedAlerts))],
  };
}

/** Product: same key, state, level and sender time is the same delivery again; the time stands beside it. 16 bytes. */
export function identityOf(event: AlertEvent, sourceId: SourceId): Uint8Array {
  const state = event.kind === 'firing' && event.noData ? 'no-data' : event.kind;
  return hash(
    'sha256',
    [sourceId, event.key, state, event.description.level ?? ''].join('\n'),
    'buffer',
  ).subarray(0, 16);
}

/** A retry speaks of the episode it names, also when that was superseded; without a name of the newest. */
function episodeNamed(
  transaction: Transaction,
  store: AlertStore,
  problem: Problem,
  name: string | null,
): Episode | null {
  const { last } = problem;
  if (last === null || name === null || last.episodeName === null || last.episodeName === name) return last;
  const stored = store.loadEpisodeByName(problem.sourceId, problem.key, name);
  return stored === null ? last : transaction.touched(stored);
}

function trustTime(event: AlertEvent, now: number): AlertEvent {
  return event.sentAt !== null && event.sentAt > now + farAheadMs ? { ...event, sentAt: now } : event;
}
