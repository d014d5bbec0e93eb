import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { clustercontrol } from '../../../../main/sources/clustercontrol/clustercontrol.ts';
import { fixture, read, readEvent, readEvents } from './delivery.ts';

/** 2031-03-04 02:10 UTC. */
const at = Date.UTC(2031, 2, 4, 2, 10);
const key = 'clustercontrol:1:7:412';

describe('one alarm is the same problem in every shape', () => {
  test.each([
    ['envelope-created.json', 'firing'],
    ['envelope-changed.json', 'firing'],
    ['envelope-ended.json', 'recovered'],
    ['envelope-uppercase-ended.json', 'recovered'],
    ['envelope-numbers-as-text.json', 'firing'],
    ['wrapped-created.json', 'firing'],
    ['wrapped-ended.json', 'recovered'],
    ['flat-created.json', 'firing'],
    ['flat-createdat.json', 'firing'],
    ['flat-changed.json', 'firing'],
    ['flat-ended.json', 'recovered'],
    ['camel-case-created.json', 'firing'],
    ['bare-alarm.json', 'firing'],
    ['plugin-new.json', 'firing'],
    ['plugin-update.json', 'firing'],
    ['plugin-remove.json', 'recovered'],
  ] as const)('%s is %s', (file, kind) => {
    const event = readEvent(fixture(file));
    expect(event).toMatchObject({ kind, key });
    expect(event.description).toMatchObject({
      title: 'Host does not answer · 10.44.3.17',
      resource: '10.44.3.17',
      level: kind === 'recovered' ? null : 'CRITICAL',
      value: file.includes('numbers-as-text') ? '93.5' : null,
    });
  });
});

describe('the time is', () => {
  test.each([
    ['of the event, to the millisecond', 'envelope-created.json', at + 250],
    ['of the event as text', 'envelope-numbers-as-text.json', at + 250],
    ['of the last report where there is no event', 'flat-changed.json', at + 120_000],
    ['the same for a recovery', 'flat-ended.json', at + 120_000],
    ['of the beginning where nothing else is said', 'proxy-list-reply.json', at],
    ['nobody knows', 'camel-case-created.json', null],
  ])('%s', (_, file, sentAt) => {
    expect(readEvent(fixture(file)).sentAt).toBe(sentAt);
  });
});

test('an alarm of a whole cluster names the cluster, and keeps the lines of what to do', () => {
  const { description } = readEvent(fixture('envelope-cluster-level.json'));
  expect(description).toMatchObject({
    title: 'Clocks drift apart · cluster 7',
    resource: 'cluster 7',
    level: 'WARNING',
  });
  expect(description.text.split('\n')).toEqual([
    'The clocks of the servers differ by more than a minute.',
    'Let NTP set the clocks.',
    '',
    'Last seen:',
    '10.44.3.17: 02:08:40',
    '10.44.3.18: 02:09:44',
  ]);
});

test('HTML becomes plain text, and a long listing ends in an ellipsis', () => {
  const { title, text } = readEvent(fixture('envelope-html.json')).description;
  expect(title).toBe('Memory almost full · 10.44.3.17');
  expect(text.split('\n').slice(0, 4)).toEqual([
    'Server 10.44.3.17 reports: memory > 92 %',
    'since 02:10 on <orders>',
    'Busiest processes:',
    'PID USER',
  ]);
  expect(text).toHaveLength(4000);
  expect(text.endsWith('…')).toBe(true);
  expect(text).not.toMatch(/onerror|style=/);
});

test('bare nan is nothing measured, and the word stays in texts', () => {
  const { events, remarks } = readEvents(fixture('envelope-nan.txt'));
  expect(events).toMatchObject([
    { kind: 'firing', key: 'clustercontrol:1:7:88', sentAt: at + 250, description: { value: null } },
  ]);
  expect(events[0]?.description.text).toContain('stays: nan, inf, "NaN".');
  expect(remarks).toEqual([]);
});

test('what was measured is the value', () => {
  expect(readEvent(fixture('envelope-numbers-as-text.json')).description.value).toBe('93.5');
});

test('an alarm that somebody has silenced there fires first and is acknowledged then', () => {
  const { events } = readEvents(fixture('envelope-ignored.json'));
  expect(events.map((event) => [event.kind, event.key])).toEqual([
    ['firing', key],
    ['acknowledged', key],
  ]);
});

describe('a list', () => {
  test('of alarms is one event each', () => {
    expect(readEvents(fixture('list-reply.json')).events).toMatchObject([
      { kind: 'firing', key: 'clustercontrol:1:7:1', description: { level: 'WARNING' } },
      { kind: 'firing', key: 'clustercontrol:1:7:3', description: { level: 'CRITICAL' } },
    ]);
    expect(readEvents(fixture('list-reply.json')).remarks).toEqual([]);
  });

  test('says nothing about its alarms by the status of the reply', () => {
    expect(readEvent({ status: 'OK', alarms: [{ alarm_id: 1, cluster_id: 7 }] }).kind).toBe('firing');
  });

  test('from cmon-proxy too', () => {
    const { description, key: itsKey } = readEvent(fixture('proxy-list-reply.json'));
    expect(itsKey).toBe('clustercontrol:1:31:9120');
    expect(description).toMatchObject({
      title: 'Cluster is down · cluster 31',
      level: 'WARNING',
      labels: { controller_id: 'ctl.example.net' },
    });
  });

  test('without any says nothing', () => {
    for (const body of [fixture('list-reply-empty.json'), '[]']) {
      expect(read(body)).toEqual({ kind: 'events', events: [], remarks: ['no-events'] });
    }
  });

  test('of events is read event by event', () => {
    expect(readEvents(fixture('envelopes-array.json')).events).toMatchObject([
      { kind: 'firing', key: 'clustercontrol:1:7:501' },
      { kind: 'recovered', key: 'clustercontrol:1:7:502' },
    ]);
  });
});

test('an item of the plugins of 2015 is told by its node, and keeps its https links only', () => {
  expect(readEvent(fixture('plugin-2015.json'))).toMatchObject({
    kind: 'firing',
    key: 'clustercontrol:1:client=shop-node-1:123',
    description: {
      level: null,
      title: 'Node is gone · shop-node-1',
      text: 'The node left the cluster.',
      links: [{ host: 'ctl.example.net' }, { label: 'Runbook', host: 'wiki.example.net' }],
    },
  });
});

test('what a relay wraps around it does not matter', () => {
  expect(readEvent(fixture('relayed-created.json'))).toMatchObject({
    kind: 'firing',
    key: 'clustercontrol:1:7:414',
    sentAt: at + 250,
  });
});

describe('what is no alarm opens and resolves nothing', () => {
  test.each([
    ['maintenance-ended.json', 'maintenance-event'],
    ['job-failed.json', 'event-without-alarm'],
    ['job-message.json', 'event-without-alarm'],
    ['host-state.json', 'event-without-alarm'],
    ['cluster-state.json', 'event-without-alarm'],
    ['cluster-ping.json', 'event-without-alarm'],
    ['measurements.json', 'event-without-alarm'],
    ['log-line.json', 'event-without-alarm'],
    ['keep-alive.json', 'keep-alive'],
  ])('%s: %s', (file, reason) => {
    expect(read(fixture(file))).toEqual({ kind: 'events', events: [], remarks: [reason] });
  });
});

describe('what the Test button may send is a test', () => {
  test.each(['test-empty-object.json', 'test-words.json', 'test-alarm-without-id.json'])('%s', (file) => {
    expect(readEvent(fixture(file))).toMatchObject({ kind: 'test', key: 'clustercontrol:1::test' });
  });

  test('with its own words, if it has any', () => {
    expect(readEvent(fixture('test-words.json')).description).toMatchObject({
      title: 'Test notification',
      text: 'This integration works.',
    });
    expect(readEvent({}).description.title).toBe('ClusterControl test');
  });

  test.each([[{ test: true, payload: { a: 1 } }], [{ kind: 'webhook', note: '这是一条测试消息' }]])(
    'also in words nobody knows: %j',
    (body) => {
      expect(readEvent(body).kind).toBe('test');
    },
  );

  test('and without a body a look at the address', () => {
    for (const body of ['', ' \r\n', '\ufeff']) {
      expect(read(body)).toEqual({ kind: 'probe', reason: 'empty-body' });
    }
  });

  test('an alarm without id and severity that names its host is none', () => {
    const body = { title: 'MySQL is down', hostname: 'db-1', message: 'It does not answer.' };
    const [fired, ended] = ['CREATED', 'ENDED'].map((status) => readEvent({ status, ...body }));
    expect(fired).toMatchObject({ kind: 'firing', description: { title: 'MySQL is down · db-1' } });
    expect(ended).toMatchObject({ kind: 'recovered', key: fired?.key });
  });

  test.each(['CPU high on test-db-1', 'Latest backup failed'])('"%s" is none', (title) => {
    const body = { severity: 2, type_name: 'HostCpuUsage', title, hostname: 'test' };
    expect(readEvent(body).kind).toBe('firing');
  });
});

describe('what is not understood says why', () => {
  test.each([
    [fixture('of-another-sender.json').toString(), 'no-alarm'],
    [fixture('alarm-without-anything.json').toString(), 'no-alarm-id-or-type'],
    ['{"event_class":"EventAlarm","event_name":"Created","event_specifics":{"cluster_id":1}}', 'no-alarm'],
    ['{"alarm_id":3,', 'broken-json'],
    ['alarm_id=3&status=CREATED', 'not-json'],
    ['"CREATED"', 'json-not-an-object'],
    ['[1,2]', 'json-not-an-object'],
  ])('%s', (body, reason) => {
    expect(read(body)).toEqual({ kind: 'not-understood', reason });
  });

  test('of a packed body only when it cannot be unpacked', () => {
    const packed = gzipSync(fixture('flat-created.json'));
    expect(read(packed)).toEqual(read(fixture('flat-created.json')));
    const broken = { method: 'POST', contentType: null, query: '', body: packed.subarray(0, 60) };
    expect(clustercontrol.read(broken)).toEqual({ kind: 'not-understood', reason: 'compressed-body' });
  });

  test('also beside what was understood', () => {
    const body = [{ alertState: 'ALERT', who: 'knows' }, JSON.parse(fixture('flat-created.json').toString())];
    expect(readEvents(body)).toMatchObject({ events: [{ key }], remarks: ['partly-understood'] });
  });
});
