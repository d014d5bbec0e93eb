// The other formats of the reference, and what is none.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { delivery, fixture, read, readEvent, readEvents } from './delivery.ts';
import { cloudmonitor } from '../../../../main/sources/cloudmonitor/cloudmonitor.ts';

const { defaultPriorityMap } = cloudmonitor;

describe('an alert of a CloudMonitor 2.0 workspace', () => {
  test('fires with subject, entity, value against threshold', () => {
    expect(readEvent(fixture('workspace-occurred.json'))).toMatchObject({
      kind: 'firing',
      key: 'cloudmonitor:1:workspace:shop-sg:rule-checkout-latency:svc-checkout',
      sentAt: 1741270500123,
      description: {
        level: 'EMERGENCY',
        title: 'Checkout latency high · checkout',
        text: 'p95 above 800 ms for 5 minutes · 931, alerts at > 800 · ap-southeast-1',
        resource: 'checkout',
        value: '931',
        condition: '> 800',
      },
    });
  });

  test('has https links only', () => {
    expect(readEvent(fixture('workspace-occurred.json')).description.links).toEqual([
      { label: 'Rule', url: 'https://console.example/rules/checkout', host: 'console.example' },
      { label: 'History', url: 'https://console.example/history/9001', host: 'console.example' },
    ]);
  });

  test('recovers by its status under the same key, though its subtype still says trigger', () => {
    const fired = readEvent(fixture('workspace-occurred.json'));
    const event = readEvent(fixture('workspace-recovered.json'));
    expect(event).toMatchObject({
      kind: 'recovered',
      key: fired.key,
      description: { level: null, value: '212' },
    });
    expect(event.sentAt).toBeGreaterThan(fired.sentAt ?? 0);
  });

  test('may be minimal; PERSISTENT is a repeat', () => {
    expect(readEvent(fixture('workspace-minimal.json'))).toMatchObject({
      kind: 'firing',
      key: 'cloudmonitor:1:workspace::Disk nearly full:i-t4ndb00000000001',
      sentAt: Date.UTC(2025, 2, 6, 14, 20),
      description: { level: 'WARNING', title: 'Disk nearly full · i-t4ndb00000000001' },
    });
  });

  test.each([
    ['RESOLVED', 'NORMAL_TRIGGER', 'recovered'],
    ['recovered', null, 'recovered'],
    ['OCCURRED', 'NORMAL_RESOLVE', 'firing'],
    [null, 'NORMAL_RESOLVE', 'recovered'],
    [null, 'NORMAL_TRIGGER', 'firing'],
  ])('status %s and subtype %s: %s', (status, subtype, kind) => {
    const body = JSON.stringify({ type: 'ALERT', status, subtype, subject: 's', labels: {} });
    expect(readEvent(body).kind).toBe(kind);
  });

  test.each([
    { status: 'PAUSED' },
    { status: 'acknowledged' },
    { subtype: 'NORMAL' },
    { status: 'PAUSED', subtype: 'NORMAL_TRIGGER' },
  ])('of unknown state is not understood (%j)', (state) => {
    expect(read(JSON.stringify({ type: 'ALERT', subject: 's', ...state }))).toEqual({
      kind: 'not-understood',
      reason: 'unknown-alert-status',
    });
  });
});

describe('a group of ARMS', () => {
  test('fires by the status of its alert, though its end is set', () => {
    expect(readEvent(fixture('arms-firing.json'))).toMatchObject({
      kind: 'firing',
      key: 'cloudmonitor:1:arms:a1b2c3d4e5f60718293a4b5c6d7e8f90',
      description: { level: 'ERROR' },
    });
  });

  test('recovers under the same key', () => {
    const fired = readEvent(fixture('arms-firing.json'));
    expect(readEvent(fixture('arms-resolved.json'))).toMatchObject({ kind: 'recovered', key: fired.key });
  });

  test('may carry its level outside and times without zone', () => {
    expect(readEvent(fixture('arms-fields.json'))).toMatchObject({
      kind: 'firing',
      sentAt: Date.UTC(2025, 2, 6, 14, 2, 3),
      description: { level: 'P1' },
    });
  });

  test.each(['$alertmanager_content', '{"content":"$alertmanager_content"}', 'x=$alertmanager_content'])(
    'whose template was not filled in is a test of the console (%s)',
    (body) => {
      expect(read(body)).toEqual({ kind: 'probe', reason: 'template-not-filled' });
    },
  );

  test.each([
    fixture('arms-robot.json').toString(),
    '{"msgtype":"markdown","markdown":{"title":"t","text":"x"}}',
    '{"text":"t"}',
  ])('made for a chat robot has no state, so that it opens nothing (%s)', (body) => {
    expect(read(body)).toEqual({ kind: 'not-understood', reason: 'chat-message' });
  });
});

describe('a log alert', () => {
  test('fires with title, labels, count and condition', () => {
    expect(readEvent(fixture('logs-firing.json'))).toMatchObject({
      kind: 'firing',
      sentAt: 1741270200000,
      description: {
        level: 'HIGH',
        title: 'Many 5xx · host=edge-1',
        text: '73 answers with 5xx in 5 minutes · results 1 · edge-logs · ap-southeast-1',
        condition: 'Count:[73] > 50',
        links: [{ label: 'Details', host: 'sls.example' }],
      },
    });
  });

  test('recovers under the same key, though the id of its instance is another one', () => {
    expect(readEvent(fixture('logs-resolved.json'))).toMatchObject({
      kind: 'recovered',
      key: readEvent(fixture('logs-firing.json')).key,
      sentAt: 1741271100000,
      description: { level: null },
    });
  });

  test('of several in one message is read alone', () => {
    const { events } = readEvents(fixture('logs-together.json'));
    expect(events.map(({ kind, key, description }) => [kind, key, description.level])).toEqual([
      ['firing', 'cloudmonitor:1:log:f1f2f3f4', 'CRITICAL'],
      ['firing', 'cloudmonitor:1:log:f5f6f7f8', 'REPORT'],
      ['recovered', 'cloudmonitor:1:log:f9fafbfc', null],
    ]);
    expect(events[2]?.sentAt).toBe(1741270500000);
  });

  test('is known by its instance when nothing else names it', () => {
    expect(readEvent('{"alert_instance_id":"x-1","status":"firing"}').key).toBe('cloudmonitor:1:log:x-1');
  });
});

describe('a message of a queue', () => {
  test('is the same alert as the callback of that rule', () => {
    const callback = readEvent(fixture('memory-firing.form'));
    const queued = readEvent(fixture('queue-threshold.json'));
    expect(queued).toMatchObject({ kind: 'firing', key: callback.key, sentAt: callback.sentAt });
    expect(queued.description).toMatchObject({
      level: 'WARN',
      text: 'memory_freespace 1610612736, alerts at <= 2147483648 (Average) · breaching for 3 min',
    });
  });

  test('recovers at the level OK', () => {
    const body = fixture('queue-threshold.json').toString().replace('"curLevel": "WARN"', '"curLevel": "OK"');
    expect(readEvent(body)).toMatchObject({ kind: 'recovered', description: { level: null } });
  });

  test.each([
    ['发生告警', 'firing'],
    ['恢复告警', 'recovered'],
  ])('of the older kind says %s: %s', (word, kind) => {
    const event = readEvent(fixture('queue-legacy.json').toString().replace('发生告警', word));
    expect(event).toMatchObject({
      kind,
      key: 'cloudmonitor:1:1777000000000042:queue-disk|acs_ecs|磁盘使用率:IP=192.0.2.27,mountpoint=/data,云服务器名称=sg-queue-07,云服务器实例ID=i-t4nqueue0000000007',
    });
    expect(event.description.title).toContain('queue-disk · sg-queue-07');
  });
});

test('an event that an event bus or a queue passes on is the same event', () => {
  const event = fixture('event-reboot-scheduled.json').toString();
  for (const body of [
    `{"specversion":"1.0","type":"ecs:Reboot","source":"acs.cms","subject":"x","data":${event}}`,
    JSON.stringify({ TopicName: 'alerts', Message: event }),
  ]) {
    expect(readEvent(body)).toEqual(readEvent(event));
  }
});

describe('several messages in a list', () => {
  test('are read one by one; what is not understood costs the others nothing', () => {
    const { events, remarks } = readEvents(
      `[${fixture('relay-flat.json').toString()}, 7, {"x":1}, ${fixture('event-instance-running.json').toString()}]`,
    );
    expect(events.map((event) => event.kind)).toEqual(['firing', 'recovered']);
    expect(remarks.toSorted()).toEqual(['nothing-wrong', 'partly-understood']);
  });
});

test('a packed body is read like any other, and one that cannot be unpacked is said to be', () => {
  const plain = fixture('memory-firing.form');
  expect(read(gzipSync(plain))).toEqual(read(plain));
  expect(cloudmonitor.read(delivery(gzipSync(plain).subarray(0, 100)))).toEqual({
    kind: 'not-understood',
    reason: 'compressed-body',
  });
});

test('more alerts in one body than any sender packs are cut off, and it says so', () => {
  const callback = { alertState: 'ALERT', alertName: 'Orders CPU' };
  const { events, remarks } = readEvents(JSON.stringify(Array.from({ length: 5001 }, () => callback)));
  expect(events).toHaveLength(5000);
  expect(remarks).toContain('alerts-left-out');
});

test('every level word of the reference has a priority', () => {
  const words = ['CRITICAL', 'EMERGENCY', 'ERROR', 'WARN', 'WARNING', 'INFO', 'NODATA', 'NORMAL'];
  for (const word of [...words, 'P1', 'P2', 'P3', 'P4', 'HIGH', 'MEDIUM', 'LOW', 'REPORT']) {
    expect(defaultPriorityMap, word).toHaveProperty(word);
  }
  expect(defaultPriorityMap).toMatchObject({
    EMERGENCY: 'critical',
    ERROR: 'medium',
    P1: 'critical',
    NORMAL: 'low',
  });
});
