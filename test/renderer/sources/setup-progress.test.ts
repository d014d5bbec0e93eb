import { expect, test } from 'vitest';
import { progressOf } from '../../../renderer/sources/setup-progress.ts';
import type { Delivery, Verdict } from '../../../shared/alert.ts';

/** Newest first, as the app lists them. */
const came = (...ones: readonly (readonly [Verdict, string?])[]): Delivery[] =>
  ones.map(([verdict, reason = verdict], index) => ({
    id: `D${100 - index}`,
    sourceId: 'cm-main',
    receivedAt: 100 - index,
    method: 'POST',
    contentType: null,
    remoteAddress: '127.0.0.1',
    bytes: 1,
    bodyRemoved: false,
    verdict,
    reason,
    alertIds: [],
  }));
const source = { probeSeenAt: null };

test('nothing is ticked off before anything came', () => {
  expect(progressOf(source, []).seen).toEqual({ probe: null, test: null, real: null, recovery: null });
  expect(progressOf({ probeSeenAt: 7 }, []).seen.probe).toBe(7);
});

test('our own test is a test and never a real event', () => {
  expect(progressOf(source, came(['opened', 'opened, own-test'])).seen).toEqual({
    probe: null,
    test: 100,
    real: null,
    recovery: null,
  });
  expect(progressOf(source, came(['resolved', 'recovered, own-test'])).seen.recovery).toBeNull();
});

test("the sender's test, its first event and its recovery are ticked off one by one", () => {
  expect(progressOf(source, came(['resolved'], ['opened'], ['test'])).seen).toEqual({
    probe: null,
    test: 98,
    real: 99,
    recovery: 100,
  });
});

test('what was not understood is shown until something later was', () => {
  expect(progressOf(source, came(['not-understood'], ['opened'])).unknown?.id).toBe('D100');
  expect(progressOf(source, came(['opened'], ['not-understood'])).unknown).toBeNull();
});
