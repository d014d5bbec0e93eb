// The store really refuses here: SQLite is given no more pages, as on a full disk.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StoreRefusal } from '../../../main/alerts/ingest.ts';
import type { AlertId } from '../../../shared/alert.ts';
import { description, firing, recovered, TestLedger } from '../../fakes/ledger.ts';
import { submission } from '../../fakes/submission.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

function fillDisk(): void {
  at.db.pragma(`max_page_count = ${Number(at.db.pragma('page_count', { simple: true }))}`);
}

function freeDisk(): void {
  at.db.pragma('max_page_count = 1000000');
}

/** Too big for what is left in the last pages. */
const big = (key: string) => ({
  ...firing(1, 'CRITICAL', null, key),
  description: description('CRITICAL', { text: key.repeat(20_000) }),
});

function everything(): unknown {
  const tables = ['deliveries', 'alerts', 'problems', 'applied_events', 'timeline', 'meta'];
  return tables.map((table) => at.db.prepare(`SELECT * FROM ${table}`).all());
}

describe('while the store cannot be written', () => {
  test('every delivery of the commit is refused, and nothing of it is there', async () => {
    await at.deliver(firing(1, 'WARN', null, 'known'));
    const before = everything();
    const told = at.told.length;
    fillDisk();
    const answers = await Promise.allSettled([
      at.ingest.submit(submission([recovered(2, null, 'known')])),
      at.ingest.submit(submission([big('a')])),
      at.ingest.submit(submission([big('b')])),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe('rejected');
      expect((answer as PromiseRejectedResult).reason).toBeInstanceOf(StoreRefusal);
      expect((answer as PromiseRejectedResult).reason).toMatchObject({ code: 'store-not-writable' });
    }
    at.changes.flush();
    expect(everything()).toEqual(before);
    expect(at.told).toHaveLength(told);
    expect([...at.openAlerts.alerts()].map(({ key, state }) => `${key} ${state}`)).toEqual(['known open']);
    expect(at.ledger.revision).toBe(1);
    expect(at.storeStates.at(-1)).toBe(false);
    // It is the disk's fault, not ours: nobody has to look for a bug.
    expect(at.faults).toEqual([]);
  });

  test('a person’s action changes nothing either, in store or memory', async () => {
    const { alertIds } = await at.deliver(firing(1));
    fillDisk();
    const note = { kind: 'note', text: 'n'.repeat(100_000) } as const;
    expect(() => at.actions.act(alertIds, note)).toThrow(/full/);
    const before = at.told.length;
    at.changes.flush();
    expect(at.told).toHaveLength(before);
    expect(at.timeline.list(alertIds[0] ?? 'A0').map(({ kind }) => kind)).toEqual(['opened']);
  });
});

describe('the test whether the disk takes something', () => {
  test('writes a page each time, and changes nothing that anybody reads', async () => {
    await at.deliver(firing(1));
    const written = (): number => statSync(join(at.folder, 'tocsin.db-wal')).size;
    const [revision, alerts] = [at.ledger.revision, [...at.openAlerts.alerts()]];
    for (let time = 0; time < 3; time += 1) {
      const before = written();
      at.ledger.testWrite();
      expect(written()).toBeGreaterThan(before);
    }
    at.restart();
    expect(at.ledger.revision).toBe(revision);
    expect([...at.openAlerts.alerts()]).toEqual(alerts);
  });
});

describe('when it can be written again', () => {
  test('the next delivery is stored without anybody’s help, and says so', async () => {
    fillDisk();
    await expect(at.ingest.submit(submission([big('a')]))).rejects.toBeInstanceOf(StoreRefusal);
    freeDisk();
    await expect(at.ingest.submit(submission([big('a')]))).resolves.toMatchObject({
      id: 'D1',
      verdict: 'opened',
      alertIds: ['A1'],
    });
    expect(at.storeStates).toEqual([false, true]);
  });

  test('the sender’s retry is new, not a retry: its first try left no trace', async () => {
    fillDisk();
    await expect(at.ingest.submit(submission([big('a'), firing(7)]))).rejects.toBeInstanceOf(StoreRefusal);
    freeDisk();
    await expect(at.deliver(firing(7))).resolves.toMatchObject({ verdict: 'opened' });
  });

  test('repeats that were folded before and after are counted once each', async () => {
    const { alertIds } = await at.deliver(firing(1));
    await at.deliver(firing(2));
    fillDisk();
    await expect(at.ingest.submit(submission([firing(3), big('a')]))).rejects.toBeInstanceOf(StoreRefusal);
    freeDisk();
    await at.deliver(firing(4));
    const repeats = at.timeline.list(alertIds[0] ?? 'A0').filter(({ kind }) => kind === 'repeated');
    expect(repeats.reduce((sum, { times }) => sum + times, 0)).toBe(2);
    expect([...at.openAlerts.alerts()][0]).toMatchObject({ count: 3, deliveries: 3 });
  });

  test('a repeat is not counted on a line that was undone and whose number another alert has now', async () => {
    const { alertIds } = await at.deliver(firing(1));
    fillDisk();
    await expect(at.ingest.submit(submission([firing(2), big('a')]))).rejects.toBeInstanceOf(StoreRefusal);
    freeDisk();
    const other = await at.deliver(firing(1, 'WARN', null, 'other'));
    await at.deliver(firing(3));
    const kinds = (id: AlertId | undefined): string[] =>
      at.timeline.list(id ?? 'A0').map(({ kind, times }) => `${kind} x${times}`);
    expect(kinds(other.alertIds[0])).toEqual(['opened x1']);
    expect(kinds(alertIds[0])).toEqual(['opened x1', 'repeated x1']);
  });

  test('memory is the same as the store after a restart', async () => {
    await at.deliver(firing(1, 'WARN', null, 'x'));
    fillDisk();
    await expect(at.ingest.submit(submission([recovered(2, null, 'x'), big('a')]))).rejects.toBeInstanceOf(
      StoreRefusal,
    );
    const inMemory = [...at.openAlerts.problems()];
    at.restart();
    expect([...at.openAlerts.problems()]).toEqual(inMemory);
  });
});
