import { afterEach, beforeEach, expect, test } from 'vitest';
import { noisyProblems } from '../../../main/on-call/noisy-problems.ts';
import { firing, origin, recovered, TestLedger } from '../../fakes/ledger.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

async function flap(key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    at.now += 1000;
    await at.deliver(firing(at.now, 'WARN', null, key));
    at.now += 1000;
    await at.deliver(recovered(at.now, null, key));
  }
}

test('the noisiest problems of a span are counted by their episodes', async () => {
  await flap('before', 4);
  const from = at.now + 1;
  await flap('once', 1);
  await flap('twice', 2);
  await flap('often', 5);
  const to = at.now;
  await flap('after', 3);
  expect(noisyProblems(at.db, { from, to })).toMatchObject([
    { sourceId: origin.sourceId, title: 'CPU high', resource: 'web-1', episodes: 5 },
    { episodes: 2 },
  ]);
});

test('no more than five are named', async () => {
  for (let number = 1; number <= 8; number += 1) await flap(`key-${number}`, number);
  const found = noisyProblems(at.db, { from: 0, to: at.now });
  expect(found.map(({ episodes }) => episodes)).toEqual([8, 7, 6, 5, 4]);
});
