import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadCursor } from '../../../main/alerts/bad-cursor.ts';
import type { ListDeliveries } from '../../../shared/bridge.ts';
import { firing, origin, TestLedger } from '../../fakes/ledger.ts';
import { submission } from '../../fakes/submission.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

/** Every page of a list; a page may be empty while there are more. */
function everyPage(query: ListDeliveries): { readonly ids: string[]; readonly pages: number } {
  const ids: string[] = [];
  let after: string | undefined;
  for (let pages = 1; pages < 5000; pages += 1) {
    const { deliveries, next } = at.deliveries.listDeliveries(
      after === undefined ? query : { ...query, after },
    );
    ids.push(...deliveries.map(({ id }) => id));
    if (next === null) return { ids, pages };
    after = next;
  }
  throw new Error('The pages never end.');
}

/** From now on every look at the clock is late. */
function letTimeRun(): void {
  let now = 0;
  at.elapsed = () => (now += 100);
}

async function keep(body: string | Uint8Array, query = ''): Promise<void> {
  const one = submission([], { body: typeof body === 'string' ? Buffer.from(body) : body });
  const stored = at.ingest.submit({ ...one, raw: { ...one.raw, query } });
  at.ingest.flush();
  await stored;
}

describe('a list of deliveries', () => {
  test('newest first, page by page, each exactly once', async () => {
    for (let index = 0; index < 11; index += 1) await at.deliver(firing(index));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = at.deliveries.listDeliveries(after === undefined ? { limit: 4 } : { limit: 4, after });
      seen.push(...page.deliveries.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(Array.from({ length: 11 }, (_, index) => `D${11 - index}`));
  });

  test('of one verdict, of one source', async () => {
    await at.deliver(firing(1));
    await at.deliver(firing(1));
    await at.deliver(firing(2));
    expect(at.deliveries.listDeliveries({ verdict: 'retry' }).deliveries.map(({ id }) => id)).toEqual(['D2']);
    expect(at.deliveries.listDeliveries({ sourceId: 'somebody-else' }).deliveries).toEqual([]);
  });

  test.each(['', '5', 'D', 'D-1', 'D1; DROP TABLE deliveries', 'A1'])(
    'a cursor that is not ours is refused: %j',
    (after) => {
      expect(() => at.deliveries.listDeliveries({ after })).toThrow(BadCursor);
    },
  );

  test('the newest hundred of an alert are shown, even of one that never stops', async () => {
    const { alertIds } = await at.deliver(firing(1));
    for (let index = 2; index <= 130; index += 1) void at.deliver(firing(index));
    const shown = at.deliveries.deliveriesOf(alertIds[0] ?? 'A0').map(({ id }) => id);
    expect(shown).toHaveLength(100);
    expect(shown[0]).toBe('D130');
    expect(shown.at(-1)).toBe('D31');
  });

  test('one that nobody sent is null', () => {
    expect(at.deliveries.getDelivery('D77')).toBeNull();
  });
});

describe('a search in deliveries', () => {
  const found = (search: string): string[] => everyPage({ search }).ids;

  beforeEach(async () => {
    await keep('{"title":"Disk FULL on db-1"}');
    await keep('alertName=%E7%A3%81%E7%9B%98+full&x=%28y%29');
    await keep('{"title":"\\u78c1\\u76D8"}', 'unit=%25&name=a%20b');
    await keep(Uint8Array.of(0, 0xff, 0xfe, 0x61, 0x62, 0));
    const opening = at.ingest.submit(submission([firing(1)], { body: Buffer.from('opens') }));
    at.ingest.flush();
    await opening;
  });

  test.each([
    ['capitals or not', 'disk full', ['D1']],
    ['as a form writes it', '磁盘 full', ['D2']],
    ['as a form and as JSON in ASCII write it', '磁盘', ['D3', 'D2']],
    ['signs that a form escapes', '(Y)', ['D2']],
    ['in the query', 'A B', ['D3']],
    ['a reason', 'no-events', ['D4', 'D3', 'D2', 'D1']],
    ['among bytes that are no text', 'AB', ['D4']],
    ['a wildcard is a sign like any other', '%', ['D3', 'D2']],
    ['what is nowhere', 'nowhere', []],
    ['nothing but blanks is no search', '  ', ['D5', 'D4', 'D3', 'D2', 'D1']],
    ['half a character, which is shown as what cannot be read', '\ud83d', ['D4']],
  ])('%s: %j', (_what, search, expected) => {
    expect(found(search)).toEqual(expected);
  });

  test('goes together with verdict and source', () => {
    expect(everyPage({ search: 'full', verdict: 'ignored' }).ids).toEqual(['D2', 'D1']);
    expect(everyPage({ search: 'full', verdict: 'opened' }).ids).toEqual([]);
    expect(everyPage({ search: 'full', sourceId: origin.sourceId }).ids).toEqual(['D2', 'D1']);
    expect(everyPage({ search: 'full', sourceId: 'somebody-else' }).ids).toEqual([]);
  });

  test('that takes long is cut into short pages, which together are complete', () => {
    const whole = everyPage({ search: 'full' });
    expect(whole.pages).toBe(1);
    letTimeRun();
    expect(at.deliveries.listDeliveries({ search: 'db-1' })).toEqual({ deliveries: [], next: 'D5' });
    const cut = everyPage({ search: 'full' });
    expect(cut.ids).toEqual(whole.ids);
    expect(cut.pages).toBeGreaterThan(3);
  });
});

describe('a rare verdict among very many', () => {
  beforeEach(() => {
    const row = at.db.prepare(
      `INSERT INTO deliveries (id, source_id, received_at, method, remote_address, headers, query, bytes, body_hash, verdict,
         reason, alerts, body) VALUES (?, ?, 1, 'POST', '', '{}', '', 0, x'', ?, '', '[]', x'')`,
    );
    at.db
      .transaction(() => {
        // Numbers have gaps: what is old goes.
        for (let id = 1; id <= 30_000; id += id % 3000 === 0 ? 700 : 1) {
          row.run(id, id % 2 === 0 ? 'even' : 'odd', id % 1009 === 7 ? 'not-understood' : 'opened');
        }
      })
      .immediate();
  });
  const rare = (bySource?: string): string[] =>
    at.db
      .prepare<[string | null], number>(
        "SELECT id FROM deliveries WHERE verdict = 'not-understood' AND source_id = coalesce(?, source_id) ORDER BY id DESC",
      )
      .pluck()
      .all(bySource ?? null)
      .map((id) => `D${id}`);

  test('is found to the last one, in whatever pages', () => {
    expect(rare().length).toBeGreaterThan(3);
    expect(everyPage({ verdict: 'not-understood' }).ids).toEqual(rare());
    expect(everyPage({ verdict: 'not-understood', sourceId: 'odd' }).ids).toEqual(rare('odd'));
    expect(everyPage({ verdict: 'not-understood', sourceId: 'even' }).ids).toEqual(rare('even'));
    letTimeRun();
    const cut = everyPage({ verdict: 'not-understood' });
    expect(cut.ids).toEqual(rare());
    expect(cut.pages).toBeGreaterThan(5);
    expect(everyPage({ verdict: 'not-understood', sourceId: 'odd' }).ids).toEqual(rare('odd'));
  });

  test('never makes one call walk over everything', () => {
    letTimeRun();
    const { next } = at.deliveries.listDeliveries({ verdict: 'probe' });
    expect(Number(next?.slice(1))).toBeGreaterThan(25_000);
    const { next: ofSource } = at.deliveries.listDeliveries({ verdict: 'probe', sourceId: 'even' });
    expect(Number(ofSource?.slice(1))).toBeGreaterThan(20_000);
  });
});

describe('a delivery by itself', () => {
  test('comes with its query, and with the hash of its body', async () => {
    await keep('the body', 'a=1');
    expect(at.deliveries.getDelivery('D1')).toMatchObject({
      body: 'the body',
      query: 'a=1',
      bodyHash: createHash('sha256').update('the body').digest('hex'),
      bodyDamaged: false,
      bodyRemoved: false,
    });
  });

  test('says so when its body is not what came', async () => {
    await keep('the body');
    at.db.prepare("UPDATE deliveries SET body = CAST('the b0dy' AS BLOB)").run();
    expect(at.deliveries.getDelivery('D1')).toMatchObject({ body: 'the b0dy', bodyDamaged: true });
  });

  test('whose body was removed is not damaged', async () => {
    await keep('the body');
    at.db.prepare("UPDATE deliveries SET body = x'', body_removed = 1").run();
    expect(at.deliveries.getDelivery('D1')).toMatchObject({
      body: '',
      bytes: 8,
      bodyDamaged: false,
      bodyRemoved: true,
    });
  });
});
