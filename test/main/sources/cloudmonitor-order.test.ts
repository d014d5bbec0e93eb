// Every order of a short episode ends alike, each message sent one to four times: CloudMonitor retries, and calls a contact's and
// a rule's webhook for the same alert.
import { expect, test } from 'vitest';
import { cloudmonitor } from '../../../main/sources/cloudmonitor/cloudmonitor.ts';
import { type EveryOrderOptions, endStates, type Message, messageOf } from '../../fakes/any-order.ts';
import { fixture, form, readEvent } from './cloudmonitor/delivery.ts';

const minute = 60_000;
const began = Date.UTC(2026, 2, 1, 8);
const at = (minutes: number): number => began + minutes * minute;

/** What is open in the end of any of the orders: states and levels, without keys. */
async function ends(messages: readonly Message[], options?: EveryOrderOptions): Promise<readonly string[]> {
  const states = await endStates(messages, options);
  return [...states.keys()].map((state) => state.replaceAll(/cloudmonitor:\S* /g, ''));
}

function callback(alertState: string, triggerLevel: string, minutes: number, transId: string): Message {
  const fields = { alertState, triggerLevel, timestamp: String(at(minutes)), transId };
  return messageOf(cloudmonitor, form(fields));
}

const warn = callback('ALERT', 'WARN', 0, 'one');
const critical = callback('ALERT', 'CRITICAL', 5, 'one');
const noData = callback('INSUFFICIENT_DATA', 'WARN', 8, 'one');
const ok = callback('OK', 'OK', 12, 'one');
const again = callback('ALERT', 'WARN', 30, 'two');

test('threshold callbacks: the worst of what is newest stays open', async () => {
  expect(await ends([warn, critical])).toEqual(['open CRITICAL']);
  expect(await ends([critical, callback('ALERT', 'INFO', 9, 'one')])).toEqual(['open INFO']);
});

test('threshold callbacks: OK is the end, also of missing data', async () => {
  expect(await ends([warn, critical, noData, ok])).toEqual(['']);
});

test('threshold callbacks: the next episode is open', async () => {
  expect(await ends([warn, critical, ok, again])).toEqual(['open WARN']);
});

test('event subscriptions: resolved is the end', async () => {
  const subscription = JSON.parse(fixture('subscription.json').toString()) as {
    readonly alert: { readonly meta: { readonly sysEventMeta: object } };
  };
  const message = (alertStatus: string, minutes: number): Message => {
    const { alert } = subscription;
    return messageOf(
      cloudmonitor,
      JSON.stringify({
        ...subscription,
        userInfo: undefined,
        time: at(minutes),
        startTime: at(minutes),
        alert: {
          ...alert,
          alertStatus,
          timestamp: at(minutes),
          meta: {
            sysEventMeta: {
              ...alert.meta.sysEventMeta,
              // The event's own time: what resolves it speaks of the same event, later.
              eventTime: new Date(at(alertStatus === 'RESOLVED' ? 0 : minutes)).toISOString(),
            },
          },
        },
      }),
    );
  };
  const [first, second, resolved] = [
    message('TRIGGERED', 0),
    message('TRIGGERED', 3),
    message('RESOLVED', 9),
  ];
  expect(first[0]?.key).toBe(resolved[0]?.key);
  expect(await ends([first, second, resolved])).toEqual(['']);
  expect(await ends([first, resolved, message('TRIGGERED', 20)])).toEqual(['open INFO']);
});

test('system events that come in pairs: the second of the pair is the end', async () => {
  const [stopped, running] = ['event-agent-stopped.json', 'event-agent-running.json'].map(fixture);
  const messages = [stopped, running].map((body) => messageOf(cloudmonitor, body ?? ''));
  expect(readEvent(stopped ?? '').key).toBe(readEvent(running ?? '').key);
  expect(await ends(messages)).toEqual(['']);
});

test.each([
  ['CloudMonitor 2.0', 'workspace-occurred.json', 'workspace-recovered.json'],
  ['ARMS', 'arms-firing.json', 'arms-resolved.json'],
  ['Simple Log Service', 'logs-firing.json', 'logs-resolved.json'],
])('%s: recovered is the end', async (_what, fires, recovers) => {
  const messages = [fires, recovers].map((file) => messageOf(cloudmonitor, fixture(file)));
  expect(messages.map((message) => message[0]?.kind)).toEqual(['firing', 'recovered']);
  expect(await ends(messages)).toEqual(['']);
});
