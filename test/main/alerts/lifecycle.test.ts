import { describe, expect, test } from 'vitest';
import type { AlertEvent } from '../../../main/alerts/alert-event.ts';
import { type EventOrigin, newProblem, type Outcome, type Problem } from '../../../main/alerts/episode.ts';
import { applyEvent, applyRetry } from '../../../main/alerts/lifecycle.ts';
import {
  applyAction,
  applyReopen,
  applyTime,
  longestSnoozeMs,
} from '../../../main/alerts/lifecycle-actions.ts';
import { description, firing, origin, recovered } from '../../fakes/ledger.ts';

/** Plays events one after the other, a second apart. */
function play(
  events: readonly AlertEvent[],
  rules: EventOrigin = origin,
): { outcomes: Outcome[]; problem: Problem } {
  let problem = newProblem(origin.sourceId, 'k');
  let id = 0;
  const outcomes = events.map((event, index) => {
    const outcome = applyEvent(problem, event, rules, 1000 * (index + 1), () => `A${++id}`);
    problem = outcome.problem;
    return outcome;
  });
  return { outcomes, problem };
}

const verdicts = (events: readonly AlertEvent[]) => play(events).outcomes.map((outcome) => outcome.verdict);
const lastOf = (problem: Problem) => {
  if (problem.last === null) throw new Error('no episode');
  return problem.last;
};
const noData = (sentAt: number): AlertEvent => ({
  kind: 'firing',
  noData: true,
  key: 'k',
  episodeName: null,
  sentAt,
  description: description('NODATA', { value: null }),
});

describe('a firing event', () => {
  test('opens an alert when nothing is known', () => {
    const { outcomes, problem } = play([firing(1, 'CRITICAL')]);
    expect(outcomes[0]).toMatchObject({ verdict: 'opened' });
    expect(lastOf(problem).alert).toMatchObject({
      state: 'open',
      priority: 'critical',
      count: 1,
      episode: 1,
    });
  });

  test('again is a repeat: count, value and text follow, state does not', () => {
    const again = { ...firing(2), description: description('WARN', { value: '99', text: 'cpu 99 %' }) };
    const { outcomes, problem } = play([firing(1), again]);
    expect(outcomes[1]).toMatchObject({ verdict: 'repeated', reason: 'repeat' });
    expect(lastOf(problem).alert).toMatchObject({ count: 2, value: '99', text: 'cpu 99 %', openedAt: 1000 });
  });

  test('opens a new episode after a recovery, and says how often and when last', () => {
    const { problem, outcomes } = play([firing(1), recovered(2), firing(3), recovered(4), firing(5)]);
    expect(lastOf(problem).alert).toMatchObject({ id: 'A3', episode: 3, state: 'open' });
    expect(outcomes[4]?.steps[0]?.entry).toMatchObject({ kind: 'opened', text: '3/1' });
  });

  test('not newer than the recovery never re-opens', () => {
    expect(verdicts([firing(1), recovered(5), firing(5), firing(4)])).toEqual([
      'opened',
      'resolved',
      'late',
      'late',
    ]);
  });

  test('without a sender time re-opens nothing of a recovered episode with the same name', () => {
    expect(verdicts([firing(null, 'WARN', 'x'), recovered(null, 'x'), firing(null, 'WARN', 'x')])).toEqual([
      'opened',
      'resolved',
      'late',
    ]);
  });

  test('of another episode while one is open supersedes it, since its recovery was lost', () => {
    const { outcomes, problem } = play([firing(1, 'WARN', 'x'), firing(2, 'WARN', 'y')]);
    expect(outcomes[1]?.steps.map((step) => [step.change.kind, step.episode.alert.resolvedBy])).toEqual([
      ['resolved', 'superseded'],
      ['opened', null],
    ]);
    expect(lastOf(problem)).toMatchObject({ episodeName: 'y', alert: { id: 'A2', state: 'open' } });
  });

  test('of an older episode does not supersede the newer one', () => {
    const { outcomes, problem } = play([firing(5, 'WARN', 'y'), firing(1, 'WARN', 'x')]);
    expect(outcomes[1]).toMatchObject({ verdict: 'late', reason: 'older-episode' });
    expect(lastOf(problem)).toMatchObject({ episodeName: 'y', alert: { state: 'open', count: 1 } });
  });

  test('that arrives late changes neither level nor value', () => {
    const { outcomes, problem } = play([firing(5, 'WARN'), firing(3, 'CRITICAL')]);
    expect(outcomes[1]).toMatchObject({ verdict: 'late', reason: 'older-than-newest' });
    expect(lastOf(problem).alert).toMatchObject({ level: 'WARN', priority: 'medium', count: 2 });
  });

  test('with an unknown level word is medium', () => {
    expect(lastOf(play([firing(1, 'HORRIBLE')]).problem).alert).toMatchObject({
      priority: 'medium',
      level: 'HORRIBLE',
    });
  });

  test('with a level word of the prototype is medium, not broken', () => {
    expect(lastOf(play([firing(1, 'constructor')]).problem).alert.priority).toBe('medium');
  });
});

describe('the level', () => {
  test('that rises ends acknowledgement and snooze and says from what to what', () => {
    const { problem } = play([firing(1, 'WARN')]);
    const acknowledged = applyAction(lastOf(problem), { kind: 'acknowledge', note: 'on it' }, 2000);
    const snoozed = applyAction(acknowledged!.episode, { kind: 'snooze', until: 9000 }, 2000);
    const rise = applyEvent(
      { ...problem, last: snoozed!.episode },
      firing(2, 'CRITICAL'),
      origin,
      3000,
      () => 'A9',
    );
    expect(rise).toMatchObject({ verdict: 'level-changed', reason: 'level-rose' });
    expect(rise.steps[0]?.entry?.text).toBe('WARN → CRITICAL');
    expect(lastOf(rise.problem).alert).toMatchObject({
      state: 'open',
      priority: 'critical',
      acknowledgedAt: null,
      acknowledgeNote: null,
      snoozedUntil: null,
    });
  });

  test('that falls keeps acknowledgement and snooze', () => {
    const { problem } = play([firing(1, 'CRITICAL')]);
    const acknowledged = applyAction(lastOf(problem), { kind: 'acknowledge', note: null }, 2000);
    const fall = applyEvent(
      { ...problem, last: acknowledged!.episode },
      firing(2, 'WARN'),
      origin,
      3000,
      () => 'A9',
    );
    expect(fall).toMatchObject({ verdict: 'level-changed', reason: 'level-fell' });
    expect(lastOf(fall.problem).alert).toMatchObject({ state: 'acknowledged', priority: 'medium' });
  });

  test('is not lowered by a message without a level word', () => {
    expect(lastOf(play([firing(1, 'CRITICAL'), firing(2, null)]).problem).alert).toMatchObject({
      priority: 'critical',
      level: 'CRITICAL',
    });
  });

  test('at one and the same sender time is the worse of two, whatever came first', () => {
    for (const order of [
      ['WARN', 'CRITICAL'],
      ['CRITICAL', 'WARN'],
    ] as const) {
      expect(lastOf(play(order.map((level) => firing(1, level))).problem).alert.priority).toBe('critical');
    }
  });
});

describe('a recovery', () => {
  test('resolves at once and keeps the stored priority', () => {
    const { outcomes, problem } = play([firing(1, 'CRITICAL'), recovered(2)]);
    expect(outcomes[1]).toMatchObject({ verdict: 'resolved', reason: 'recovered' });
    expect(lastOf(problem).alert).toMatchObject({
      state: 'resolved',
      resolvedBy: 'recovery',
      priority: 'critical',
      resolvedAt: 2000,
    });
  });

  test('resolves a snoozed and acknowledged alert too', () => {
    const { problem } = play([firing(1)]);
    const acknowledged = applyAction(lastOf(problem), { kind: 'acknowledge', note: null }, 2000)!;
    const snoozed = applyAction(acknowledged.episode, { kind: 'snooze', until: 9e9 }, 2000)!;
    const over = applyEvent({ ...problem, last: snoozed.episode }, recovered(2), origin, 3000, () => 'A9');
    expect(lastOf(over.problem).alert).toMatchObject({ state: 'resolved', snoozedUntil: null });
  });

  test('for a key nobody knows is an orphan, and an older firing that comes after it never opens', () => {
    expect(verdicts([recovered(5), firing(4), firing(6)])).toEqual(['orphan-recovery', 'late', 'opened']);
  });

  test('older than the newest firing does not close it', () => {
    expect(verdicts([firing(5), recovered(4)])).toEqual(['opened', 'late']);
  });

  test('of another episode closes nothing when it carries no time', () => {
    expect(verdicts([firing(5, 'WARN', 'y'), recovered(null, 'x')])).toEqual(['opened', 'late']);
  });

  test('newer than the firing closes it even under another episode name: the metric is well again', () => {
    expect(verdicts([firing(5, 'WARN', 'y'), recovered(6, 'z')])).toEqual(['opened', 'resolved']);
  });
});

describe('missing data', () => {
  test('opens at medium with its mark, and a later OK closes it', () => {
    const { outcomes, problem } = play([noData(1), recovered(2)]);
    expect(outcomes[0]?.steps[0]?.episode.alert).toMatchObject({ priority: 'medium', noData: true });
    expect(lastOf(problem).alert.state).toBe('resolved');
  });

  test('is medium whatever level the rule has', () => {
    const critical: AlertEvent = { ...noData(1), description: description('CRITICAL', { value: null }) };
    expect(lastOf(play([critical]).problem).alert.priority).toBe('medium');
  });

  test('never lowers an open alert', () => {
    expect(lastOf(play([firing(1, 'CRITICAL'), noData(2)]).problem).alert).toMatchObject({
      priority: 'critical',
      noData: true,
    });
  });

  test('is list only, or nothing, where the source says so', () => {
    expect(lastOf(play([noData(1)], { ...origin, noData: 'list' }).problem).alert.priority).toBe('low');
    expect(play([noData(1)], { ...origin, noData: 'ignore' }).outcomes[0]).toMatchObject({
      verdict: 'ignored',
      reason: 'no-data-ignored',
    });
  });
});

describe('an exact retry', () => {
  test('is one more delivery and not one more occurrence', () => {
    const { problem } = play([firing(1)]);
    const retry = applyRetry(problem, 2000);
    expect(retry.verdict).toBe('retry');
    expect(lastOf(retry.problem).alert).toMatchObject({ count: 1, deliveries: 2 });
    expect(retry.steps[0]?.entry).toBeNull();
  });
});

describe('closing by hand', () => {
  const closed = (episodeName: string | null) => {
    const { problem } = play([firing(1, 'WARN', episodeName)]);
    const step = applyAction(lastOf(problem), { kind: 'resolve', note: null }, 2000);
    return { ...problem, last: step!.episode };
  };

  test('while it fires is allowed, and the source re-opens the same alert with the reason', () => {
    const outcome = applyEvent(closed('x'), firing(2, 'WARN', 'x'), origin, 3000, () => 'A9');
    expect(outcome).toMatchObject({ verdict: 'opened', reason: 'reopened-after-user' });
    expect(lastOf(outcome.problem).alert).toMatchObject({
      id: 'A1',
      state: 'open',
      resolvedBy: null,
      count: 2,
    });
  });

  test('is undone without lowering the priority by a message without a level word', () => {
    const { problem } = play([firing(1, 'CRITICAL', 'x')]);
    const over = applyAction(lastOf(problem), { kind: 'resolve', note: null }, 2000)!;
    const again = applyEvent(
      { ...problem, last: over.episode },
      firing(2, null, 'x'),
      origin,
      3000,
      () => 'A9',
    );
    expect(lastOf(again.problem).alert).toMatchObject({ level: 'CRITICAL', priority: 'critical' });
  });

  test('is not undone by an older message', () => {
    expect(applyEvent(closed('x'), firing(0, 'WARN', 'x'), origin, 3000, () => 'A9').verdict).toBe('late');
  });

  test('gives way to a new alert when the source starts another episode', () => {
    const outcome = applyEvent(closed('x'), firing(2, 'WARN', 'y'), origin, 3000, () => 'A9');
    expect(lastOf(outcome.problem).alert.id).toBe('A9');
  });

  test('gives way to a new alert when the source has reported recovery since, by time or by name', () => {
    for (const over of [recovered(2), recovered(2, 'x'), recovered(null, 'x')]) {
      const { problem } = applyEvent(closed('x'), over, origin, 2500, () => 'A9');
      const outcome = applyEvent(problem, firing(3, 'WARN', 'x'), origin, 3000, () => 'A9');
      expect(outcome).toMatchObject({ verdict: 'opened', reason: 'opened' });
      expect(lastOf(outcome.problem).alert).toMatchObject({ id: 'A9', episode: 2, count: 1 });
    }
  });

  test('is undone when the source has only said that it was well before it fired', () => {
    const { problem } = applyEvent(closed('x'), recovered(0, 'x'), origin, 2500, () => 'A9');
    const outcome = applyEvent(problem, firing(3, 'WARN', 'x'), origin, 3000, () => 'A9');
    expect(outcome).toMatchObject({ reason: 'reopened-after-user' });
  });
});

describe('taking back that it was closed by hand', () => {
  const minute = 60_000;
  const close = (problem: Problem): Problem => ({
    ...problem,
    last: applyAction(lastOf(problem), { kind: 'resolve', note: null }, 2000)?.episode ?? null,
  });
  const after = (problem: Problem, event: AlertEvent): Problem =>
    applyEvent(problem, event, origin, 3000, () => 'A9').problem;
  const fired = close(play([firing(5, 'CRITICAL', 'x')]).problem);

  test('opens it as it was before, and says that a person did it', () => {
    const step = applyReopen(fired, lastOf(fired), 2000 + minute - 1);
    expect(step?.episode.alert).toMatchObject({
      id: 'A1',
      state: 'open',
      resolvedAt: null,
      resolvedBy: null,
    });
    expect(step?.change).toMatchObject({ kind: 'reopened', reason: 'reopened-by-user', cause: 'person' });
  });

  test('keeps the acknowledgement it had', () => {
    const { problem } = play([firing(5)]);
    const acknowledged = applyAction(lastOf(problem), { kind: 'acknowledge', note: 'on it' }, 1500);
    const over = close({ ...problem, last: acknowledged?.episode ?? null });
    expect(applyReopen(over, lastOf(over), 3000)?.episode.alert).toMatchObject({
      state: 'acknowledged',
      acknowledgedAt: 1500,
      acknowledgeNote: 'on it',
    });
  });

  test('is too late after a minute', () => {
    expect(applyReopen(fired, lastOf(fired), 2000 + minute)).toBeNull();
  });

  test('is refused for what is open or was closed by the source', () => {
    const open = play([firing(5)]).problem;
    const recoveredOne = play([firing(5), recovered(6)]).problem;
    for (const problem of [open, recoveredOne])
      expect(applyReopen(problem, lastOf(problem), 3000)).toBeNull();
  });

  test('is refused once the source has started a newer episode', () => {
    expect(applyReopen(after(fired, firing(6, 'WARN', 'y')), lastOf(fired), 3000)).toBeNull();
  });

  test('is refused once the source has reported recovery, by time or by name', () => {
    expect(applyReopen(after(fired, recovered(6)), lastOf(fired), 3000)).toBeNull();
    expect(applyReopen(after(fired, recovered(null, 'x')), lastOf(fired), 3000)).toBeNull();
  });

  test('does not mind a recovery from before it fired', () => {
    expect(applyReopen(after(fired, recovered(4)), lastOf(fired), 3000)).not.toBeNull();
  });
});

describe('acknowledging', () => {
  const open = () => lastOf(play([firing(1)]).problem);

  test('is taken back by undo and done only once', () => {
    const step = applyAction(open(), { kind: 'acknowledge', note: 'looking' }, 2000)!;
    expect(step.episode.alert).toMatchObject({
      state: 'acknowledged',
      acknowledgedAt: 2000,
      acknowledgeNote: 'looking',
    });
    expect(applyAction(step.episode, { kind: 'acknowledge', note: null }, 3000)).toBeNull();
    expect(applyAction(step.episode, { kind: 'unacknowledge' }, 3000)?.episode.alert).toMatchObject({
      state: 'open',
      acknowledgedAt: null,
    });
  });

  test('a second time keeps the new note, and ends a snooze', () => {
    const first = applyAction(open(), { kind: 'acknowledge', note: 'looking' }, 2000)!;
    const noted = applyAction(first.episode, { kind: 'acknowledge', note: 'found it' }, 3000);
    expect(noted).toMatchObject({ change: { kind: 'noted' }, entry: { text: 'found it' } });
    const snoozed = applyAction(first.episode, { kind: 'snooze', until: 9000 }, 3000)!;
    expect(
      applyAction(snoozed.episode, { kind: 'acknowledge', note: null }, 4000)?.episode.alert,
    ).toMatchObject({
      state: 'acknowledged',
      acknowledgedAt: 2000,
      acknowledgeNote: 'looking',
      snoozedUntil: null,
    });
  });

  test('survives repeats', () => {
    const problem = play([firing(1)]).problem;
    const step = applyAction(lastOf(problem), { kind: 'acknowledge', note: 'looking' }, 2000)!;
    const after = applyEvent({ ...problem, last: step.episode }, firing(2), origin, 3000, () => 'A9');
    expect(lastOf(after.problem).alert).toMatchObject({
      state: 'acknowledged',
      acknowledgeNote: 'looking',
      count: 2,
    });
  });

  test('is refused for an alert that is over', () => {
    const over = lastOf(play([firing(1), recovered(2)]).problem);
    for (const kind of ['acknowledge', 'resolve'] as const)
      expect(applyAction(over, { kind, note: null }, 9)).toBeNull();
    expect(applyAction(over, { kind: 'snooze', until: 99 }, 9)).toBeNull();
  });
});

describe('a test message', () => {
  const message: AlertEvent = {
    kind: 'test',
    key: 'k',
    episodeName: null,
    sentAt: null,
    description: description('CRITICAL', { title: 'Hello' }),
  };

  test('makes an alert that is over at once, of low priority whatever it says', () => {
    const { outcomes, problem } = play([message]);
    expect(outcomes[0]).toMatchObject({ verdict: 'test', reason: 'test-message' });
    expect(outcomes[0]?.steps.map(({ change }) => [change.kind, change.reason])).toEqual([
      ['opened', 'test-message'],
      ['resolved', 'test-message'],
    ]);
    expect(outcomes[0]?.steps.map(({ entry }) => entry?.reason)).toEqual(['test-message', 'test-message']);
    expect(lastOf(problem).alert).toMatchObject({
      state: 'resolved',
      resolvedBy: 'recovery',
      priority: 'low',
      level: 'TEST',
      title: 'Hello',
    });
  });

  test('again is another episode', () => {
    const { problem, outcomes } = play([message, message]);
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['test', 'test']);
    expect(lastOf(problem).alert).toMatchObject({ id: 'A2', episode: 2, state: 'resolved' });
  });

  test('changes nothing about an alert that is open under its key', () => {
    const { problem, outcomes } = play([firing(1, 'CRITICAL'), message]);
    expect(outcomes[1]).toMatchObject({ verdict: 'test', reason: 'test-message' });
    expect(lastOf(problem).alert).toMatchObject({
      id: 'A1',
      state: 'open',
      level: 'CRITICAL',
      title: 'CPU high',
      count: 1,
      deliveries: 2,
    });
  });

  test('does not keep a real alert from opening', () => {
    const { outcomes, problem } = play([message, firing(1, 'CRITICAL')]);
    expect(outcomes[1]?.verdict).toBe('opened');
    expect(lastOf(problem).alert).toMatchObject({ id: 'A2', state: 'open', priority: 'critical' });
  });
});

describe('a snooze', () => {
  const snoozed = (until: number) =>
    applyAction(lastOf(play([firing(1)]).problem), { kind: 'snooze', until }, 1000)!.episode;

  test('ends by time: open, unacknowledged, told once', () => {
    expect(applyTime(snoozed(5000), null, 4999)).toBeNull();
    const step = applyTime(snoozed(5000), null, 5000)!;
    expect(step.change).toMatchObject({ kind: 'snooze-ended', cause: 'time' });
    expect(step.episode.alert).toMatchObject({ state: 'open', snoozedUntil: null });
    expect(applyTime(step.episode, null, 6000)).toBeNull();
  });

  test('lasts seven days at most', () => {
    expect(snoozed(Number.MAX_SAFE_INTEGER).alert.snoozedUntil).toBe(1000 + longestSnoozeMs);
  });

  test('into the past is none', () => {
    expect(applyAction(lastOf(play([firing(1)]).problem), { kind: 'snooze', until: 999 }, 1000)).toBeNull();
  });
});

describe('closing by time', () => {
  const minute = 60_000;
  const opened = lastOf(play([firing(1)]).problem);
  const heardAt = opened.alert.lastEventAt;

  test('is never done without a rule, however long nothing is heard', () => {
    expect(applyTime(opened, null, Number.MAX_SAFE_INTEGER)).toBeNull();
  });

  test('closes when nothing was heard for as long as the rule says, and says so', () => {
    expect(applyTime(opened, 10, heardAt + 10 * minute - 1)).toBeNull();
    const step = applyTime(opened, 10, heardAt + 10 * minute)!;
    expect(step.change).toMatchObject({ kind: 'resolved', cause: 'time', reason: 'closed-by-time' });
    expect(step.episode.alert).toMatchObject({ state: 'resolved', resolvedBy: 'time', snoozedUntil: null });
    expect(step.entry).toMatchObject({ kind: 'resolved', reason: 'closed-by-time', text: '10' });
    expect(applyTime(step.episode, 10, heardAt + 99 * minute)).toBeNull();
  });

  test('closes what is acknowledged or snoozed too, and a snooze that ends then wakes nobody', () => {
    const now = heardAt + 10 * minute;
    for (const action of [
      { kind: 'acknowledge', note: null },
      { kind: 'snooze', until: now },
      { kind: 'snooze', until: now + minute },
    ] as const) {
      const episode = applyAction(opened, action, heardAt)!.episode;
      expect(applyTime(episode, 10, now)?.change.kind).toBe('resolved');
    }
  });
});
