import { beforeEach, describe, expect, test } from 'vitest';
import type { ProbeOutcome } from '../../../main/tunnel/probe-call.ts';
import { Probing, type WayIn } from '../../../main/tunnel/probing.ts';
import type { ProbeFinding } from '../../../shared/tunnel.ts';

const wall = 1_800_000_000_000;
let uptime: number;
let way: WayIn | null;
let isListening: boolean;
let calls: { url: string; end: (outcome: ProbeOutcome) => void }[];
let news: number;
let probing: Probing;
beforeEach(() => {
  uptime = 5_000_000;
  way = { state: 'up', publicUrl: 'https://demo.example/behind', since: 1 };
  isListening = true;
  calls = [];
  news = 0;
  probing = new Probing({
    call: (url) => new Promise((end) => calls.push({ url, end })),
    way: () => way,
    isListening: () => isListening,
    isOnCall: () => false,
    now: () => wall + uptime,
    uptime: () => uptime,
    onFinding: () => (news += 1),
  });
});

/** Lets the nth call come back. */
async function answer(index: number, finding: ProbeFinding = 'reached'): Promise<void> {
  calls[index]?.end({ finding, certain: false, roundTripMs: 80, detail: 'as it went' });
  await Promise.resolve();
  await Promise.resolve();
}
const pass = (ms: number): void => {
  uptime += ms;
  probing.tick();
};

test('an address that is new is called at once, and tells what it found', async () => {
  probing.tick();
  expect(calls.map(({ url }) => url)).toEqual(['https://demo.example/behind']);
  expect(probing.standing).toBe('pending');
  const before = news;
  await answer(0);
  expect(news).toBe(before + 1);
  expect(probing.standing).toBe('proven');
  expect(probing.proof).toEqual({
    reachedAt: wall + 5_000_000,
    roundTripMs: 80,
    misses: 0,
    finding: 'reached',
    detail: null,
    nextAt: wall + 5_300_000,
  });
});

test('there are never two calls at once', () => {
  probing.tick();
  for (let second = 0; second < 25; second += 1) pass(1000);
  expect(calls).toHaveLength(1);
});

test('a call that never ends is a miss after half a minute, and its late answer says nothing', async () => {
  probing.tick();
  pass(30_001);
  expect(probing.proof).toMatchObject({ misses: 1, finding: 'timeout' });
  pass(10_000);
  expect(calls).toHaveLength(2);
  await answer(0);
  expect(probing.standing).toBe('pending');
  await answer(1);
  expect(probing.standing).toBe('proven');
});

describe('nothing is called', () => {
  const obstacles: [string, () => void][] = [
    ['without a way in', () => void (way = null)],
    [
      'while the tunnel starts',
      () => void (way = { state: 'starting', publicUrl: 'https://demo.example', since: 1 }),
    ],
    ['while the address is not known', () => void (way = { state: 'up', publicUrl: null, since: 1 })],
    ['while nobody listens', () => void (isListening = false)],
  ];
  test.each(obstacles)('%s', async (_when, change) => {
    change();
    pass(1000);
    probing.callSoon();
    probing.noteDelivery('demo.example');
    expect(await probing.callNow()).toMatchObject({ reachedAt: null, nextAt: null });
    expect(calls).toEqual([]);
  });
});

describe('what was proven is old', () => {
  beforeEach(async () => {
    probing.tick();
    await answer(0);
  });

  test('for another address; an answer of the one before says nothing about it', async () => {
    pass(300_000);
    way = { state: 'up', publicUrl: 'https://other.example', since: 2 };
    pass(0);
    expect(calls.map(({ url }) => url).slice(1)).toEqual([
      'https://demo.example/behind',
      'https://other.example',
    ]);
    await answer(1);
    expect(probing.standing).toBe('pending');
    expect(probing.proof.reachedAt).toBeNull();
    await answer(2);
    expect(probing.standing).toBe('proven');
  });

  test('when the tunnel went down and up between two looks', () => {
    way = { state: 'up', publicUrl: 'https://demo.example/behind', since: 2 };
    pass(1000);
    expect(probing.standing).toBe('pending');
    expect(calls).toHaveLength(2);
  });

  test('when nobody listened for a while', () => {
    isListening = false;
    pass(1000);
    isListening = true;
    pass(1000);
    expect(probing.standing).toBe('pending');
    expect(calls).toHaveLength(2);
  });

  test('after a wake, when the call that was under way counts for nothing', async () => {
    pass(300_000);
    probing.disbelieve();
    expect(calls).toHaveLength(3);
    await answer(1);
    expect(probing.standing).toBe('pending');
    await answer(2);
    expect(probing.standing).toBe('proven');
  });

  test('but not in another network, where it is only asked again, once for all the news of it', () => {
    uptime += 60_000;
    probing.callSoon();
    uptime += 900;
    probing.callSoon();
    expect(probing.standing).toBe('proven');
    expect(calls).toHaveLength(2);
    uptime += 200;
    probing.callSoon();
    expect(calls).toHaveLength(3);
  });
});

test('a network that changes all the time does not keep us from knowing that nothing arrives', async () => {
  probing.tick();
  await answer(0);
  const begun: number[] = [uptime];
  for (let second = 1; second <= 180; second += 1) {
    pass(1000);
    if (second % 2 === 0) probing.callSoon();
    while (begun.length < calls.length) begun.push(uptime);
    // Each call is a time-out after ten seconds.
    for (const [index, at] of begun.entries())
      if (index > 0 && uptime - at === 10_000) await answer(index, 'timeout');
  }
  expect(probing.standing).toBe('unreachable');
});

describe('asked by a person', () => {
  test('calls now and answers when it is back', async () => {
    probing.tick();
    await answer(0);
    uptime += 1000;
    const asked = probing.callNow();
    expect(calls).toHaveLength(2);
    await answer(1, 'refused');
    expect(await asked).toMatchObject({ misses: 1, finding: 'refused', detail: 'as it went' });
  });

  test('waits for the call that is under way', async () => {
    probing.tick();
    const asked = probing.callNow();
    expect(calls).toHaveLength(1);
    await answer(0);
    expect(await asked).toMatchObject({ finding: 'reached' });
  });
});

test.each([
  ['demo.example', true],
  ['DEMO.EXAMPLE:443', true],
  ['demo.example:8443', false],
  ['127.0.0.1:9797', false],
  ['demo.example.evil.test', false],
  ['', false],
  ['[', false],
  [undefined, false],
])('a request to %s proves the public address: %s', (host, proves) => {
  probing.tick();
  probing.noteDelivery(host);
  expect(probing.standing).toBe(proves ? 'proven' : 'pending');
});
