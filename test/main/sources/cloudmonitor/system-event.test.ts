// Formats B and C of the reference: the same events, told in two ways.
import { describe, expect, test } from 'vitest';
import { delivery, fixture, read, readEvent, readEvents, readQuery } from './delivery.ts';
import { cloudmonitor } from '../../../../main/sources/cloudmonitor/cloudmonitor.ts';

const arn = 'acs%3Aecs%3Aap-southeast-1%3A1777000000000042%3Ainstance/i-t4nqueue0000000007';

function changed(file: string, change: (body: Record<string, unknown>) => void): string {
  const body = JSON.parse(fixture(file).toString()) as Record<string, unknown>;
  change(body);
  return JSON.stringify(body);
}
const inner = (body: Record<string, unknown>, name: string): Record<string, unknown> =>
  body[name] as Record<string, unknown>;

describe('a legacy system event', () => {
  test('fires with what, step, where and when', () => {
    expect(readEvent(fixture('event-reboot-scheduled.json'))).toMatchObject({
      kind: 'firing',
      noData: false,
      key: 'cloudmonitor:1:event:e-t4nreboot00000001',
      episodeName: null,
      sentAt: Date.UTC(2025, 2, 6, 2, 0, 0, 125),
      description: {
        level: 'CRITICAL',
        title: 'Instance:SystemMaintenance.Reboot Scheduled · sg-queue-07',
        text: 'not before 2025-03-09T16:00:00Z · ECS · ap-southeast-1',
        resource: 'sg-queue-07',
        value: 'Scheduled',
        labels: { ruleName: 'host events', eventId: 'e-t4nreboot00000001', regionId: 'ap-southeast-1' },
      },
    });
  });

  test('recovers under the same key by its event status, though its name still says Scheduled', () => {
    const event = readEvent(fixture('event-reboot-avoided.json'));
    expect(event).toMatchObject({ kind: 'recovered', key: 'cloudmonitor:1:event:e-t4nreboot00000001' });
    expect(event.description).toMatchObject({
      level: null,
      title: 'Instance:SystemMaintenance.Reboot Avoided · sg-queue-07',
    });
  });

  test('whose end has another name has one key with it, and its level of CRITICAL does not matter then', () => {
    const events = ['event-agent-stopped.json', 'event-agent-running.json'].map(fixture).map(readEvent);
    expect(events.map((event) => event.kind)).toEqual(['firing', 'recovered']);
    expect(events.map((event) => event.key)).toEqual([
      `cloudmonitor:1:event:${arn}:Agent_Status_Stopped`,
      `cloudmonitor:1:event:${arn}:Agent_Status_Stopped`,
    ]);
    expect(events.map((event) => event.description.level)).toEqual(['CRITICAL', null]);
    expect(events.map((event) => event.description.title)).toEqual([
      'Agent_Status_Stopped · sg-queue-07',
      'Agent_Status_Running · sg-queue-07',
    ]);
  });

  test('has a content that is an object or JSON text', () => {
    const text = readEvent(fixture('event-content-as-text.json'));
    const object = readEvent(
      changed('event-content-as-text.json', (body) => {
        body['content'] = JSON.parse(String(body['content']));
      }),
    );
    expect(text).toEqual(object);
    expect(text).toMatchObject({ kind: 'firing', key: 'cloudmonitor:1:event:e-t4nstall00000001' });
    expect(text.description).toMatchObject({
      title: 'Disk:Stalled Executing · d-t4ndata000000001',
      text: 'impact IoHang · ECS · ap-southeast-1',
    });
  });

  test('that reports a good state ends what was wrong, and says so', () => {
    const { events, remarks } = readEvents(fixture('event-instance-running.json'));
    expect(events).toMatchObject([
      { kind: 'recovered', key: `cloudmonitor:1:event:${arn}:Instance%3AStateChange` },
    ]);
    expect(remarks).toEqual(['nothing-wrong']);
  });

  test('that reports a state on the way says nothing about any alert', () => {
    expect(readEvents(fixture('event-instance-starting.json'))).toEqual({
      kind: 'events',
      events: [],
      remarks: ['nothing-wrong'],
    });
  });

  test('of one operation does not end the failure of another one', () => {
    const disk = (operation: string, result: string): string =>
      JSON.stringify({
        product: 'ECS',
        resourceId: 'acs:ecs:x:1:disk/d-1',
        name: 'Disk:DiskOperationCompleted',
        eventTime: '20250306T100000.000+0800',
        content: { operation, result },
      });
    const failed = readEvent(disk('AttachDisk', 'failed'));
    expect(failed.kind).toBe('firing');
    expect(readEvent(disk('AttachDisk', 'accomplished'))).toMatchObject({
      kind: 'recovered',
      key: failed.key,
    });
    expect(readEvent(disk('DetachDisk', 'accomplished')).key).not.toBe(failed.key);
  });

  test('may lack nearly everything', () => {
    expect(readEvent('{"name":"X","eventTime":"soon"}')).toMatchObject({
      kind: 'firing',
      key: 'cloudmonitor:1:event:||:X',
      sentAt: null,
      description: { level: null, title: 'X', text: '', resource: '' },
    });
    expect(readEvents('{"name":"X","eventTime":"soon"}').remarks).toEqual(['unreadable-time']);
    expect(readEvent('{"name":"X","resourceId":"acs:x:1"}').key).toBe('cloudmonitor:1:event:acs%3Ax%3A1:X');
    expect(read('{"name":"X"}').kind).toBe('not-understood');
    expect(read('{"name":"X","product":"Y"}').kind).toBe('not-understood');
  });

  test('can come by GET, its content as JSON text', () => {
    const body = JSON.parse(fixture('event-reboot-scheduled.json').toString()) as Record<string, unknown>;
    const query = new URLSearchParams(
      Object.entries(body).map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ).toString();
    expect(readQuery(query)).toEqual(read(fixture('event-reboot-scheduled.json')));
  });
});

describe('a subscribed event', () => {
  const whole = readEvents(fixture('subscription.json'));

  test('fires with what, state and where; its Chinese name is kept', () => {
    expect(whole.events).toMatchObject([
      {
        kind: 'firing',
        key: `cloudmonitor:1:event:${arn}:Instance%3AStateChange`,
        sentAt: Date.UTC(2025, 2, 6, 15, 15, 0, 417),
        description: {
          level: 'INFO',
          title: 'Instance:StateChange Stopping · sg-queue-07',
          text: '实例状态改变通知 · ECS · ap-southeast-1',
          labels: { strategyName: '夜班值守', groupName: 'SESSIONS', privateIpAddress: '192.0.2.27' },
        },
      },
    ]);
  });

  test.each([
    ['a form whose objects are JSON text', () => read(fixture('subscription.form'))],
    ['JSON in the form field body', () => read(fixture('subscription-in-body.form'))],
    [
      'JSON in the form field payload',
      () => read(fixture('subscription-in-body.form').toString().replace('body=', 'payload=')),
    ],
    ['a query with fields', () => readQuery(fixture('subscription.form').toString())],
    [
      'JSON in data= of a query',
      () => readQuery(fixture('subscription-in-body.form').toString().replace('body=', 'data=')),
    ],
    [
      'JSON in a member of JSON',
      () => read(JSON.stringify({ payload: fixture('subscription.json').toString() })),
    ],
    ['an object in a member of JSON', () => read(`{"data":${fixture('subscription.json').toString()}}`)],
    ['a list of one', () => read(`[${fixture('subscription.json').toString()}]`)],
  ])('is the same as %s', (_, reading) => {
    const found = reading();
    if (found.kind !== 'events') throw new Error(found.reason);
    // In a form all numbers are texts, and the remaining difference would be in the labels.
    expect(found).toEqual(whole);
  });

  test('ends by its alert status, later than it began though its event time is the same', () => {
    const event = readEvent(fixture('subscription-resolved.json'));
    expect(event).toMatchObject({
      kind: 'recovered',
      key: `cloudmonitor:1:event:${arn}:Instance%3AStateChange`,
      sentAt: 1741275900000,
      description: { level: null },
    });
  });

  test.each(['RESOLVED', 'Resolved', 'RECOVERED', 'OK'])('ends at the alert status %s', (word) => {
    expect(readEvent(fixture('subscription.json').toString().replace('TRIGGERED', word)).kind).toBe(
      'recovered',
    );
  });

  test('may be JSON in a form that was not encoded and holds ampersands', () => {
    const body = changed('subscription.json', (message) => {
      message['strategyName'] = 'R & D';
      message['userInfo'] = undefined;
    });
    expect(readEvent(`payload=${body}`).description.labels).toMatchObject({ strategyName: 'R & D' });
  });

  test('ends by a closing word as well, whatever its alert status says', () => {
    const body = changed('subscription.json', (message) => {
      inner(message, 'alert')['eventName'] = 'Disk:Stalled:Executed';
    });
    expect(readEvent(body)).toMatchObject({
      kind: 'recovered',
      key: `cloudmonitor:1:event:${arn}:Disk%3AStalled`,
    });
  });

  test('is a test when its own id says so', () => {
    expect(readEvent(fixture('subscription-debug.json')).kind).toBe('test');
  });

  test('that is a threshold alert without inner data is read by the outer ones', () => {
    expect(readEvent(fixture('subscription-threshold.json'))).toMatchObject({
      kind: 'firing',
      key: `cloudmonitor:1:event:${arn}:Orders queue depth`,
      sentAt: 1741274100000,
      description: {
        level: 'WARNING',
        title: 'Orders queue depth · i-t4nqueue0000000007',
        text: 'metric queue_depth, value 5120, alerts at $Average>=5000 · ECS',
      },
    });
  });

  test('is found in whatever case its names are', () => {
    const body = fixture('subscription.json')
      .toString()
      .replaceAll(
        /"([a-zA-Z]+)":/g,
        (_, name: string) => `"${name.charAt(0).toUpperCase()}${name.slice(1)}":`,
      );
    const event = readEvent(body);
    expect(event).toMatchObject({
      kind: 'firing',
      key: whole.events[0]?.key,
      sentAt: whole.events[0]?.sentAt,
    });
    expect(event.description.title).toBe('Instance:StateChange Stopping · sg-queue-07');
  });

  test('and the legacy callback of the same event are one alert', () => {
    const body = changed('event-instance-running.json', (legacy) => {
      inner(legacy, 'content')['state'] = 'Stopping';
      legacy['eventTime'] = '20250306T231500.417+0800';
    });
    const [subscribed] = whole.events;
    expect(readEvent(body)).toMatchObject({
      key: subscribed?.key,
      sentAt: subscribed?.sentAt,
      description: { level: 'INFO' },
    });
  });

  test('without a name is known by its resource, and without both not understood', () => {
    expect(readEvent('{"alert":{"arn":"acs:x:1","alertStatus":"TRIGGERED"}}').kind).toBe('firing');
    expect(read('{"alert":{"alertStatus":"TRIGGERED"}}')).toEqual({
      kind: 'not-understood',
      reason: 'no-known-format',
    });
  });
});

test('a query that delivers nothing, or a body that does, leaves the query unread', () => {
  expect(readQuery('utm_source=x')).toEqual({ kind: 'probe', reason: 'empty-body' });
  expect(readQuery('alert=%7Bbroken')).toEqual({ kind: 'probe', reason: 'empty-body' });
  const query = fixture('subscription.form').toString();
  expect(cloudmonitor.read(delivery('hello', query)).kind).toBe('not-understood');
});
