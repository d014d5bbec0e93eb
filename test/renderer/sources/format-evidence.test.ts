import { describe, expect, test } from 'vitest';
import { noEvidence, withOlder } from '../../../renderer/sources/format-evidence.ts';
import type { Delivery, Verdict } from '../../../shared/alert.ts';

function delivery(number: number, verdict: Verdict, reason = ''): Delivery {
  return {
    id: `D${number}`,
    sourceId: 'cc-1',
    receivedAt: number * 1000,
    method: 'POST',
    contentType: null,
    remoteAddress: '127.0.0.1',
    bytes: 2,
    verdict,
    reason,
    alertIds: [],
  } as unknown as Delivery;
}

/** Newest first, as they are listed. */
const evidence = (...deliveries: readonly Delivery[]) => withOlder(noEvidence, deliveries);

describe('the format of a source', () => {
  test('is confirmed since the first real delivery that was understood', () => {
    expect(
      evidence(delivery(4, 'resolved'), delivery(3, 'opened'), delivery(2, 'not-understood')).confirmedAt,
    ).toBe(3000);
  });

  test('is not confirmed by probes, tests, our own tests, and events without an alarm', () => {
    expect(
      evidence(
        delivery(6, 'probe'),
        delivery(5, 'test', 'test-message'),
        delivery(4, 'opened', 'opened, own-test'),
        delivery(3, 'ignored', 'event-without-alarm'),
        delivery(2, 'not-understood', 'no-alarm'),
      ).confirmedAt,
    ).toBeNull();
  });

  test('is told by the oldest page', () => {
    const newer = evidence(delivery(9, 'opened'), delivery(8, 'not-understood'));
    expect(withOlder(newer, [delivery(3, 'opened'), delivery(2, 'not-understood')])).toMatchObject({
      confirmedAt: 3000,
      last: { id: 'D9' },
      unknown: { id: 'D8' },
    });
  });
});

test('the last delivery for a report is one that a sender made', () => {
  const { last } = evidence(
    delivery(9, 'probe'),
    delivery(8, 'resolved', 'recovered, own-test'),
    delivery(7, 'test'),
    delivery(6, 'opened'),
  );
  expect(last?.id).toBe('D7');
});
