import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OpenAlerts } from '../../../main/alerts/open-alerts.ts';
import { description, firing, origin, recovered, TestLedger } from '../../fakes/ledger.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

test('an alert is found by its id and by its problem until it is over', async () => {
  const { alertIds } = await at.deliver(firing(1));
  const id = alertIds[0] ?? 'A0';
  expect(at.openAlerts.problemById(id)?.last?.alert.id).toBe(id);
  expect(at.openAlerts.problemByKey(origin.sourceId, 'k')?.last?.alert.id).toBe(id);
  expect(at.openAlerts.problemByKey('another', 'k')).toBeNull();
  await at.deliver(recovered(2));
  expect(at.openAlerts.problemById(id)).toBeNull();
  expect(at.openAlerts.problemByKey(origin.sourceId, 'k')).toBeNull();
  expect(at.openAlerts.size).toBe(0);
});

test('a new episode takes the place of the one it supersedes', async () => {
  const first = await at.deliver(firing(1, 'WARN', 'e1'));
  const second = await at.deliver(firing(2, 'WARN', 'e2'));
  expect(second.alertIds).toHaveLength(2);
  expect(at.openAlerts.problemById(first.alertIds[0] ?? 'A0')).toBeNull();
  expect([...at.openAlerts.alerts()].map(({ id }) => id)).toEqual([second.alertIds[1]]);
});

test('what a repeat brings is in the store, without its place and priority being written anew', async () => {
  await at.deliver(firing(1));
  at.db.exec(`CREATE TEMP TRIGGER untouched BEFORE UPDATE OF place_rank, priority_rank, searchable, resolved_at ON alerts
    BEGIN SELECT raise(FAIL, 'an index was written'); END`);
  at.now += 1000;
  const news = { title: 'CPU still high', text: 'for an hour', value: '99', labels: { team: 'shop' } };
  const again = { ...firing(2, 'WARN', 'e1'), noData: true, description: description('WARN', news) };
  expect(await at.deliver(again)).toMatchObject({ verdict: 'repeated' });
  expect(await at.deliver(again)).toMatchObject({ verdict: 'retry' });
  const inMemory = [...at.openAlerts.problems()];
  expect(inMemory[0]?.last).toMatchObject({ episodeName: 'e1', sentAt: 2, lastDelivery: 3 });
  expect(inMemory[0]?.last?.alert).toMatchObject({ ...news, noData: true, count: 2, deliveries: 3 });
  at.restart();
  expect([...at.openAlerts.problems()]).toEqual(inMemory);
});

test('a store that cannot be read leaves what was there: the icon must not turn calm for it', async () => {
  await at.deliver(firing(1));
  vi.spyOn(at.store, 'loadOpenProblems').mockImplementation(() => {
    throw new Error('disk I/O error');
  });
  expect(() => at.openAlerts.load(at.store)).toThrow('disk I/O error');
  expect(at.openAlerts.size).toBe(1);
});

test('whatever came in, memory equals what a new process would load', async () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom('fire', 'recover', 'acknowledge', 'snooze', 'close'),
    episode: fc.constantFrom(null, 'e1', 'e2'),
    level: fc.constantFrom('WARN', 'CRITICAL'),
    time: fc.integer({ min: 1, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const one = new TestLedger();
      try {
        for (const { key, kind, episode, level, time } of steps) {
          one.now += 1;
          const ids = [...one.openAlerts.alerts()].filter((alert) => alert.key === key).map(({ id }) => id);
          if (kind === 'fire') await one.deliver(firing(time, level, episode, key));
          else if (kind === 'recover') await one.deliver(recovered(time, episode, key));
          else if (kind === 'acknowledge') one.actions.act(ids, { kind, note: null });
          else if (kind === 'snooze') one.actions.act(ids, { kind, until: one.now + 60_000 });
          else one.actions.act(ids, { kind: 'resolve', note: null });
        }
        const fresh = new OpenAlerts();
        fresh.load(one.store);
        const inOrder = (alerts: OpenAlerts): unknown =>
          [...alerts.problems()].toSorted((a, b) => a.key.localeCompare(b.key));
        expect(inOrder(one.openAlerts)).toEqual(inOrder(fresh));
      } finally {
        one.close();
      }
    }),
    { numRuns: 60 },
  );
});
