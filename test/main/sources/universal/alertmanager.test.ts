import { describe, expect, test } from 'vitest';
import { readPrometheusAlerts } from '../../../../main/sources/prometheus-alerts.ts';
import { changed, fixture, read, readEvent, readEvents } from './reading.ts';

/** A group of these alerts, each with some labels and a start unless it says otherwise. */
function group(...alerts: readonly object[]): string {
  const usual = { status: 'firing', labels: { alertname: 'A' }, startsAt: '2026-03-01T08:00:00Z' };
  return JSON.stringify({
    version: '4',
    status: 'firing',
    alerts: alerts.map((one) => ({ ...usual, ...one })),
  });
}

describe('a group of Alertmanager', () => {
  const [firing, recovered] = readEvents(fixture('alertmanager-group.json')).events;

  test('gives one event for each alert, by its own status and not by that of the group', () => {
    expect(firing).toMatchObject({
      kind: 'firing',
      key: 'universal:1:alertmanager:1f0c2ab9d3e44a01',
      sentAt: Date.UTC(2026, 2, 1, 8, 0, 0, 250),
      timeIsStart: true,
    });
    expect(recovered).toMatchObject({
      kind: 'recovered',
      key: 'universal:1:alertmanager:1f0c2ab9d3e44a02',
      sentAt: Date.UTC(2026, 2, 1, 8, 1, 30),
    });
  });

  test('names what and where, keeps lines of text, labels and https links', () => {
    expect(firing?.description).toEqual({
      level: 'CRITICAL',
      title: 'Disk will be full within 4 hours · store-1.shop.example:9100',
      text: '/srv on store-1 has 3 % left.\nIt was 9 % an hour ago.',
      resource: 'store-1.shop.example:9100',
      value: null,
      condition: null,
      labels: {
        alertname: 'DiskFillsUp',
        instance: 'store-1.shop.example:9100',
        mountpoint: '/srv',
        severity: 'critical',
        team: 'storage',
        runbook_url: 'https://runbooks.shop.example/disk',
      },
      links: [
        { label: 'Runbook', url: 'https://runbooks.shop.example/disk', host: 'runbooks.shop.example' },
        { label: 'Sender', url: 'https://alerts.shop.example/', host: 'alerts.shop.example' },
      ],
    });
    expect(recovered?.description.level).toBeNull();
  });

  test('has the key of its sorted labels when there is no fingerprint', () => {
    const one = readEvent(group({ labels: { b: '2', a: 'x:y' } }));
    const same = readEvent(group({ labels: { a: 'x:y', b: '2' } }));
    expect(one.key).toBe('universal:1:alertmanager:a=x%3Ay,b=2');
    expect(same.key).toBe(one.key);
  });

  test('says that alerts were left out when the sender says so', () => {
    expect(readEvents(changed('alertmanager-group.json', { truncatedAlerts: 7 })).remarks).toEqual([
      'alerts-left-out',
    ]);
  });

  test('of thousands is read up to a limit, and says so', () => {
    const many = readEvents(group(...Array.from({ length: 5001 }, (_, n) => ({ fingerprint: String(n) }))));
    expect(many.events).toHaveLength(5000);
    expect(many.remarks).toEqual(['alerts-left-out']);
  });

  test('without alerts says nothing about any', () => {
    expect(readEvents(group())).toEqual({ kind: 'events', events: [], remarks: [] });
  });

  test.each([
    ['alert-without-labels', { labels: {} }],
    ['alert-without-labels', { labels: 'text' }],
    ['unknown-alert-status', { status: 'pending' }],
    ['unknown-alert-status', { status: { state: 'active' } }],
  ] as const)('is not understood for %s, but a good neighbour is', (reason, bad) => {
    expect(read(group(bad))).toEqual({ kind: 'not-understood', reason });
    const both = readEvents(group(bad, { fingerprint: 'good' }));
    expect(both.events).toHaveLength(1);
    expect(both.remarks).toEqual([reason]);
  });

  test('is not understood when its alerts are not a list', () => {
    expect(readPrometheusAlerts({ alerts: {} }, 'p:1')).toEqual({
      kind: 'not-understood',
      reason: 'no-alerts-list',
    });
  });

  test.each([
    ['never before its start', { endsAt: '2026-03-01T07:00:00Z' }, Date.UTC(2026, 2, 1, 8)],
    ['at its start when no end is named', { endsAt: '0001-01-01T00:00:00Z' }, Date.UTC(2026, 2, 1, 8)],
    [
      'at its end when no start is named',
      { startsAt: '', endsAt: '2026-03-01T09:00:00Z' },
      Date.UTC(2026, 2, 1, 9),
    ],
  ])('places a recovery %s', (_what, times, at) => {
    expect(readEvent(group({ status: 'resolved', ...times })).sentAt).toBe(at);
  });

  test('is read in time that grows with its size alone', () => {
    const externalURL = { long: 'x'.repeat(400_000) };
    const alerts = Array.from({ length: 5000 }, () => ({ labels: { a: 'b' }, status: 'firing' }));
    const from = performance.now();
    read(JSON.stringify({ externalURL, alerts }));
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

describe('a body of Grafana', () => {
  test('is told by its orgId and has keys of its own', () => {
    expect(readEvent(fixture('grafana-alerting.json'))).toMatchObject({
      kind: 'firing',
      key: 'universal:1:grafana:c0ffee0000000001',
      sentAt: Date.UTC(2026, 2, 1, 8),
      noData: false,
      description: {
        level: 'P2',
        title: 'Queue too long · Orders',
        text: 'Orders wait for more than ten minutes.',
        value: 'B 5120.13, C 1',
        links: [
          { label: 'Dashboard', host: 'grafana.shop.example' },
          { label: 'Panel' },
          { label: 'Source' },
          { label: 'Silence' },
          { label: 'Sender' },
        ],
      },
    });
  });

  test('that a contact point sends as a test is a test and stays nobody’s problem', () => {
    expect(readEvent(fixture('grafana-contact-point-test.json'))).toMatchObject({ kind: 'test' });
  });

  test('about missing data is marked as such and named after its rule', () => {
    const labels = { alertname: 'DatasourceNoData', rulename: 'Queue too long' };
    expect(
      readEvent(changed('grafana-alerting.json', { alerts: [{ status: 'firing', labels }] })),
    ).toMatchObject({
      noData: true,
      description: { title: 'Queue too long' },
    });
  });
});
