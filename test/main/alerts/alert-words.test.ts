// What the index of resolved alerts finds, against the same question asked of every alert in memory.
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AlertEvent } from '../../../main/alerts/alert-event.ts';
import type { Alert } from '../../../shared/alert.ts';
import { compareAlerts, places, placeOf } from '../../../shared/alert-order.ts';
import type { ListAlerts } from '../../../shared/bridge.ts';
import { priorities } from '../../../shared/priority.ts';
import { matchesSearch, readSearch } from '../../../shared/search-words.ts';
import { description, firing, origin, recovered, TestLedger } from '../../fakes/ledger.ts';
import { submission } from '../../fakes/submission.ts';

/** Every alert that a query finds, page by page; a page may be empty while there are more. */
function everyPage(at: TestLedger, query: ListAlerts): Alert[] {
  const found: Alert[] = [];
  let after: string | undefined;
  for (let page = 0; page < 5000; page += 1) {
    const { alerts, next } = at.queries.listAlerts(after === undefined ? query : { ...query, after });
    expect(alerts.length).toBeLessThanOrEqual(query.limit ?? 100);
    found.push(...alerts);
    if (next === null) return found;
    after = next;
  }
  throw new Error('The pages never end.');
}

describe('a search over resolved and unresolved alerts', () => {
  let at: TestLedger;
  let all: Alert[];
  const otherSource = { ...origin, sourceId: 'un-other', sourceName: '备用 B-side' };

  const words = [
    'db db-1 db-12.prod web_01 checkout check Überlast 97.4 磁盘 磁 盘使用率 カナ 데이터 é a1 A2',
    `NEAR AND OR NOT " ' * ^ ( ) : - + { % _ \\ §p0 🚨 ${'x'.repeat(70)}`,
  ];
  const word = fc.constantFrom(...words.join(' ').split(' '));
  const text = fc
    .array(fc.tuple(word, fc.constantFrom(' ', '', '.', '-', '，', '\n')), { maxLength: 5 })
    .map((pairs) => pairs.flat().join(''));

  beforeAll(async () => {
    at = new TestLedger();
    at.sourceNames.push({ id: otherSource.sourceId, name: otherSource.sourceName });
    const about = fc.record({
      title: text,
      resource: text,
      text,
      labels: fc.dictionary(text, text, { maxKeys: 2 }),
      level: fc.constantFrom('CRITICAL', 'WARN', 'INFO'),
      isOver: fc.integer({ min: 0, max: 3 }),
      here: fc.boolean(),
    });
    const samples = fc.sample(about, { numRuns: 240, seed: 3 });
    for (const [index, { level, isOver, here, ...more }] of samples.entries()) {
      // Numbers on both sides of a border between two blocks of the index, and a block without any alert.
      if (index === 80) jumpTo(at, 65_500);
      if (index === 160) jumpTo(at, 3 * 65_536 - 40);
      at.now += 1;
      const key = `key-${index}`;
      const events: AlertEvent[] = [
        { ...firing(1, level, null, key), description: description(level, more) },
        ...(isOver > 0 ? [recovered(2, null, key)] : []),
      ];
      const sent = at.ingest.submit({
        ...submission(events, { at: at.now }),
        origin: here ? origin : otherSource,
      });
      at.ingest.flush();
      await sent;
    }
    // Names are joined when an alert is read, so the store is asked for them one by one.
    const name = (alert: Alert): Alert => at.store.loadEpisode(alert.id)?.alert ?? alert;
    all = everyPage(at, { states: [...places] }).map(name);
    while (at.words.indexSome(7) > 0) at.words.tidy();
  });
  afterAll(() => at.close());

  const query = fc.record(
    {
      search: fc.array(text, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
      states: fc.subarray(Array.from(places), { minLength: 1 }),
      priority: fc.constantFrom(...priorities),
      sourceId: fc.constantFrom(origin.sourceId, otherSource.sourceId),
      limit: fc.constantFrom(1, 3, 10, 500),
    },
    { requiredKeys: ['search'] },
  );

  test('finds exactly what the same search finds in memory, in the order of the screen', () => {
    let hits = 0;
    fc.assert(
      fc.property(query, fc.boolean(), (asked, isSlow) => {
        // A clock that runs: every page ends as early as it may.
        let now = 0;
        at.elapsed = () => (isSlow ? (now += 100) : 0);
        const expected = all
          .filter(
            (alert) =>
              matchesSearch(alert, readSearch(asked.search)) &&
              (asked.states ?? ['open', 'acknowledged', 'snoozed']).includes(placeOf(alert)) &&
              (asked.priority === undefined || alert.priority === asked.priority) &&
              (asked.sourceId === undefined || alert.sourceId === asked.sourceId),
          )
          .toSorted(compareAlerts);
        hits += expected.length;
        expect(everyPage(at, asked).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }),
      { numRuns: 800 },
    );
    expect(hits).toBeGreaterThan(1000);
  });

  test('finds by the name that a source has now', () => {
    at.elapsed = () => 0;
    const named = at.sourceNames[1];
    if (named === undefined) throw new Error('There is no second source.');
    // The fake names every source alike when it reads an alert; the index is asked by this list.
    named.name = `${origin.sourceName} renamed`;
    const found = everyPage(at, { search: origin.sourceName, states: ['resolved'] });
    expect(found.length).toBe(all.filter((alert) => alert.state === 'resolved').length);
    named.name = otherSource.sourceName;
  });
});

describe('the index of words', () => {
  let at: TestLedger;
  beforeEach(() => {
    at = new TestLedger();
  });
  afterEach(() => at.close());

  const over = async (key: string, title: string, sentAt = 1): Promise<void> => {
    const event = { ...firing(sentAt, 'WARN', null, key), description: description('WARN', { title }) };
    await at.deliver(event);
    await at.deliver(recovered(sentAt + 1, null, key));
  };
  const find = (search: string): string[] =>
    at.queries.listAlerts({ search, states: ['resolved'] }).alerts.map(({ key }) => key);

  test('knows what was resolved a moment ago', async () => {
    await over('k', 'disk full');
    expect(find('disk')).toEqual(['k']);
  });

  test('takes a bounded number at a time, the newest first', async () => {
    for (const key of ['one', 'two', 'three']) await over(key, 'disk full');
    expect(at.words.indexSome(2)).toBe(2);
    const left = at.db.prepare('SELECT key FROM alerts WHERE searchable = 0').pluck().all();
    expect(left).toEqual(['one']);
    expect(at.words.indexSome(2)).toBe(1);
    expect(at.words.indexSome(2)).toBe(0);
  });

  test('gives every one of very many, over several looks at it', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => `k${index}`);
    const event = (key: string) => ({
      ...firing(1, 'WARN', null, key),
      description: description('WARN', { title: 'disk full' }),
    });
    for (const key of keys) void at.deliver(event(key), recovered(2, null, key));
    while (at.words.indexSome(500) > 0) at.words.tidy();
    const found = everyPage(at, { search: 'disk', states: ['resolved'], limit: 500 });
    expect(found.map(({ key }) => key)).toEqual(keys.toReversed());
  });

  test('takes fewer at a time when they are full of words', async () => {
    const words = Array.from({ length: 15_000 }, (_, index) => `w${index}`).join(' ');
    for (const key of ['one', 'two', 'three']) await over(key, words);
    expect(at.words.indexSome(100)).toBe(2);
    expect(find('w14999')).toEqual(['three', 'two', 'one']);
  });

  test('forgets an alert that was opened again, and learns it anew when it is over', async () => {
    await at.deliver({ ...firing(1), description: description('WARN', { title: 'disk full' }) });
    at.actions.act(['A1'], { kind: 'resolve', note: null });
    expect(find('disk')).toEqual(['k']);
    await at.deliver({ ...firing(2), description: description('WARN', { title: 'memory full' }) });
    expect(find('full')).toEqual([]);
    await at.deliver(recovered(3));
    expect(find('memory')).toEqual(['k']);
    expect(find('disk')).toEqual([]);
  });

  test('is not written again by what happens to an alert after its end', async () => {
    await over('k', 'disk full');
    expect(at.words.indexSome(10)).toBe(1);
    at.actions.act(['A1'], { kind: 'note', text: 'seen' });
    expect(at.words.indexSome(10)).toBe(0);
  });

  test('forgets what is deleted', async () => {
    await over('one', 'disk full');
    await over('two', 'disk full');
    at.words.indexSome(10);
    at.words.forget(['A1']);
    at.db.prepare('DELETE FROM alerts WHERE id = 1').run();
    expect(find('disk')).toEqual(['two']);
    expect(at.db.prepare('SELECT rowid FROM alert_words').pluck().all()).toEqual([2]);
  });

  test('a search works while the disk takes nothing, over what was indexed before', async () => {
    await over('before', 'disk full');
    expect(find('disk')).toEqual(['before']);
    await over('after', `disk ${'full '.repeat(200)}`);
    at.db.pragma('query_only = 1');
    expect(find('disk')).toEqual(['before']);
    at.db.pragma('query_only = 0');
    expect(find('disk')).toEqual(['after', 'before']);
  });

  test('survives a restart and passes SQLite’s own check', async () => {
    for (let index = 0; index < 40; index += 1) {
      await over(`k${index}`, `disk ${index}`);
      at.words.indexSome(1);
      at.words.tidy();
    }
    at.restart();
    expect(find('disk-17')).toEqual(['k17']);
    at.db.prepare("INSERT INTO alert_words (alert_words) VALUES ('integrity-check')").run();
    expect(at.db.pragma('quick_check', { simple: true })).toBe('ok');
  });
});

/** The next alert gets this number. */
function jumpTo(at: TestLedger, number: number): void {
  at.db.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'alerts'").run(number - 1);
  at.restart();
}
