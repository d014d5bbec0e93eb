// Senders such as Alertmanager name no time but that of the episode's start, and say it again with every repeat.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../../shared/alert.ts';
import type { AlertEvent } from '../../../main/alerts/alert-event.ts';
import { description, firing, recovered, TestLedger } from '../../fakes/ledger.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

function fires(start: number, level = 'WARN', value = '97'): AlertEvent {
  const event = firing(start, level, String(start));
  if (event.kind !== 'firing') throw new Error('not firing');
  return { ...event, timeIsStart: true, description: description(level, { value }) };
}
const only = (): Alert | undefined => [...at.openAlerts.alerts()][0];

test('the same start again is a repeat with its newest value, not a retry', async () => {
  await at.deliver(fires(10, 'WARN', '97'));
  at.now += 60_000;
  expect(await at.deliver(fires(10, 'WARN', '99'))).toMatchObject({ verdict: 'repeated' });
  expect(only()).toMatchObject({ count: 2, value: '99', lastEventAt: at.now });
});

test('a repeat says that it still fires after it was closed by hand', async () => {
  await at.deliver(fires(10));
  at.actions.act([only()?.id ?? 'A0'], { kind: 'resolve', note: null });
  expect(await at.deliver(fires(10))).toMatchObject({ verdict: 'opened', reason: 'reopened-after-user' });
});

test('a repeat that comes after the recovery changes nothing', async () => {
  await at.deliver(fires(10), recovered(20, '10'));
  expect(await at.deliver(fires(10))).toMatchObject({ verdict: 'late', reason: 'recovered-already' });
  expect(at.openAlerts.size).toBe(0);
});

test('the old start said again a minute after the recovery fires anew: contact was lost and is back', async () => {
  await at.deliver(fires(10), recovered(20, '10'));
  at.now += 60_001;
  expect(await at.deliver(fires(10))).toMatchObject({ verdict: 'opened', reason: 'opened' });
  at.now += 60_000;
  expect(await at.deliver(fires(10))).toMatchObject({ verdict: 'repeated' });
  expect(only()).toMatchObject({ episode: 2, count: 2 });
  expect(await at.deliver(recovered(50, '10'))).toMatchObject({ verdict: 'resolved' });
  expect(at.openAlerts.size).toBe(0);
});

test('of two levels with one start the worse one stays, whatever came first', async () => {
  await at.deliver(fires(10, 'CRITICAL'));
  expect(await at.deliver(fires(10, 'INFO'))).toMatchObject({ reason: 'same-time-not-worse' });
  expect(only()?.level).toBe('CRITICAL');
});

test('a later start means that a recovery was lost', async () => {
  await at.deliver(fires(10));
  expect(await at.deliver(fires(30))).toMatchObject({ verdict: 'opened' });
  expect(only()).toMatchObject({ episode: 2 });
});

test('an acknowledgement that is older than what fires does not touch it', async () => {
  await at.deliver(fires(30));
  const acknowledged: AlertEvent = {
    kind: 'acknowledged',
    key: 'k',
    episodeName: null,
    sentAt: 20,
    description: description(null),
  };
  expect(await at.deliver(acknowledged)).toMatchObject({ verdict: 'late', reason: 'older-than-newest' });
  expect(await at.deliver({ ...acknowledged, sentAt: 40 })).toMatchObject({ verdict: 'acknowledged' });
});
