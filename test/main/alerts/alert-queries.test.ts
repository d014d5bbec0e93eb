import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BadCursor } from '../../../main/alerts/bad-cursor.ts';
import type { Alert, AlertId } from '../../../shared/alert.ts';
import { compareAlerts, places, placeOf } from '../../../shared/alert-order.ts';
import type { ListAlerts } from '../../../shared/bridge.ts';
import { description, firing, origin, recovered, TestLedger } from '../../fakes/ledger.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

function everyPage(query: ListAlerts): Alert[] {
  const found: Alert[] = [];
  let after: string | undefined;
  for (let page = 0; page < 1000; page += 1) {
    const { alerts, next } = at.queries.listAlerts(after === undefined ? query : { ...query, after });
    found.push(...alerts);
    if (next === null) return found;
    expect(alerts.length).toBeGreaterThan(0);
    after = next;
  }
  throw new Error('The pages never end.');
}

describe('pages of alerts', () => {
  test('visit every alert exactly once, in the order of the screen, whatever the page size', async () => {
    const alert = fc.record({
      level: fc.constantFrom('CRITICAL', 'WARN', 'INFO'),
      place: fc.constantFrom(...places),
      /** Few values, so that many alerts open in the same millisecond. */
      openedAfter: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(alert, { maxLength: 25 }),
        fc.integer({ min: 1, max: 9 }),
        async (wanted, limit) => {
          at.close();
          at = new TestLedger();
          const now = at.now;
          for (const [index, { level, place, openedAfter }] of wanted.entries()) {
            at.now = now + openedAfter;
            const { alertIds } = await at.deliver(firing(1, level, null, `key-${index}`));
            if (place === 'acknowledged') at.actions.act(alertIds, { kind: 'acknowledge', note: null });
            if (place === 'snoozed') at.actions.act(alertIds, { kind: 'snooze', until: now + 60_000 });
            if (place === 'resolved') at.actions.act(alertIds, { kind: 'resolve', note: null });
          }
          const all = everyPage({ states: [...places], limit });
          expect(all).toHaveLength(wanted.length);
          expect(all.map(({ id }) => id)).toEqual([...all].toSorted(compareAlerts).map(({ id }) => id));
          expect(new Set(all.map(({ id }) => id)).size).toBe(wanted.length);
          const unresolved = everyPage({ limit });
          expect(unresolved.map(({ id }) => id)).toEqual(
            all.filter((one) => placeOf(one) !== 'resolved').map(({ id }) => id),
          );
          expect(unresolved).toEqual([...at.openAlerts.alerts()].toSorted(compareAlerts));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('an alert that moves up while somebody pages shifts nothing below it', async () => {
    const ids: AlertId[] = [];
    for (let index = 0; index < 6; index += 1) {
      at.now += 1;
      ids.push(...(await at.deliver(firing(1, 'WARN', null, `key-${index}`))).alertIds);
    }
    const first = at.queries.listAlerts({ limit: 3 });
    at.actions.act([ids[5] as AlertId], { kind: 'acknowledge', note: null });
    const second = at.queries.listAlerts({ limit: 3, after: first.next ?? '' });
    expect(second.alerts.map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]]);
  });

  test.each([
    '',
    '1',
    '0.0.0',
    '0.0.0.0.0',
    "0.0.0.0'",
    '0.0.-1.5',
    '0.0.1e3.5',
    'A1',
    '9'.repeat(200),
    '0.0.1.1); DROP TABLE alerts; --',
  ])('a cursor that is not ours is refused: %j', async (after) => {
    await at.deliver(firing(1));
    expect(() => at.queries.listAlerts({ after })).toThrow(BadCursor);
    expect(at.queries.listAlerts({}).alerts).toHaveLength(1);
  });

  test('a cursor of numbers that no alert has is harmless', async () => {
    await at.deliver(firing(1));
    expect(at.queries.listAlerts({ after: '0.0.0.0' })).toBeTruthy();
    expect(at.queries.listAlerts({ after: '9.9.9999999999999999.999999999999999' }).alerts).toEqual([]);
  });
});

describe('filters', () => {
  beforeEach(async () => {
    await at.deliver(firing(1, 'CRITICAL', null, 'one'));
    await at.deliver(firing(1, 'INFO', null, 'two'));
    await at.deliver(firing(1, 'WARN', null, 'three'));
    await at.deliver(recovered(2, null, 'three'));
  });

  test('by place, priority and source', () => {
    const keysOf = (query: ListAlerts): string[] => at.queries.listAlerts(query).alerts.map(({ key }) => key);
    expect(keysOf({ states: ['resolved'] })).toEqual(['three']);
    expect(keysOf({ priority: 'low' })).toEqual(['two']);
    expect(keysOf({ sourceId: origin.sourceId })).toEqual(['one', 'two']);
    expect(keysOf({ sourceId: 'somebody-else' })).toEqual([]);
    expect(keysOf({ states: [] })).toEqual([]);
  });
});

describe('search', () => {
  const found = (search: string): string[] => at.queries.listAlerts({ search }).alerts.map(({ key }) => key);

  beforeEach(async () => {
    const about = (key: string, more: Parameters<typeof description>[1]): Promise<unknown> =>
      at.deliver({ ...firing(1, 'WARN', null, key), description: description('WARN', more) });
    await about('cpu', {
      title: 'CPU High',
      resource: 'web-01.prod.example.com',
      labels: { team: 'Checkout' },
    });
    await about('disk', {
      title: '磁盘使用率过高',
      text: '数据库主机 db-7 的磁盘',
      resource: 'db-7',
      labels: {},
    });
    await about('café', {
      title: 'Überlast im CAFÉ',
      text: 'say "hello" to C:\\temp',
      resource: 'x_1%',
      labels: {},
    });
  });

  test.each([
    ['a word in any case', 'cpu HIGH', ['cpu']],
    ['a host name with dots', 'web-01.prod.example.com', ['cpu']],
    ['part of a host name', '.prod.', ['cpu']],
    ['a dot is a dot', 'web-01xprod', []],
    ['Chinese', '磁盘', ['disk']],
    ['Chinese inside a sentence, with another word', 'db-7 数据库', ['disk']],
    ['words in any order, all of them', 'checkout cpu', ['cpu']],
    ['one word that is missing', 'checkout disk', []],
    ['a label', 'checkout', ['cpu']],
    ['the key', 'café', ['café']],
    ['an alert’s number', 'a2', ['disk']],
    ['letters beyond ASCII as they are written', 'Überlast CAFÉ', ['café']],
    ['no wildcards, a sign is no letter', '%CPU', ['cpu']],
    ['an underscore is an underscore', 'x_1', ['café']],
    ['a quotation mark', '"hello"', ['café']],
    ['a backslash', 'c:\\temp', ['café']],
    ['how the store writes it down is not searched', 'resource', []],
    ['nor its punctuation', '{"title"', []],
    ['nothing but spaces is no filter', '   ', ['café', 'disk', 'cpu']],
  ])('%s: %j', (_what, search, expected) => {
    expect(found(search)).toEqual(expected);
  });
});

describe('alerts whose change was never decided about, because a crash came in between', () => {
  const undecided = (): string[] => at.queries.undecidedAlerts().map(({ key }) => key);
  const decided = (id: AlertId, kind: 'notified' | 'withheld'): void =>
    at.timeline.append(id, { at: at.now, kind, text: '', reason: 'opened' });

  test('are those without a recorded decision', async () => {
    const one = await at.deliver(firing(1, 'WARN', null, 'one'));
    const two = await at.deliver(firing(1, 'WARN', null, 'two'));
    await at.deliver(firing(1, 'WARN', null, 'three'));
    decided(one.alertIds[0] as AlertId, 'notified');
    decided(two.alertIds[0] as AlertId, 'withheld');
    expect(undecided()).toEqual(['three']);
    at.restart();
    expect(undecided()).toEqual(['three']);
  });

  test('also those that got worse after their last decision', async () => {
    const one = await at.deliver(firing(1, 'WARN', null, 'one'));
    decided(one.alertIds[0] as AlertId, 'notified');
    await at.deliver(firing(2, 'CRITICAL', null, 'one'));
    expect(undecided()).toEqual(['one']);
  });

  test('not those that are over', async () => {
    await at.deliver(firing(1));
    await at.deliver(recovered(2));
    expect(undecided()).toEqual([]);
  });

  test('not those that only went on as before', async () => {
    const one = await at.deliver(firing(1));
    decided(one.alertIds[0] as AlertId, 'notified');
    await at.deliver(firing(2));
    expect(undecided()).toEqual([]);
  });
});
