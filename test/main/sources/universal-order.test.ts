// Every order of a short episode ends alike. Where a protocol names no time nobody can tell late from new: there the order
// of arrival decides, and every order in which the last word comes last ends right.
import { describe, expect, test } from 'vitest';
import { universal } from '../../../main/sources/universal/universal.ts';
import { type EveryOrderOptions, endStates, type Message, messageOf } from '../../fakes/any-order.ts';

const message = (body: object): Message => messageOf(universal, JSON.stringify(body));

async function ends(messages: readonly Message[], options?: EveryOrderOptions): Promise<readonly string[]> {
  return [...(await endStates(messages, options)).keys()];
}

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 1, 8, minute)).toISOString();
const never = '0001-01-01T00:00:00Z';

describe.each([
  ['Alertmanager', {}, 'universal:1:alertmanager'],
  ['Grafana', { orgId: 1 }, 'universal:1:grafana'],
])('%s', (_name, more, prefix) => {
  const alert = (fingerprint: string, status: string, start: number, end: number | null): object => ({
    status,
    fingerprint,
    labels: { alertname: 'DiskFillsUp', severity: 'critical' },
    startsAt: at(start),
    endsAt: end === null ? never : at(end),
  });
  const group = (...alerts: readonly object[]): Message => message({ ...more, status: 'firing', alerts });
  const begin = group(alert('a', 'firing', 0, null), alert('b', 'firing', 1, null));
  const partly = group(alert('a', 'resolved', 0, 10), alert('b', 'firing', 1, null));
  const over = group(alert('b', 'resolved', 1, 12));
  const again = group(alert('a', 'firing', 20, null));

  test('a group that resolves in two steps is over', async () => {
    expect(await ends([begin, partly, over])).toEqual(['']);
  });

  test('a group that resolves in part keeps what fires', async () => {
    expect(await ends([begin, partly])).toEqual([`${prefix}:b open CRITICAL`]);
  });

  test('what fires again after all of it is open', async () => {
    expect(await ends([begin, partly, over, again])).toEqual([`${prefix}:a open CRITICAL`]);
  });
});

describe('PagerDuty', () => {
  const event = (event_action: string, severity: string, timestamp: string | null): Message =>
    message({
      event_action,
      dedup_key: 'k',
      payload: { summary: 's', severity, source: 'x', ...(timestamp === null ? {} : { timestamp }) },
    });
  const warning = event('trigger', 'warning', at(0));
  const critical = event('trigger', 'critical', at(5));
  const acknowledged = event('acknowledge', 'warning', at(7));
  const resolved = event('resolve', 'warning', at(9));
  const again = event('trigger', 'error', at(20));

  test('with times: resolved is resolved', async () => {
    expect(await ends([warning, critical, acknowledged, resolved])).toEqual(['']);
  });

  test('with times: the newest trigger after the resolve is open', async () => {
    expect(await ends([warning, critical, resolved, again])).toEqual(['universal:1:pagerduty:k open ERROR']);
  });

  test('with times: an acknowledgement that comes last does not touch what is newer than it', async () => {
    const orders = (order: readonly number[]): boolean => order.at(-1) === 3;
    expect(await ends([warning, resolved, again, acknowledged], { orders })).toEqual([
      'universal:1:pagerduty:k open ERROR',
    ]);
  });

  test('without times: whatever comes last counts', async () => {
    const [trigger, accept, resolve] = [
      event('trigger', 'error', null),
      message({ event_action: 'acknowledge', dedup_key: 'k' }),
      message({ event_action: 'resolve', dedup_key: 'k' }),
    ];
    for (const [sent, orders] of await endStates([trigger, accept, resolve])) {
      for (const order of orders) {
        const newest = order.split(' ').findLast((number) => number !== '1');
        expect(sent === '', order).toBe(newest === '2');
      }
    }
  });
});

describe.each([
  [
    'ilert',
    ['ALERT', 'ACCEPT', 'RESOLVE'].map((eventType) => message({ eventType, summary: 's', alertKey: 'K' })),
  ],
  ['a script', ['firing', 'ack', 'ok'].map((status) => message({ status, title: 'Backup' }))],
])('%s', (_name, messages) => {
  test('whose messages carry no time: whatever comes last counts', async () => {
    for (const [state, orders] of await endStates(messages)) {
      for (const order of orders) {
        const newest = order.split(' ').findLast((number) => number !== '1');
        expect(state === '', order).toBe(newest === '2');
      }
    }
  });
});
