import { describe, expect, test } from 'vitest';
import { type HearingFacts, hearingOf } from '../../../main/tunnel/hearing.ts';
import { textsOf } from '../../../shared/text/texts.ts';

const calm: HearingFacts = {
  listener: 'up',
  storeWritable: true,
  storeDamaged: false,
  sources: 'some',
  wayIn: null,
  patience: 'none',
};
const proven = { tunnel: 'up', standing: 'proven', hasNetwork: true } as const;
const of = (facts: Partial<HearingFacts>): [string, string[]] => {
  const { state, causes } = hearingOf({ ...calm, ...facts }, textsOf('en'));
  return [state, causes.map(({ code }) => code)];
};
const way = (wayIn: Partial<NonNullable<HearingFacts['wayIn']>>, facts: Partial<HearingFacts> = {}) =>
  of({ ...facts, wayIn: { ...proven, ...wayIn } });

test('without a way in from outside, hearing this computer is hearing', () => {
  expect(of({})).toEqual(['hearing', []]);
  expect(of({ listener: 'port-taken' })).toEqual(['deaf', ['port-taken']]);
});

test('with one, it is hearing when the public address is proven', () => {
  expect(way({})).toEqual(['hearing', []]);
});

describe('each way of not being reached has its cause', () => {
  test.each([
    [{ tunnel: 'down' }, 'tunnel-down'],
    [{ tunnel: 'starting' }, 'tunnel-starting'],
    [{ standing: 'pending' }, 'not-proven'],
    [{ standing: 'unreachable' }, 'unreachable'],
    [{ standing: 'wrong-answer' }, 'wrong-answer'],
    [{ standing: 'no-network' }, 'no-network'],
    [{ standing: 'listener-silent' }, 'listener-down'],
    [{ tunnel: 'down', hasNetwork: false }, 'no-network'],
    [{ tunnel: 'starting', hasNetwork: false }, 'no-network'],
  ] as const)('%j', (facts, cause) => {
    expect(way(facts)).toEqual(['deaf', [cause]]);
  });

  test('an address that is proven needs no network card', () => {
    expect(way({ hasNetwork: false })).toEqual(['hearing', []]);
  });

  test('a listener that is not there hides whatever is outside', () => {
    expect(way({ standing: 'unreachable' }, { listener: 'port-taken' })).toEqual(['deaf', ['port-taken']]);
    expect(way({ tunnel: 'down' }, { listener: 'down' })).toEqual(['deaf', ['listener-down']]);
  });

  test('causes of different things stand together, worst first', () => {
    expect(way({ tunnel: 'down' }, { storeWritable: false, sources: 'all-paused' })).toEqual([
      'deaf',
      ['store-not-writable', 'tunnel-down', 'all-sources-paused'],
    ]);
  });
});

describe('starting', () => {
  test('is when every cause is one of starting, as long as there is patience', () => {
    expect(way({ standing: 'pending' }, { patience: 'starting' })[0]).toBe('starting');
    expect(way({ tunnel: 'starting' }, { patience: 'starting' })[0]).toBe('starting');
    expect(of({ listener: 'starting', patience: 'starting' })[0]).toBe('starting');
    expect(way({ standing: 'pending' }, { patience: 'none' })).toEqual(['deaf', ['not-proven']]);
  });

  test('is not when anything is worse', () => {
    expect(way({ tunnel: 'down' }, { patience: 'starting' })[0]).toBe('deaf');
    expect(way({ standing: 'pending' }, { patience: 'starting', storeWritable: false })[0]).toBe('deaf');
  });

  test('after a wake covers network and tunnel, which need their moment', () => {
    expect(way({ tunnel: 'down' }, { patience: 'waking' })).toEqual(['starting', ['tunnel-down']]);
    expect(way({ tunnel: 'down', hasNetwork: false }, { patience: 'waking' })[0]).toBe('starting');
    expect(way({ standing: 'unreachable' }, { patience: 'waking' })[0]).toBe('deaf');
    expect(of({ listener: 'port-taken', patience: 'waking' })[0]).toBe('deaf');
  });
});
