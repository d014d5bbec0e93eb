// Deliveries that were not understood, or not wholly, when they came, read again by a parser that understands them.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AlertEvent } from '../../../main/alerts/alert-event.ts';
import type { DeliveryContent } from '../../../main/alerts/apply-events.ts';
import { DeliveryTable } from '../../../main/alerts/delivery-table.ts';
import type { Stored } from '../../../main/alerts/ingest.ts';
import { CannotParseAgain, ParseAgain } from '../../../main/alerts/parse-again.ts';
import type { AlertId, DeliveryId } from '../../../shared/alert.ts';
import { description, firing, origin, recovered, TestLedger } from '../../fakes/ledger.ts';
import { submission } from '../../fakes/submission.ts';

let at: TestLedger;
/** What today's parser says of a body other than the events in it. */
let today: (body: string) => DeliveryContent | null;
let isSourceThere: boolean;
beforeEach(() => {
  at = new TestLedger();
  today = (body) => eventsOf(body);
  isSourceThere = true;
});
afterEach(() => at.close());

const eventsOf = (body: string): DeliveryContent => ({
  kind: 'events',
  events: JSON.parse(body) as AlertEvent[],
  remarks: [],
});
const notUnderstood: DeliveryContent = {
  kind: 'no-events',
  verdict: 'not-understood',
  reason: 'broken-json',
  remarks: ['personal-data-removed'],
};

/** A delivery with these events in its body; `content` is what was made of it when it came. */
async function arrive(
  events: readonly AlertEvent[],
  content: DeliveryContent = { kind: 'events', events, remarks: [] },
): Promise<Stored> {
  const body = Buffer.from(JSON.stringify(events));
  const stored = at.ingest.submit({ ...submission([], { body, at: at.now }), content });
  at.ingest.flush();
  at.changes.flush();
  return stored;
}

function parser(): ParseAgain {
  return new ParseAgain({
    ledger: at.ledger,
    store: at.store,
    deliveries: new DeliveryTable(at.db),
    read: ({ body }) => {
      const content = isSourceThere ? today(Buffer.from(body).toString()) : null;
      return content === null ? null : { origin, content };
    },
  });
}

function parse(id: DeliveryId): ReturnType<ParseAgain['parse']> {
  const result = parser().parse(id);
  at.changes.flush();
  return result;
}

const delivery = (id: DeliveryId) => at.deliveries.getDelivery(id);
const chain = (id: AlertId): DeliveryId[] => at.deliveries.deliveriesOf(id).map((one) => one.id);
const unresolved = () => [...at.openAlerts.alerts()];

/** Everything that a person or program could see. */
function everything(): unknown {
  const tables = ['deliveries', 'alerts', 'problems', 'applied_events', 'timeline', 'meta'];
  return [...tables.map((table) => at.db.prepare(`SELECT * FROM ${table}`).all()), at.told.length];
}

describe('a delivery that was not understood', () => {
  test('takes effect as of the time when it came', async () => {
    const { id } = await arrive([firing(5)], notUnderstood);
    const came = at.now;
    at.now += 60_000;
    expect(parse(id)).toEqual({ sourceId: origin.sourceId, before: 'not-understood', after: 'opened' });
    expect(unresolved()).toMatchObject([{ id: 'A1', openedAt: came, count: 1, deliveries: 1 }]);
    expect(at.told.map(({ kind }) => kind)).toEqual(['opened']);
    expect(delivery(id)).toMatchObject({
      verdict: 'opened',
      reason: 'opened, personal-data-removed, parsed-again',
      alertIds: ['A1'],
    });
    expect(chain('A1')).toEqual([id]);
  });

  test('that is still not understood says why today', async () => {
    const { id } = await arrive([firing(5)], notUnderstood);
    today = () => ({ ...notUnderstood, kind: 'no-events', reason: 'unknown-alert-state', remarks: [] });
    expect(parse(id)).toMatchObject({ after: 'not-understood' });
    expect(delivery(id)?.reason).toBe('unknown-alert-state, personal-data-removed, parsed-again');
    expect(at.told).toEqual([]);
  });

  test('whose message came a second time and was understood then is a retry', async () => {
    const { id } = await arrive([firing(5)], notUnderstood);
    await arrive([firing(5)]);
    expect(parse(id)).toMatchObject({ after: 'retry' });
    expect(unresolved()).toMatchObject([{ count: 1, deliveries: 2 }]);
    expect(chain('A1')).toEqual(['D2', 'D1']);
  });

  test('does not open what has recovered since', async () => {
    const { id } = await arrive([firing(5)], notUnderstood);
    await arrive([recovered(6)]);
    expect(parse(id)).toMatchObject({ after: 'late' });
    expect(unresolved()).toEqual([]);
  });

  test.each([
    ['a recovery', () => arrive([recovered(null)])],
    ['a recovery of what was opened by another one', () => arrive([firing(null), recovered(null)])],
    [
      'a close by hand',
      async () => {
        const { alertIds } = await arrive([firing(null)]);
        at.now += 1;
        at.actions.act(alertIds, { kind: 'resolve', note: null });
      },
    ],
  ])('without a time does not open what is over since by %s', async (_what, end) => {
    const { id } = await arrive([firing(null)], notUnderstood);
    at.now += 1;
    await end();
    at.changes.flush();
    const told = at.told.length;
    expect(parse(id)).toMatchObject({ after: 'late' });
    expect(unresolved()).toEqual([]);
    expect(at.told).toHaveLength(told);
  });

  test('of many problems reads what came after it once, not once for each of them', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `k${index}`);
    const { id } = await arrive(
      keys.map((key) => firing(null, 'WARN', null, key)),
      notUnderstood,
    );
    for (const key of ['k3', 'k4', 'k5']) await arrive([recovered(null, null, key)]);
    let read = 0;
    today = (body) => {
      read += 1;
      return eventsOf(body);
    };
    expect(parse(id)).toMatchObject({ after: 'mixed' });
    expect(read).toBe(4);
    expect(unresolved()).toHaveLength(47);
  });

  test('with a time does not re-open what a person closed after it came', async () => {
    await arrive([firing(5)]);
    const { id } = await arrive([firing(6)], notUnderstood);
    at.now += 1;
    at.actions.act(['A1'], { kind: 'resolve', note: null });
    expect(parse(id)).toMatchObject({ after: 'late' });
    expect(unresolved()).toEqual([]);
  });

  test('without a time does not close, acknowledge or change what was reported after it', async () => {
    const old = [
      recovered(null),
      { ...firing(null, 'CRITICAL'), description: description('CRITICAL', { title: 'old' }) },
      { ...recovered(null), kind: 'acknowledged' } as AlertEvent,
    ];
    const ids: DeliveryId[] = [];
    for (const event of old) ids.push((await arrive([event], notUnderstood)).id);
    at.now += 1;
    await arrive([firing(null)]);
    const before = unresolved();
    for (const id of ids) expect(parse(id)).toMatchObject({ after: 'late' });
    expect(unresolved()).toEqual(before);
  });

  test('closes what was reported before it', async () => {
    await arrive([firing(null)]);
    at.now += 1;
    const { id } = await arrive([recovered(null)], notUnderstood);
    const came = at.now;
    at.now += 60_000;
    expect(parse(id)).toMatchObject({ after: 'resolved' });
    expect(unresolved()).toEqual([]);
    expect(at.store.loadEpisode('A1')?.alert).toMatchObject({ resolvedBy: 'recovery', resolvedAt: came });
  });

  test('an alert and its end, read again in either order, leave nothing open', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const ids: DeliveryId[] = [];
      for (const event of [firing(null), recovered(null)]) {
        at.now += 1;
        ids.push((await arrive([event], notUnderstood)).id);
      }
      at.now += 60_000;
      for (const index of order) parse(ids[index] as DeliveryId);
      expect(unresolved()).toEqual([]);
    }
  });

  test('hangs in the chain of its alert where it belongs', async () => {
    await arrive([firing(1)]);
    await arrive([firing(5), firing(5, 'WARN', null, 'other')], notUnderstood);
    await arrive([firing(3)]);
    await arrive([firing(9, 'WARN', null, 'other')]);
    await arrive([firing(4)]);
    await arrive([firing(2)], notUnderstood);
    parse('D2');
    parse('D6');
    await arrive([firing(6)]);
    expect(chain('A1')).toEqual(['D7', 'D6', 'D5', 'D3', 'D2', 'D1']);
    expect(chain('A2')).toEqual(['D4', 'D2']);
    expect(delivery('D2')?.alertIds).toEqual(['A1', 'A2']);
    expect(at.store.loadEpisode('A1')?.alert.deliveries).toBe(6);
  });

  test('that breaks our code changes nothing', async () => {
    const { id } = await arrive([firing(5)], notUnderstood);
    today = () => ({
      kind: 'events',
      events: [
        firing(5),
        { ...firing(6), description: description('WARN', { labels: { x: 1n as unknown as string } }) },
      ],
      remarks: [],
    });
    const before = everything();
    expect(() => parse(id)).toThrow(TypeError);
    expect(everything()).toEqual(before);
  });
});

describe('a delivery that had its effect', () => {
  test('has none again', async () => {
    const { id } = await arrive([firing(null), firing(7, 'WARN', null, 'timed')]);
    await arrive([firing(null, 'CRITICAL')]);
    const before = unresolved();
    expect(parse(id)).toMatchObject({ before: 'opened', after: 'opened' });
    expect(unresolved()).toEqual(before);
    expect(delivery(id)?.reason).toBe('opened, parsed-again');
  });

  test.each([
    ['a retry', [firing(1)]],
    ['late', [firing(0)]],
    ['an orphan recovery without a time', [recovered(null, null, 'nobody')]],
    ['a recovery', [recovered(2)]],
  ])('has none again: %s', async (_what, events) => {
    await arrive([firing(1)]);
    const { id } = await arrive(events);
    await arrive([firing(3), firing(null, 'WARN', null, 'nobody')]);
    const before = unresolved();
    const was = delivery(id);
    expect(parse(id)).toMatchObject({ before: was?.verdict, after: was?.verdict });
    expect(unresolved()).toEqual(before);
    expect(delivery(id)).toEqual({ ...was, reason: `${was?.reason}, parsed-again` });
  });

  test('takes effect in what was not understood of it', async () => {
    const known = firing(5, 'WARN', null, 'known');
    const { id } = await arrive([known, firing(5, 'WARN', null, 'new')], {
      kind: 'events',
      events: [known],
      remarks: ['no-dimensions'],
    });
    const told = at.told.length;
    expect(parse(id)).toMatchObject({ before: 'opened', after: 'opened' });
    expect(unresolved().map(({ key, deliveries }) => [key, deliveries])).toEqual([
      ['known', 1],
      ['new', 1],
    ]);
    expect(at.told.length).toBe(told + 1);
    expect(delivery(id)).toMatchObject({
      reason: 'opened, no-dimensions, parsed-again',
      alertIds: ['A1', 'A2'],
    });
    expect(chain('A2')).toEqual([id]);
  });

  test('of which a part has another outcome is mixed', async () => {
    await arrive([firing(1, 'WARN', null, 'other')]);
    const known = firing(5, 'WARN', null, 'known');
    const { id } = await arrive([known, recovered(5, null, 'other')], {
      kind: 'events',
      events: [known],
      remarks: [],
    });
    expect(parse(id)).toMatchObject({ after: 'mixed' });
    expect(unresolved()).toMatchObject([{ key: 'known' }]);
    expect(delivery(id)?.reason).toBe('opened, recovered, parsed-again');
  });

  test('opens nothing because today’s parser calls its problems by other names', async () => {
    const { id } = await arrive([firing(5, 'WARN', null, 'cloudmonitor:1:x')]);
    await arrive([recovered(6, null, 'cloudmonitor:1:x')]);
    today = () => ({ kind: 'events', events: [firing(5, 'WARN', null, 'cloudmonitor:2:x')], remarks: [] });
    expect(parse(id)).toMatchObject({ after: 'opened' });
    expect(unresolved()).toEqual([]);
  });

  test('when nothing of it is understood any more stays what it was', async () => {
    const { id } = await arrive([firing(5)]);
    today = () => notUnderstood;
    expect(parse(id)).toMatchObject({ after: 'opened' });
    expect(delivery(id)).toMatchObject({ reason: 'opened, parsed-again', alertIds: ['A1'] });
  });
});

describe('what arrived while its source was paused', () => {
  test('takes effect once the source is not paused any more, and not before', async () => {
    const paused: DeliveryContent = {
      kind: 'no-events',
      verdict: 'ignored',
      reason: 'source-paused',
      remarks: [],
    };
    const { id } = await arrive([firing(5)], paused);
    today = () => paused;
    expect(parse(id)).toMatchObject({ after: 'ignored' });
    today = eventsOf;
    expect(parse(id)).toMatchObject({ after: 'opened' });
  });
});

describe('is refused', () => {
  const refusal = (id: DeliveryId): string | null => {
    const before = everything();
    try {
      parse(id);
      return null;
    } catch (error) {
      expect(everything()).toEqual(before);
      if (error instanceof CannotParseAgain) return error.code;
      throw error;
    }
  };

  test('for a delivery that nobody sent', () => {
    expect(refusal('D7')).toBe('unknown-delivery');
  });

  test('when the source is gone', async () => {
    const { id } = await arrive([firing(5)], notUnderstood);
    isSourceThere = false;
    expect(refusal(id)).toBe('unknown-source');
  });

  test('when the body is gone', async () => {
    const { id } = await arrive([firing(5)], notUnderstood);
    at.db.prepare("UPDATE deliveries SET body = x'', body_removed = 1").run();
    expect(refusal(id)).toBe('body-removed');
  });

  test('when the body was too large to be kept', async () => {
    const { id } = await arrive([], {
      ...notUnderstood,
      kind: 'no-events',
      reason: 'too-large',
      remarks: [],
    });
    expect(refusal(id)).toBe('body-removed');
  });

  test('when a wall refused it: being read again is no way around', async () => {
    const { id } = await arrive([firing(5)], {
      kind: 'no-events',
      verdict: 'ignored',
      reason: 'address-refused',
      remarks: [],
    });
    expect(refusal(id)).toBe('address-refused');
  });
});

const time = fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 });
const event = fc.oneof(
  fc
    .tuple(
      time,
      fc.constantFrom('CRITICAL', 'WARN'),
      fc.constantFrom('x', 'y', null),
      fc.constantFrom('k', 'l'),
    )
    .map(([sentAt, level, name, key]) => firing(sentAt, level, name, key)),
  fc
    .tuple(time, fc.constantFrom('x', null), fc.constantFrom('k', 'l'))
    .map(([sentAt, name, key]) => recovered(sentAt, name, key)),
  fc
    .tuple(time, fc.constantFrom('k', 'l'))
    .map(([sentAt, key]): AlertEvent => ({ ...recovered(sentAt, null, key), kind: 'acknowledged' })),
);
const arrival = fc.record({
  events: fc.array(event, { maxLength: 3 }),
  understood: fc.constantFrom('all', 'none', 'first'),
  closes: fc.boolean(),
});

describe('whatever came, and whatever of it was understood', () => {
  test('reading all of it again, in any order, a second time changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arrival, { minLength: 1, maxLength: 7 }),
        fc.infiniteStream(fc.nat()),
        async (arrivals, numbers) => {
          at.close();
          at = new TestLedger();
          const ids = await arriveAll(arrivals);
          const shuffled = () =>
            ids
              .map((id) => ({ id, at: numbers.next().value ?? 0 }))
              .toSorted((a, b) => a.at - b.at)
              .map(({ id }) => id);
          for (const id of shuffled()) {
            at.now += 1000;
            parse(id);
            const once = everything();
            at.now += 1000;
            parse(id);
            expect(everything()).toEqual(once);
          }
          const all = everything();
          for (const id of shuffled()) parse(id);
          expect(everything()).toEqual(all);
          expectChains();
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  test('read again in the order in which it came, nothing stays open that its last message ended', async () => {
    const message = fc.record({
      isEnd: fc.boolean(),
      isTimed: fc.boolean(),
      isUnderstood: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (messages, timed) => {
          at.close();
          at = new TestLedger();
          const ids: DeliveryId[] = [];
          for (const { isEnd, isUnderstood } of messages) {
            at.now += 1000;
            const sentAt = timed ? at.now : null;
            const one = isEnd ? recovered(sentAt) : firing(sentAt);
            ids.push((await arrive([one], isUnderstood ? undefined : notUnderstood)).id);
          }
          at.now += 1000;
          for (const id of ids) parse(id);
          expect(unresolved()).toHaveLength(messages.at(-1)?.isEnd === true ? 0 : 1);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

async function arriveAll(
  arrivals: readonly { events: readonly AlertEvent[]; understood: string; closes: boolean }[],
): Promise<DeliveryId[]> {
  const ids: DeliveryId[] = [];
  for (const { events, understood, closes } of arrivals) {
    at.now += 1000;
    const content: DeliveryContent =
      understood === 'none'
        ? notUnderstood
        : { kind: 'events', events: understood === 'all' ? events : events.slice(0, 1), remarks: [] };
    ids.push((await arrive(events, content)).id);
    const [open] = at.openAlerts.alerts();
    if (closes && open !== undefined) at.actions.act([open.id], { kind: 'resolve', note: null });
  }
  return ids;
}

/** Every delivery that names an alert is in that alert's chain, newest first, and the alert counts them. */
function expectChains(): void {
  const rows = at.deliveries.listDeliveries({ limit: 500 }).deliveries;
  const alerts = at.queries.listAlerts({
    states: ['open', 'acknowledged', 'snoozed', 'resolved'],
    limit: 500,
  }).alerts;
  for (const alert of alerts) {
    expect(chain(alert.id)).toEqual(
      rows.filter(({ alertIds }) => alertIds.includes(alert.id)).map(({ id }) => id),
    );
  }
}
