import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UnknownAlert } from '../../../main/alerts/actions.ts';
import type { AlertId } from '../../../shared/alert.ts';
import { firing, recovered, TestLedger } from '../../fakes/ledger.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

const minute = 60_000;
const acknowledge = { kind: 'acknowledge', note: null } as const;

async function open(count: number): Promise<AlertId[]> {
  const ids: AlertId[] = [];
  for (let index = 0; index < count; index += 1) {
    const { alertIds } = await at.deliver(firing(1, 'WARN', null, `key-${index}`));
    ids.push(...alertIds);
  }
  return ids;
}

const stateOf = (id: AlertId): string | undefined => at.store.loadEpisode(id)?.alert.state;

describe('acting on many alerts', () => {
  test('is one commit, and each alert’s change is told', async () => {
    const ids = await open(5);
    const commit = vi.spyOn(at.ledger, 'commit');
    const told = at.told.length;
    const answer = at.actions.act(ids, acknowledge);
    at.changes.flush();
    expect(commit).toHaveBeenCalledTimes(1);
    expect(answer.map(({ id, state }) => `${id} ${state}`)).toEqual(ids.map((id) => `${id} acknowledged`));
    expect(at.told.slice(told).map(({ kind, alert }) => `${alert.id} ${kind}`)).toEqual(
      ids.map((id) => `${id} acknowledged`),
    );
    expect(ids.map(stateOf)).toEqual(ids.map(() => 'acknowledged'));
  });

  test('with one id that nobody knows changes none of them', async () => {
    const ids = await open(3);
    const told = at.told.length;
    expect(() => at.actions.act([...ids, 'A999'], acknowledge)).toThrow(UnknownAlert);
    at.changes.flush();
    expect(at.told).toHaveLength(told);
    expect(ids.map(stateOf)).toEqual(['open', 'open', 'open']);
    expect([...at.openAlerts.alerts()].map(({ state }) => state)).toEqual(['open', 'open', 'open']);
    expect(ids.flatMap((id) => at.timeline.list(id)).map(({ kind }) => kind)).toEqual([
      'opened',
      'opened',
      'opened',
    ]);
  });

  test('twice the same id in one call acts once', async () => {
    const [id] = await open(1);
    at.actions.act([id as AlertId, id as AlertId], acknowledge);
    expect(at.timeline.list(id as AlertId).filter(({ kind }) => kind === 'acknowledged')).toHaveLength(1);
  });

  test('returns what needs nothing as it is, and tells nobody', async () => {
    const [id] = await open(1);
    at.actions.act([id as AlertId], acknowledge);
    at.changes.flush();
    const told = at.told.length;
    expect(at.actions.act([id as AlertId], acknowledge)[0]).toMatchObject({ state: 'acknowledged' });
    at.changes.flush();
    expect(at.told).toHaveLength(told);
  });
});

describe('what a person did', () => {
  test('survives a restart: acknowledgement with its note, and snooze', async () => {
    const ids = await open(2);
    at.actions.act([ids[0] as AlertId], { kind: 'acknowledge', note: 'on it' });
    at.actions.act([ids[1] as AlertId], { kind: 'snooze', until: at.now + minute });
    at.restart();
    expect([...at.openAlerts.alerts()]).toMatchObject([
      { state: 'acknowledged', acknowledgedAt: at.now, acknowledgeNote: 'on it' },
      { state: 'open', snoozedUntil: at.now + minute },
    ]);
  });

  test('can be undone', async () => {
    const ids = await open(1);
    at.actions.act(ids, { kind: 'acknowledge', note: 'on it' });
    expect(at.actions.act(ids, { kind: 'unacknowledge' })[0]).toMatchObject({
      state: 'open',
      acknowledgedAt: null,
      acknowledgeNote: null,
    });
  });

  test('closing can be undone, also after a restart, and the source still reaches it', async () => {
    const { alertIds } = await at.deliver(firing(1));
    at.actions.act(alertIds, { kind: 'resolve', note: null });
    expect([...at.openAlerts.alerts()]).toEqual([]);
    at.restart();
    expect(at.actions.act(alertIds, { kind: 'reopen' })[0]).toMatchObject({ state: 'open' });
    expect([...at.openAlerts.alerts()].map(({ id }) => id)).toEqual(alertIds);
    await expect(at.deliver(recovered(2))).resolves.toMatchObject({ verdict: 'resolved', alertIds });
    expect(at.actions.act(alertIds, { kind: 'reopen' })[0]).toMatchObject({ resolvedBy: 'recovery' });
  });

  test('does not break the chain of its deliveries', async () => {
    const first = await at.deliver(firing(1));
    at.actions.act(first.alertIds, acknowledge);
    const second = await at.deliver(firing(2));
    at.actions.act(first.alertIds, { kind: 'note', text: 'still there' });
    const third = await at.deliver(recovered(3));
    expect(at.deliveries.deliveriesOf(first.alertIds[0] ?? 'A0').map(({ id }) => id)).toEqual([
      third.id,
      second.id,
      first.id,
    ]);
  });

  test('a note reaches an alert that is long over, without waking its successor', async () => {
    const first = await at.deliver(firing(1));
    await at.deliver(recovered(2));
    const second = await at.deliver(firing(3));
    const old = first.alertIds[0] as AlertId;
    at.actions.act([old], { kind: 'note', text: 'it was the backup' });
    expect(at.timeline.list(old).at(-1)).toMatchObject({ kind: 'noted', text: 'it was the backup' });
    expect([...at.openAlerts.alerts()].map(({ id }) => id)).toEqual(second.alertIds);
    expect(at.store.loadEpisode(old)?.alert.state).toBe('resolved');
    at.restart();
    expect([...at.openAlerts.alerts()].map(({ id }) => id)).toEqual(second.alertIds);
    await expect(at.deliver(firing(4))).resolves.toMatchObject({
      verdict: 'repeated',
      alertIds: second.alertIds,
    });
  });
});

describe('time', () => {
  test('ends every snooze that is due in one commit, and only those', async () => {
    const ids = await open(3);
    at.actions.act(ids.slice(0, 2), { kind: 'snooze', until: at.now + minute });
    at.actions.act(ids.slice(2), { kind: 'snooze', until: at.now + 2 * minute });
    expect(at.actions.applyDue()).toBe(0);
    at.now += minute;
    const commit = vi.spyOn(at.ledger, 'commit');
    expect(at.actions.applyDue()).toBe(2);
    expect(commit).toHaveBeenCalledTimes(1);
    at.changes.flush();
    expect(at.told.filter(({ kind }) => kind === 'snooze-ended').map(({ alert }) => alert.id)).toEqual(
      ids.slice(0, 2),
    );
  });

  test('wakes nothing when nothing sleeps, without touching the disk', async () => {
    await open(2);
    const commit = vi.spyOn(at.ledger, 'commit');
    expect(at.actions.applyDue()).toBe(0);
    expect(commit).not.toHaveBeenCalled();
  });

  test('a snooze that ran out while the app was down ends at the next look', async () => {
    const ids = await open(1);
    at.actions.act(ids, { kind: 'snooze', until: at.now + minute });
    at.restart();
    at.now += 5 * minute;
    expect(at.actions.applyDue()).toBe(1);
    expect([...at.openAlerts.alerts()][0]).toMatchObject({ state: 'open', snoozedUntil: null });
  });

  test('closes what its source’s rule closes, in one commit, from the moment there is a rule', async () => {
    const ids = await open(2);
    at.now += 10 * minute;
    expect(at.actions.applyDue()).toBe(0);
    at.closeAfterMinutes = 11;
    expect(at.actions.applyDue()).toBe(0);
    at.closeAfterMinutes = 10;
    const commit = vi.spyOn(at.ledger, 'commit');
    expect(at.actions.applyDue()).toBe(2);
    expect(commit).toHaveBeenCalledTimes(1);
    at.changes.flush();
    expect(at.told.slice(-2).map(({ kind, reason }) => `${kind} ${reason}`)).toEqual(
      ids.map(() => 'resolved closed-by-time'),
    );
    expect(ids.map(stateOf)).toEqual(['resolved', 'resolved']);
    expect(at.timeline.list(ids[0] ?? 'A0').at(-1)).toMatchObject({
      kind: 'resolved',
      reason: 'closed-by-time',
    });
  });

  test('that passed while the app was down closes at the first look, and each new word of the source postpones it', async () => {
    await open(1);
    at.closeAfterMinutes = 10;
    at.now += 9 * minute;
    await at.deliver(firing(2, 'WARN', null, 'key-0'));
    at.now += 9 * minute;
    expect(at.actions.applyDue()).toBe(0);
    at.restart();
    at.now += minute;
    expect(at.actions.applyDue()).toBe(1);
    at.restart();
    expect([...at.openAlerts.alerts()]).toEqual([]);
  });

  test('closes what a removed source left open: nobody can report its recovery any more', async () => {
    const ids = await open(2);
    at.restart();
    at.isRemoved = true;
    expect(at.actions.applyDue()).toBe(2);
    expect(ids.map(stateOf)).toEqual(['resolved', 'resolved']);
    expect(at.timeline.list(ids[0] ?? 'A0').at(-1)).toMatchObject({
      kind: 'resolved',
      text: 'The source was removed.',
    });
    expect(at.actions.applyDue()).toBe(0);
  });

  test('closes nothing for good: the source speaks again and the alert is open again', async () => {
    const [id] = await open(1);
    at.closeAfterMinutes = 10;
    at.now += 10 * minute;
    at.actions.applyDue();
    await expect(at.deliver(firing(3, 'WARN', null, 'key-0'))).resolves.toMatchObject({
      verdict: 'opened',
      reason: 'reopened-after-time',
      alertIds: [id],
    });
  });
});
