import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlertEvent } from '../../../main/alerts/alert-event.ts';
import { description, TestLedger } from '../../fakes/ledger.ts';

let at: TestLedger;
beforeEach(() => {
  at = new TestLedger();
});
afterEach(() => at.close());

const message: AlertEvent = {
  kind: 'test',
  key: 'clustercontrol:1::test',
  episodeName: null,
  sentAt: null,
  description: description(null, { title: 'Test notification' }),
};

test('a test message stands in the resolved list with its delivery, is never open, and leaves nothing to announce', async () => {
  const stored = await at.deliver(message);
  expect(stored).toMatchObject({ verdict: 'test', reason: 'test-message', alertIds: ['A1'] });
  expect([...at.openAlerts.alerts()]).toEqual([]);
  expect(at.told.map(({ kind, alert }) => [kind, alert.state])).toEqual([
    ['opened', 'open'],
    ['resolved', 'resolved'],
  ]);
  at.restart();
  expect(at.queries.listAlerts({ states: ['resolved'] }).alerts).toMatchObject([
    {
      id: 'A1',
      state: 'resolved',
      priority: 'low',
      level: 'TEST',
      title: 'Test notification',
      deliveries: 1,
    },
  ]);
  expect(at.queries.undecidedAlerts()).toEqual([]);
});

test('each test message is an alert of its own', async () => {
  await at.deliver(message);
  expect(await at.deliver(message)).toMatchObject({ verdict: 'test', alertIds: ['A2'] });
  expect(at.queries.listAlerts({ states: ['resolved'] }).alerts.map(({ episode }) => episode)).toEqual([
    2, 1,
  ]);
});
