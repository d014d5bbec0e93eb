import { expect, test } from 'vitest';
import {
  gather,
  isNarrowing,
  newsOf,
  noDeliveryFilter,
  noPages,
  questionOf,
  withDelivery,
} from '../../../renderer/deliveries/delivery-pages.ts';
import type { Delivery } from '../../../shared/alert.ts';
import type { BridgeReply, BridgeResult, ListDeliveries } from '../../../shared/bridge.ts';

type Page = BridgeResult<'listDeliveries'>;
const delivery = (number: number, changes: Partial<Delivery> = {}): Delivery => ({
  id: `D${number}`,
  sourceId: 'cm-main',
  receivedAt: number * 1000,
  method: 'POST',
  contentType: null,
  remoteAddress: '127.0.0.1',
  bytes: 10,
  bodyRemoved: false,
  verdict: 'opened',
  reason: 'opened',
  alertIds: [],
  ...changes,
});
const page = (numbers: readonly number[], next: number | null): Page => ({
  deliveries: numbers.map((number) => delivery(number)),
  next: next === null ? null : `D${next}`,
});
const never = (): boolean => false;

/** Answers with one page after the other and remembers what it was asked. */
function pages(...answers: readonly Page[]) {
  const asked: (string | undefined)[] = [];
  const ask = ({ after }: ListDeliveries): Promise<BridgeReply<Page>> => {
    const result = answers[asked.length] ?? page([], 1);
    asked.push(after);
    return Promise.resolve({ ok: true, result });
  };
  return { ask, asked };
}

test('only what narrows is asked for', () => {
  expect(questionOf(noDeliveryFilter)).toEqual({ limit: 100 });
  expect(questionOf({ sourceId: 'cm-main', verdict: 'late', search: '  disk ' })).toEqual({
    limit: 100,
    sourceId: 'cm-main',
    verdict: 'late',
    search: 'disk',
  });
  expect(isNarrowing({ ...noDeliveryFilter, search: '  ' })).toBe(false);
  expect(isNarrowing({ ...noDeliveryFilter, verdict: 'late' })).toBe(true);
});

test('an empty page with a cursor is not the end of a search', async () => {
  const { ask, asked } = pages(page([], 900), page([], 500), page([7], null));
  expect(await gather(ask, { limit: 100 }, null, never)).toEqual({
    deliveries: [delivery(7)],
    next: null,
    error: null,
  });
  expect(asked).toEqual([undefined, 'D900', 'D500']);
});

test('whoever looks for one asks on until there is one, and no further', async () => {
  const { ask, asked } = pages(page([], 900), page([7], 6), page([5], null));
  expect((await gather(ask, { limit: 1 }, null, never, 1)).deliveries).toEqual([delivery(7)]);
  expect(asked).toHaveLength(2);
});

test('a search that finds nothing stops after a while and says how far it came', async () => {
  const { ask, asked } = pages();
  expect(await gather(ask, { limit: 100 }, null, never)).toEqual({ deliveries: [], next: 'D1', error: null });
  expect(asked.length).toBeLessThanOrEqual(100);
});

test('nobody asks on for a filter that was changed meanwhile', async () => {
  const { ask, asked } = pages();
  await gather(ask, { limit: 100 }, null, () => asked.length >= 2);
  expect(asked).toHaveLength(2);
});

test('a refusal keeps what was found', async () => {
  const refused = { code: 'store-not-writable', message: 'No.' };
  const answers: BridgeReply<Page>[] = [
    { ok: true, result: page([3], 3) },
    { ok: false, error: refused },
  ];
  const ask = (): Promise<BridgeReply<Page>> =>
    Promise.resolve(answers.shift() ?? { ok: false, error: refused });
  expect(await gather(ask, { limit: 100 }, null, never)).toEqual({
    deliveries: [delivery(3)],
    next: 'D3',
    error: refused,
  });
});

test('news are what is newer than the first row, and a page that does not reach it leaves a gap', () => {
  const shown = [delivery(10), delivery(9)];
  expect(newsOf(shown, page([12, 11, 10], 10))).toEqual({
    deliveries: [delivery(12), delivery(11)],
    hasGap: false,
  });
  expect(newsOf(shown, page([300, 299], 299)).hasGap).toBe(true);
  expect(newsOf(shown, page([12], null)).hasGap).toBe(false);
  expect(newsOf(shown, page([12], 11)).hasGap).toBe(false);
  expect(newsOf(shown, page([10], null)).deliveries).toEqual([]);
});

test('a delivery that was read again takes its own place', () => {
  const before = { ...noPages, deliveries: [delivery(2), delivery(1)] };
  const changed = delivery(1, { verdict: 'resolved' });
  expect(withDelivery(before, changed).deliveries).toEqual([delivery(2), changed]);
});
