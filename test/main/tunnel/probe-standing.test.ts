import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProbeOutcome } from '../../../main/tunnel/probe-call.ts';
import {
  disbelieve,
  forAnotherAddress,
  nextCallAt,
  noRecord,
  recordDelivery,
  recordOutcome,
  standingOf,
} from '../../../main/tunnel/probe-standing.ts';
import type { ProbeFinding } from '../../../shared/tunnel.ts';

const outcome = (finding: ProbeFinding, certain = false): ProbeOutcome => ({
  finding,
  certain,
  roundTripMs: finding === 'reached' ? 80 : null,
  detail: finding === 'reached' ? null : 'because',
});
/** After these, one every ten seconds, the first at 10,000. */
const after = (...outcomes: ProbeOutcome[]) =>
  outcomes.reduce((record, one, index) => recordOutcome(record, one, (index + 1) * 10_000), noRecord);
const reached = outcome('reached');
const timeout = outcome('timeout');

describe('what is believed', () => {
  test('nothing before the first call has come back', () => {
    expect(standingOf(noRecord)).toBe('pending');
    expect(standingOf(after(timeout, timeout))).toBe('pending');
    expect(standingOf(after(timeout, timeout, reached))).toBe('proven');
  });

  test('one miss or two change nothing, the third does', () => {
    expect(standingOf(after(reached, timeout, timeout))).toBe('proven');
    expect(standingOf(after(reached, timeout, timeout, timeout))).toBe('unreachable');
    expect(standingOf(after(reached, timeout, reached, timeout, timeout))).toBe('proven');
  });

  test.each(['wrong-answer', 'no-network', 'listener-silent'] as const)(
    'a certain %s needs no second look',
    (finding) => {
      expect(standingOf(after(reached, outcome(finding, true)))).toBe(finding);
    },
  );

  test('after a certain miss an uncertain one is no reason for calm', () => {
    expect(standingOf(after(reached, outcome('no-network', true), timeout))).toBe('unreachable');
  });

  test('a wrong answer that may be a hiccup of the tunnel counts like any miss', () => {
    const refusal = outcome('wrong-answer');
    expect(standingOf(after(reached, refusal, refusal))).toBe('proven');
    expect(standingOf(after(reached, refusal, refusal, refusal))).toBe('wrong-answer');
  });

  test('a sender that came in by the public address proves it', () => {
    const record = recordDelivery(after(reached, timeout, timeout, timeout), 50_000);
    expect(record).toMatchObject({ misses: 0, reachedAt: 50_000, doubtedFrom: null, roundTripMs: 80 });
    expect(standingOf(record)).toBe('proven');
  });

  test('after a wake it has to be proven again, and when it was proven last stays known', () => {
    const record = disbelieve(after(reached, timeout));
    expect(standingOf(record)).toBe('pending');
    expect(record).toMatchObject({ reachedAt: 10_000, misses: 0, doubtedFrom: 10_000 });
    expect(nextCallAt(record, false)).toBeNull();
  });

  test('nothing is known of another address, but that it was doubted before', () => {
    expect(forAnotherAddress(after(reached, timeout))).toEqual({ ...noRecord, doubtedFrom: 10_000 });
  });

  test('the doubt begins with the last proof before the first miss and ends with the next proof', () => {
    expect(after(reached, reached, timeout, timeout, timeout).doubtedFrom).toBe(20_000);
    expect(after(reached, timeout, reached).doubtedFrom).toBeNull();
    expect(after(timeout, timeout, timeout).doubtedFrom).toBeNull();
  });

  test('however it goes: proven only with a proof, and never after three misses', () => {
    const findings = fc.constantFrom<ProbeFinding>(
      'reached',
      'timeout',
      'refused',
      'wrong-answer',
      'no-network',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(findings, fc.boolean())), (calls) => {
        const outcomes = calls.map(([finding, certain]) => outcome(finding, certain));
        const standing = standingOf(after(...outcomes));
        const last = outcomes.findLastIndex(({ finding }) => finding === 'reached');
        const misses = outcomes.slice(last + 1);
        const isDeaf = misses.length >= 3 || misses.some(({ certain }) => certain);
        expect(standing === 'proven').toBe(last !== -1 && !isDeaf);
        expect(standing === 'pending').toBe(last === -1 && !isDeaf);
      }),
    );
  });
});

describe('when to call again', () => {
  test('every five minutes, and every minute on call', () => {
    const record = after(reached);
    expect(nextCallAt(record, false)).toBe(310_000);
    expect(nextCallAt(record, true)).toBe(70_000);
  });

  test('ten seconds after a miss, thirty from the third on', () => {
    const waits = [1, 2, 3, 4].map((misses) => {
      const record = after(reached, ...Array.from({ length: misses }, () => timeout));
      return (nextCallAt(record, false) ?? 0) - (record.askedAt ?? 0);
    });
    expect(waits).toEqual([10_000, 10_000, 30_000, 30_000]);
  });

  test('now, when nothing has been asked yet', () => {
    expect(nextCallAt(noRecord, false)).toBeNull();
  });
});
