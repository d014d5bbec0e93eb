import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AlertEvent } from '../../../main/alerts/alert-event.ts';
import { DeliveryTable } from '../../../main/alerts/delivery-table.ts';
import { Ingest, type Stored, StoreRefusal } from '../../../main/alerts/ingest.ts';
import { description, firing, origin, recovered, TestLedger } from '../../fakes/ledger.ts';
import { submission } from '../../fakes/submission.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

const keys = (count: number): string[] => Array.from({ length: count }, (_, index) => `key-${index}`);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const deliveryCount = (): unknown => at.db.prepare('SELECT count(*) FROM deliveries').pluck().get();

/** A description that cannot be written down: JSON has no BigInt. */
const poison: AlertEvent = {
  ...firing(1, 'WARN', null, 'poison'),
  description: description('WARN', { labels: { size: 1n as unknown as string } }),
};

describe('group commit', () => {
  test('everything that arrives in one turn shares one commit', async () => {
    const commit = vi.spyOn(at.ledger, 'commit');
    const stored = await Promise.all(
      keys(50).map((key) => at.ingest.submit(submission([firing(1, 'WARN', null, key)]))),
    );
    expect(commit).toHaveBeenCalledTimes(1);
    expect(new Set(stored.map(({ id }) => id)).size).toBe(50);
    expect(at.openAlerts.size).toBe(50);
  });

  test('that one commit is one transaction in the journal, not fifty', async () => {
    const journal = at.db.pragma('wal_checkpoint(TRUNCATE)', { simple: true });
    expect(journal).toBe(0);
    const versions: unknown[] = [];
    // A second connection sees its data_version rise once per foreign commit.
    const { openDatabase } = await import('../../../main/database/open-database.ts');
    const reader = openDatabase(at.db.name);
    const look = (): void => void versions.push(reader.pragma('data_version', { simple: true }));
    look();
    const sent = keys(50).map((key) =>
      at.ingest.submit(submission([firing(1, 'WARN', null, key)])).then(look),
    );
    await Promise.all(sent);
    expect(Number(versions.at(-1)) - Number(versions[0])).toBe(1);
    reader.close();
  });

  test('the next turn has a commit of its own', async () => {
    const commit = vi.spyOn(at.ledger, 'commit');
    await at.ingest.submit(submission([firing(1)]));
    await at.ingest.submit(submission([firing(2)]));
    expect(commit).toHaveBeenCalledTimes(2);
  });

  test('nobody is answered before the commit has returned', async () => {
    const order: string[] = [];
    const commit = at.ledger.commit.bind(at.ledger);
    vi.spyOn(at.ledger, 'commit').mockImplementation((work) => {
      order.push('commit begins');
      const result = commit(work);
      expect(at.db.inTransaction).toBe(false);
      order.push('commit is over');
      return result;
    });
    await Promise.all(
      [1, 2].map((n) => at.ingest.submit(submission([firing(n)])).then(() => order.push('answered'))),
    );
    expect(order).toEqual(['commit begins', 'commit is over', 'answered', 'answered']);
  });

  test('changes are told only after the senders were answered, in the order of their revisions', async () => {
    const order: string[] = [];
    at.changes.subscribe((batch) => order.push(...batch.map(({ revision }) => `told ${revision}`)));
    await Promise.all(
      keys(3).map((key) =>
        at.ingest.submit(submission([firing(1, 'WARN', null, key)])).then(() => order.push('answered')),
      ),
    );
    await turn();
    expect(order).toEqual(['answered', 'answered', 'answered', 'told 1', 'told 2', 'told 3']);
  });

  test('a delivery sees what its neighbours in the same commit did', async () => {
    const [first, second, third] = await Promise.all(
      [firing(10, 'WARN', 'e1'), firing(20, 'WARN', 'e1'), recovered(30, 'e1')].map((event) =>
        at.ingest.submit(submission([event])),
      ),
    );
    expect([first?.verdict, second?.verdict, third?.verdict]).toEqual(['opened', 'repeated', 'resolved']);
    expect(third?.alertIds).toEqual(first?.alertIds);
    expect(at.openAlerts.size).toBe(0);
  });
});

describe('what is kept of a delivery', () => {
  test('its bytes as they came, with their hash', async () => {
    const body = Buffer.from([0, 255, 10, 0x61, 0x80]);
    const { id } = await at.ingest.submit(submission([firing(1)], { body }));
    const row = at.db
      .prepare('SELECT body, body_hash AS hash FROM deliveries WHERE id = ?')
      .get(Number(id.slice(1))) as {
      body: Buffer;
      hash: Buffer;
    };
    expect(row.body.equals(body)).toBe(true);
    expect(row.hash.equals(createHash('sha256').update(body).digest())).toBe(true);
  });

  test('its alerts lead to it and it leads to its alerts', async () => {
    const first = await at.deliver(firing(1));
    const second = await at.deliver(firing(2), firing(1, 'INFO', null, 'other'));
    const third = await at.deliver(recovered(3));
    const alert = first.alertIds[0] ?? 'A0';
    expect(at.deliveries.deliveriesOf(alert).map(({ id }) => id)).toEqual([third.id, second.id, first.id]);
    expect(at.deliveries.getDelivery(second.id)?.alertIds).toHaveLength(2);
  });

  test('several events with different outcomes are "mixed", with every reason once and the remarks', async () => {
    await at.deliver(firing(1));
    const stored = at.ingest.submit(
      submission([firing(2), firing(1, 'WARN', null, 'new'), firing(1, 'WARN', null, 'newer')], {
        remarks: ['level-contradicts-state'],
      }),
    );
    await expect(stored).resolves.toMatchObject({
      verdict: 'mixed',
      reason: 'repeat, opened, level-contradicts-state',
    });
  });

  test('a delivery without any event is kept as ignored', async () => {
    await expect(at.deliver()).resolves.toMatchObject({
      verdict: 'ignored',
      reason: 'no-events',
      alertIds: [],
    });
    expect(deliveryCount()).toBe(1);
  });
});

describe('exact retries', () => {
  test('are one occurrence, delivered several times', async () => {
    await at.deliver(firing(5));
    const verdicts = [(await at.deliver(firing(5))).verdict, (await at.deliver(firing(5))).verdict];
    expect(verdicts).toEqual(['retry', 'retry']);
    expect([...at.openAlerts.alerts()][0]).toMatchObject({ count: 1, deliveries: 3 });
  });

  test('of an episode that is over count there, not on the one that is open', async () => {
    const first = await at.deliver(firing(5, 'WARN', 'first'));
    const second = await at.deliver(firing(9, 'WARN', 'second'));
    const again = await at.deliver(firing(5, 'WARN', 'first'));
    expect(again).toMatchObject({ verdict: 'retry', alertIds: [first.alertIds[0]] });
    expect(at.store.loadEpisode('A1')?.alert).toMatchObject({ state: 'resolved', count: 1, deliveries: 2 });
    expect(at.store.loadEpisode('A2')?.alert).toMatchObject({ state: 'open', count: 1, deliveries: 1 });
    expect(at.deliveries.deliveriesOf('A1').map(({ id }) => id)).toEqual([again.id, second.id, first.id]);
    await expect(at.deliver(firing(10, 'WARN', 'second'))).resolves.toMatchObject({ verdict: 'repeated' });
    expect([...at.openAlerts.alerts()]).toMatchObject([{ id: 'A2', count: 2, deliveries: 2 }]);
  });

  test('of an episode that is over, in the very commit that ended it', async () => {
    await at.deliver(firing(5, 'WARN', 'first'));
    const sent = await Promise.all(
      [firing(9, 'WARN', 'second'), firing(5, 'WARN', 'first'), firing(5, 'WARN', 'first')].map((event) =>
        at.ingest.submit(submission([event])),
      ),
    );
    expect(sent.map(({ verdict }) => verdict)).toEqual(['opened', 'retry', 'retry']);
    expect(at.store.loadEpisode('A1')?.alert).toMatchObject({ state: 'resolved', deliveries: 3 });
  });

  test('are known over a restart', async () => {
    await at.deliver(firing(5));
    at.restart();
    await expect(at.deliver(firing(5))).resolves.toMatchObject({ verdict: 'retry' });
    expect([...at.openAlerts.alerts()][0]).toMatchObject({ count: 1, deliveries: 2 });
  });

  test('are known when both copies arrive in the same turn', async () => {
    const copies = await Promise.all([1, 2, 3].map(() => at.ingest.submit(submission([firing(5)]))));
    expect(copies.map(({ verdict }) => verdict)).toEqual(['opened', 'retry', 'retry']);
  });

  test.each([
    ['another level', firing(5, 'CRITICAL')],
    ['another time', firing(6)],
    ['another state', recovered(5)],
    ['another problem', firing(5, 'WARN', null, 'other')],
    ['missing data instead of a value', { ...firing(5), noData: true } as AlertEvent],
  ])('%s is no retry', async (_what, event) => {
    await at.deliver(firing(5));
    expect((await at.deliver(event)).verdict).not.toBe('retry');
  });

  test('the same message to another source is no retry', async () => {
    await at.deliver(firing(5));
    const elsewhere = { ...submission([firing(5)]), origin: { ...origin, sourceId: 'cm-other' } };
    await expect(at.ingest.submit(elsewhere)).resolves.toMatchObject({ verdict: 'opened' });
  });

  test('a message without a time is never taken for one', async () => {
    await at.deliver(firing(null));
    await expect(at.deliver(firing(null))).resolves.toMatchObject({ verdict: 'repeated' });
  });
});

describe('the sender’s clock', () => {
  const minute = 60_000;

  test('is not trusted more than 5 minutes ahead of ours: later messages would all look old', async () => {
    await at.deliver(firing(at.now + 5 * minute + 1));
    at.now += 1000;
    await expect(at.deliver(firing(at.now))).resolves.toMatchObject({ verdict: 'repeated' });
    await expect(at.deliver(recovered(at.now + 1))).resolves.toMatchObject({ verdict: 'resolved' });
  });

  test('is trusted up to there', async () => {
    await at.deliver(firing(at.now + 5 * minute));
    await expect(at.deliver(firing(at.now + 5))).resolves.toMatchObject({ verdict: 'late' });
  });

  test('that is days ahead still tells a retry from a repeat', async () => {
    const ahead = at.now + 3 * 24 * 60 * minute;
    await at.deliver(firing(ahead));
    at.now += 1000;
    await expect(at.deliver(firing(ahead))).resolves.toMatchObject({ verdict: 'retry' });
    await expect(at.deliver(firing(ahead + 1000))).resolves.toMatchObject({ verdict: 'repeated' });
  });

  test('far in the past is trusted: a queue may have held the message', async () => {
    await expect(at.deliver(firing(1))).resolves.toMatchObject({ verdict: 'opened' });
    await expect(at.deliver(firing(1))).resolves.toMatchObject({ verdict: 'retry' });
  });
});

describe('one poisoned delivery', () => {
  test('never fails its neighbours and is itself kept as not understood', async () => {
    const stored = await Promise.all([
      at.ingest.submit(submission([firing(1, 'WARN', null, 'before')])),
      at.ingest.submit(submission([poison], { body: Buffer.from('the poison') })),
      at.ingest.submit(submission([firing(1, 'WARN', null, 'after')])),
    ]);
    expect(stored.map(({ verdict }) => verdict)).toEqual(['opened', 'not-understood', 'opened']);
    expect(stored[1]).toMatchObject({ reason: 'fault-in-tocsin', alertIds: [] });
    expect(at.deliveries.getDelivery(stored[1]?.id ?? 'D0')?.body).toBe('the poison');
    expect([...at.openAlerts.alerts()].map(({ key }) => key)).toEqual(['before', 'after']);
    expect(at.faults).toHaveLength(1);
    expect(at.storeStates).not.toContain(false);
  });

  test.each([
    ['a time that is no whole number', firing(1.5)],
    [
      'text that is a number',
      {
        ...firing(1),
        description: description('WARN', { title: 7 as unknown as string }),
        key: 7 as unknown as string,
      },
    ],
    [
      'a field that throws when it is read',
      {
        ...firing(1),
        get description() {
          throw new Error('boom');
        },
      } as unknown as AlertEvent,
    ],
  ])('whatever the poison is: %s', async (_what, event) => {
    const [bad, good] = await Promise.all([
      at.ingest.submit(submission([event])),
      at.ingest.submit(submission([firing(1, 'WARN', null, 'good')])),
    ]);
    expect(good).toMatchObject({ verdict: 'opened' });
    expect(bad?.id).toMatch(/^D\d+$/);
    expect(deliveryCount()).toBe(2);
  });

  test('leaves no half of itself: the good half of its events is undone too', async () => {
    const stored = await at.ingest.submit(submission([firing(1, 'WARN', null, 'good half'), poison]));
    expect(stored).toMatchObject({ verdict: 'not-understood', reason: 'fault-in-tocsin' });
    expect(at.openAlerts.size).toBe(0);
    expect(at.db.prepare('SELECT count(*) FROM alerts').pluck().get()).toBe(0);
    expect(at.db.prepare('SELECT count(*) FROM applied_events').pluck().get()).toBe(0);
    expect(at.db.prepare('SELECT count(*) FROM timeline').pluck().get()).toBe(0);
    // The good event can be sent again and is then new, not a retry.
    await expect(at.deliver(firing(1, 'WARN', null, 'good half'))).resolves.toMatchObject({
      verdict: 'opened',
    });
  });

  test('costs its neighbours few syncs, however many they are', async () => {
    const commit = vi.spyOn(at.ledger, 'commit');
    const events = keys(64).map((key) => firing(1, 'WARN', null, key));
    const stored = await Promise.all(
      [...events.slice(0, 40), poison, ...events.slice(40)].map((event) =>
        at.ingest.submit(submission([event])),
      ),
    );
    expect(stored.map(({ id }) => id)).toEqual(stored.map((_, index) => `D${index + 1}`));
    expect(stored.filter(({ verdict }) => verdict === 'opened')).toHaveLength(64);
    expect(stored[40]).toMatchObject({ verdict: 'not-understood' });
    // Two for each halving, and one that keeps the poison.
    expect(commit.mock.calls.length).toBeLessThanOrEqual(2 * 7 + 2);
    expect(at.faults).toHaveLength(1);
  });

  test('does not hide another one', async () => {
    const stored = await Promise.all(
      [poison, firing(1), poison, poison].map((event) => at.ingest.submit(submission([event]))),
    );
    expect(stored.map(({ verdict }) => verdict)).toEqual([
      'not-understood',
      'opened',
      'not-understood',
      'not-understood',
    ]);
    expect(at.faults).toHaveLength(3);
  });

  test('numbers are used once and revisions rise without a gap', async () => {
    await Promise.all([
      at.ingest.submit(submission([firing(1, 'WARN', null, 'a')])),
      at.ingest.submit(submission([poison])),
      at.ingest.submit(submission([firing(1, 'WARN', null, 'b')])),
    ]);
    await turn();
    expect(at.told.map(({ revision }) => revision)).toEqual([1, 2]);
    at.restart();
    expect(at.ledger.revision).toBe(2);
    await expect(at.deliver(firing(1, 'WARN', null, 'c'))).resolves.toMatchObject({
      id: 'D4',
      alertIds: ['A3'],
    });
  });
});

describe('more than the disk can take', () => {
  test('is refused as busy, so that the sender comes again; what waits is stored', async () => {
    const sent = Array.from({ length: 10_005 }, (_, index) =>
      at.ingest.submit(submission([firing(index, 'WARN', null, `k${index % 50}`)])).then(
        (stored) => stored,
        (error: unknown) => error,
      ),
    );
    const answers = await Promise.all(sent);
    const refused = answers.filter((answer) => answer instanceof StoreRefusal);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ code: 'store-busy' });
    expect(deliveryCount()).toBe(10_000);
    await expect(at.ingest.submit(submission([firing(1)]))).resolves.toHaveProperty('id');
  });

  test('counts bytes too: 64 MiB of bodies wait at most', async () => {
    const body = Buffer.alloc(1024 * 1024);
    const never = new Ingest({
      ledger: at.ledger,
      store: at.store,
      deliveries: new DeliveryTable(at.db),
      onFault: () => undefined,
    });
    const sent = Array.from({ length: 65 }, () => never.submit(submission([], { body })));
    const last = sent.pop() as Promise<Stored>;
    await expect(last).rejects.toMatchObject({ code: 'store-busy' });
    await expect(Promise.all(sent)).resolves.toHaveLength(64);
  });

  test('is no sign that the store cannot be written', async () => {
    const body = Buffer.alloc(65 * 1024 * 1024);
    await expect(at.ingest.submit(submission([], { body }))).rejects.toBeInstanceOf(StoreRefusal);
    expect(at.storeStates).toEqual([]);
  });
});
