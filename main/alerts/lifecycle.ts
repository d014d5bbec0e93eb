// The life of an alert. Pure: state and event in, state and named reason out; the time is an argument.
//
//   now         hears                                    becomes       verdict, reason
//   (nothing)   firing                                   open          opened
//   (nothing)   firing, not newer than the recovery      -             late, recovered-already
//   (nothing)   recovered                                -             orphan-recovery
//   open, ack   firing, newer or without a time          same          repeated | level-changed
//   open, ack   firing, same time, which is its start    same          repeated (Alertmanager names no other time)
//   open, ack   firing, worse                            open          level-changed, level-rose: ack and snooze end
//   open, ack   firing, older than what is applied       same          late, older-than-newest
//   open, ack   firing of another named episode, newer   resolved      the OK of the old one was lost: superseded,
//                                                        + a new open  opened
//   open, ack   recovered, not older than the firing     resolved      resolved
//   open, ack   recovered, older than the firing         same          late, older-than-newest
//   open        acknowledged there, not older            ack           acknowledged
//   not open    test                                     + a resolved  test
//   open, ack   test                                     same          test
//   closed by   firing, newer, of the same episode,      open          opened, reopened-after-user
//   hand/time   no recovery since it fired
//   over        firing, newer                            + a new open  opened
//   over        firing of a sender that names only the   + a new open  opened
//               start, a minute after the recovery
//   over        recovered                                same          orphan-recovery
//
// At equal sender times a recovery wins over a firing and a worse level over a better one, whatever came first:
// so every order of the same messages ends in the same state.
import type { Alert, AlertChangeKind, AlertId } from '../../shared/alert.ts';
import { assertNever } from '../../shared/assert-never.ts';
import { priorityByRules } from '../../shared/fired-level.ts';
import { isRise, type Priority, worst } from '../../shared/priority.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import type { AlertEvent } from './alert-event.ts';
import {
  type Episode,
  type EventOrigin,
  isRecoveredSince,
  type NextAlertId,
  openEpisode,
  type Outcome,
  type Problem,
  rememberedOpenings,
  type Step,
} from './episode.ts';
import { resolveStep, stepOf } from './steps.ts';

type Firing = Extract<AlertEvent, { kind: 'firing' }>;
type Recovered = Extract<AlertEvent, { kind: 'recovered' }>;
type Test = Extract<AlertEvent, { kind: 'test' }>;

/** What one event of a source does to its problem. Exact retries are found before this is asked (see ingest). */
export function applyEvent(
  problem: Problem,
  event: AlertEvent,
  origin: EventOrigin,
  now: number,
  nextId: NextAlertId,
): Outcome {
  switch (event.kind) {
    case 'firing':
      return applyFiring(problem, event, origin, now, nextId);
    case 'recovered':
      return applyRecovered(problem, event, now);
    case 'acknowledged':
      return applyAcknowledgedThere(problem, event, now);
    case 'test':
      return applyTest(problem, event, origin, now, nextId);
    default:
      return assertNever(event);
  }
}

function applyFiring(
  problem: Problem,
  event: Firing,
  origin: EventOrigin,
  now: number,
  nextId: NextAlertId,
): Outcome {
  if (event.noData && origin.noData === 'ignore') {
    return { verdict: 'ignored', reason: 'no-data-ignored', problem, steps: [] };
  }
  const open = openEpisode(problem);
  if (open === null) return startOrReopen(problem, event, origin, now, nextId);
  const another = isAnotherEpisode(event.episodeName, open.episodeName);
  if (isOlder(event.sentAt, open.sentAt) || isRecoveredAlready(problem, event, now)) {
    const reason = another ? 'older-episode' : 'older-than-newest';
    return heardAgain(problem, open, now, { verdict: 'late', reason, occurrence: !another });
  }
  if (another && event.sentAt === open.sentAt && event.sentAt !== null) {
    return heardAgain(problem, open, now, { verdict: 'late', reason: 'older-episode', occurrence: false });
  }
  if (another) {
    const over = resolveStep(open, 'superseded', 'event', 'superseded', '', now);
    const started = startOrReopen({ ...problem, last: over.episode }, event, origin, now, nextId);
    return { ...started, steps: [over, ...started.steps] };
  }
  return repeat(problem, open, event, origin, now);
}

function startOrReopen(
  problem: Problem,
  event: Firing,
  origin: EventOrigin,
  now: number,
  nextId: NextAlertId,
): Outcome {
  const { last } = problem;
  if (isRecoveredAlready(problem, event, now)) {
    const target = last !== null && last.episodeName === event.episodeName ? last : null;
    if (target === null) return { verdict: 'late', reason: 'recovered-already', problem, steps: [] };
    return heardAgain(problem, target, now, {
      verdict: 'late',
      reason: 'recovered-already',
      occurrence: true,
    });
  }
  const closedHere = last !== null && (last.alert.resolvedBy === 'user' || last.alert.resolvedBy === 'time');
  const goesOn = closedHere && !isRecoveredSince(problem, last);
  if (goesOn && !isAnotherEpisode(event.episodeName, last.episodeName)) {
    if (isOlder(event.sentAt, last.sentAt)) {
      return heardAgain(problem, last, now, {
        verdict: 'late',
        reason: 'older-than-newest',
        occurrence: true,
      });
    }
    return reopen(problem, last, event, origin, now);
  }
  const episode = newEpisode(problem, event, origin, now, nextId, {
    priority: priorityOf(event, origin),
    level: event.description.level,
    noData: event.noData,
  });
  const step: Step = {
    episode,
    change: { at: now, kind: 'opened', reason: 'opened', cause: 'event', before: null },
    entry: { at: now, kind: 'opened', reason: 'opened', text: history(problem, now) },
  };
  const opened: Problem = {
    ...problem,
    episodes: problem.episodes + 1,
    last: episode,
    openedTimes: [...problem.openedTimes, now].slice(-rememberedOpenings),
  };
  return { verdict: 'opened', reason: 'opened', problem: opened, steps: [step] };
}

/** The first state of a new episode of the problem. */
export function newEpisode(
  problem: Problem,
  event: Pick<AlertEvent, 'key' | 'description' | 'episodeName' | 'sentAt'>,
  origin: Pick<EventOrigin, 'sourceId' | 'sourceKind' | 'sourceName'>,
  now: number,
  nextId: NextAlertId,
  grade: Pick<Alert, 'priority' | 'level' | 'noData'>,
): Episode {
  const alert: Alert = {
    id: nextId(),
    sourceId: origin.sourceId,
    sourceKind: origin.sourceKind,
    sourceName: origin.sourceName,
    key: event.key,
    state: 'open',
    ...grade,
    ...contentOf(event),
    count: 1,
    deliveries: 1,
    episode: problem.episodes + 1,
    openedAt: now,
    lastEventAt: now,
    acknowledgedAt: null,
    acknowledgeNote: null,
    snoozedUntil: null,
    resolvedAt: null,
    resolvedBy: null,
  };
  return { alert, episodeName: event.episodeName, sentAt: event.sentAt, lastDelivery: null };
}

function reopen(problem: Problem, last: Episode, event: Firing, origin: EventOrigin, now: number): Outcome {
  const reason = last.alert.resolvedBy === 'user' ? 'reopened-after-user' : 'reopened-after-time';
  const alert: Alert = {
    ...last.alert,
    ...contentOf(event),
    state: 'open',
    priority: priorityWhileOpen(last, event, origin),
    level: event.description.level ?? last.alert.level,
    noData: event.noData,
    count: last.alert.count + 1,
    deliveries: last.alert.deliveries + 1,
    lastEventAt: now,
    acknowledgedAt: null,
    acknowledgeNote: null,
    snoozedUntil: null,
    resolvedAt: null,
    resolvedBy: null,
  };
  const step = stepOf(last, alert, 'reopened', reason, 'event', now, { kind: 'opened', text: '' });
  const episode: Episode = {
    ...step.episode,
    episodeName: last.episodeName ?? event.episodeName,
    sentAt: later(event.sentAt, last.sentAt),
  };
  return follow(problem, 'opened', reason, { ...step, episode });
}

function repeat(problem: Problem, open: Episode, event: Firing, origin: EventOrigin, now: number): Outcome {
  const { alert: before } = open;
  const priority = priorityWhileOpen(open, event, origin);
  const sameTime = event.sentAt !== null && event.sentAt === open.sentAt;
  const fell = isRise(priority, before.priority);
  if (sameTime && !isRise(before.priority, priority) && (event.timeIsStart !== true || fell)) {
    return heardAgain(problem, open, now, {
      verdict: 'late',
      reason: 'same-time-not-worse',
      occurrence: true,
    });
  }
  const level = event.description.level ?? before.level;
  const rose = isRise(before.priority, priority);
  const kind: AlertChangeKind = rose
    ? 'level-rose'
    : fell
      ? 'level-fell'
      : level === before.level
        ? 'repeated'
        : 'level-changed';
  const alert: Alert = {
    ...before,
    ...contentOf(event),
    priority,
    level,
    noData: event.noData,
    count: before.count + 1,
    deliveries: before.deliveries + 1,
    lastEventAt: now,
    ...(rose ? { state: 'open', acknowledgedAt: null, acknowledgeNote: null, snoozedUntil: null } : {}),
  };
  const reason = kind === 'repeated' ? 'repeat' : kind;
  const step = stepOf(open, alert, kind, reason, 'event', now, {
    kind: kind === 'repeated' ? 'repeated' : 'level-changed',
    text: kind === 'repeated' ? '' : `${before.level ?? before.priority} → ${level ?? priority}`,
  });
  const episode: Episode = {
    ...step.episode,
    episodeName: open.episodeName ?? event.episodeName,
    sentAt: later(event.sentAt, open.sentAt),
  };
  return follow(problem, kind === 'repeated' ? 'repeated' : 'level-changed', reason, { ...step, episode });
}

function applyRecovered(problem: Problem, event: Recovered, now: number): Outcome {
  const open = openEpisode(problem);
  const remembered: Problem = {
    ...problem,
    recoveredAt: later(event.sentAt, problem.recoveredAt),
    recoveredEpisodeName: isOlder(event.sentAt, problem.recoveredAt)
      ? problem.recoveredEpisodeName
      : (event.episodeName ?? problem.recoveredEpisodeName),
  };
  if (open === null) {
    const reason = problem.last === null ? 'nothing-known' : 'already-over';
    return { verdict: 'orphan-recovery', reason, problem: remembered, steps: [] };
  }
  const unplaced = event.sentAt === null && isAnotherEpisode(event.episodeName, open.episodeName);
  if (unplaced || isOlder(event.sentAt, open.sentAt)) {
    const reason = unplaced ? 'another-episode' : 'older-than-newest';
    return heardAgain(remembered, open, now, { verdict: 'late', reason, occurrence: false });
  }
  const heard: Episode = {
    ...open,
    alert: { ...open.alert, deliveries: open.alert.deliveries + 1, lastEventAt: now },
  };
  const text = event.description.value ?? '';
  const step = resolveStep(heard, 'recovery', 'event', 'recovered', text, now);
  return follow(remembered, 'resolved', 'recovered', step);
}

function applyAcknowledgedThere(problem: Problem, event: AlertEvent, now: number): Outcome {
  const open = openEpisode(problem);
  if (open === null) return { verdict: 'ignored', reason: 'nothing-to-acknowledge', problem, steps: [] };
  // Somebody has acknowledged what was, not what is newer.
  if (isOlder(event.sentAt, open.sentAt)) {
    return heardAgain(problem, open, now, {
      verdict: 'late',
      reason: 'older-than-newest',
      occurrence: false,
    });
  }
  if (open.alert.state === 'acknowledged') {
    return heardAgain(problem, open, now, {
      verdict: 'ignored',
      reason: 'already-acknowledged',
      occurrence: false,
    });
  }
  const alert: Alert = {
    ...open.alert,
    state: 'acknowledged',
    acknowledgedAt: now,
    snoozedUntil: null,
    deliveries: open.alert.deliveries + 1,
    lastEventAt: now,
  };
  const step = stepOf(open, alert, 'acknowledged', 'acknowledged-there', 'event', now, {
    kind: 'acknowledged',
    text: '',
  });
  return follow(problem, 'acknowledged', 'acknowledged-there', step);
}

/**
 * A test stands in the list of what is over, so that a person sees that it arrived. It never stays open, and an alert that is
 * open under the same key is not touched by it.
 */
function applyTest(
  problem: Problem,
  event: Test,
  origin: EventOrigin,
  now: number,
  nextId: NextAlertId,
): Outcome {
  const open = openEpisode(problem);
  if (open !== null) {
    return heardAgain(problem, open, now, { verdict: 'test', reason: 'test-message', occurrence: false });
  }
  const episode = newEpisode(problem, event, origin, now, nextId, {
    priority: 'low',
    level: 'TEST',
    noData: false,
  });
  const opened: Step = {
    episode,
    change: { at: now, kind: 'opened', reason: 'test-message', cause: 'event', before: null },
    entry: { at: now, kind: 'opened', reason: 'test-message', text: '' },
  };
  const over = resolveStep(episode, 'recovery', 'event', 'test-message', '', now);
  return {
    verdict: 'test',
    reason: 'test-message',
    problem: { ...problem, episodes: problem.episodes + 1, last: over.episode },
    steps: [opened, over],
  };
}

/**
 * The very same message again: one more delivery, nothing else (product: life of an alert, 7). `heard`: the episode it speaks
 * of, which may be over.
 */
export function applyRetry(problem: Problem, now: number, heard: Episode | null = problem.last): Outcome {
  if (heard === null) return { verdict: 'retry', reason: 'retry', problem, steps: [] };
  const outcome = heardAgain(problem, heard, now, { verdict: 'retry', reason: 'retry', occurrence: false });
  return heard.alert.id === problem.last?.alert.id ? outcome : { ...outcome, problem };
}

/** A message that changes no state is still counted and told, so that a view can say "delivered 3 times". */
function heardAgain(
  problem: Problem,
  episode: Episode,
  now: number,
  heard: { verdict: Outcome['verdict']; reason: ReasonName; occurrence: boolean },
): Outcome {
  const alert: Alert = {
    ...episode.alert,
    count: episode.alert.count + (heard.occurrence ? 1 : 0),
    deliveries: episode.alert.deliveries + 1,
  };
  const step = stepOf(episode, alert, 'repeated', heard.reason, 'event', now, null);
  return follow(problem, heard.verdict, heard.reason, step);
}

function follow(problem: Problem, verdict: Outcome['verdict'], reason: ReasonName, step: Step): Outcome {
  return { verdict, reason, problem: { ...problem, last: step.episode }, steps: [step] };
}

function contentOf(
  event: Pick<AlertEvent, 'description'>,
): Pick<Alert, 'title' | 'text' | 'resource' | 'value' | 'condition' | 'labels' | 'links'> {
  const { title, text, resource, value, condition, labels, links } = event.description;
  return { title, text, resource, value, condition, labels: { ...labels }, links: [...links] };
}

function priorityOf(event: Firing, origin: EventOrigin): Priority {
  return priorityByRules({ level: event.description.level, noData: event.noData }, origin);
}

/** Missing data tells nothing about how bad it is, and a message without a level word neither: both never lower. */
function priorityWhileOpen(open: Episode, event: Firing, origin: EventOrigin): Priority {
  if (event.noData) return worst(open.alert.priority, priorityOf(event, origin));
  if (event.description.level === null) return open.alert.priority;
  return priorityOf(event, origin);
}

function isAnotherEpisode(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b;
}

function isOlder(a: number | null, b: number | null): boolean {
  return a !== null && b !== null && a < b;
}

function later(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/**
 * After this long a firing message cannot have been overtaken by the recovery: who names only the start of an episode
 * (Alertmanager) sends one message after the other, and says the old start again when contact to the monitored is back.
 */
const overtakenMs = 60_000;

function isRecoveredAlready(problem: Problem, event: Firing, now: number): boolean {
  const { last } = problem;
  if (event.timeIsStart === true && last !== null) {
    const { resolvedBy, resolvedAt } = last.alert;
    const saysOpenStart = resolvedAt === null && event.sentAt === last.sentAt;
    if (saysOpenStart || (resolvedBy === 'recovery' && now - (resolvedAt ?? now) > overtakenMs)) return false;
  }
  if (event.sentAt !== null && problem.recoveredAt !== null) return event.sentAt <= problem.recoveredAt;
  return (
    event.sentAt === null && event.episodeName !== null && event.episodeName === problem.recoveredEpisodeName
  );
}

/** `3 times in 7 days, last 1200 s ago` as numbers for the catalogue: `3/1200`; empty for a first time. */
function history(problem: Problem, now: number): string {
  const week = problem.openedTimes.filter((at) => at > now - 7 * 24 * 60 * 60 * 1000).length;
  const lastOver = problem.last?.alert.resolvedAt ?? null;
  if (week === 0 || lastOver === null) return '';
  return `${week + 1}/${Math.max(0, Math.round((now - lastOver) / 1000))}`;
}

/** The id of every alert an outcome touched. */
export function touchedAlerts(outcome: Outcome): AlertId[] {
  return [...new Set(outcome.steps.map((step) => step.episode.alert.id))];
}
