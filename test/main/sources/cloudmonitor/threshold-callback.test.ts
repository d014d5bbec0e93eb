import { describe, expect, test } from 'vitest';
import { fixture, form, read, readEvent, readEvents } from './delivery.ts';

describe('a real-shaped callback', () => {
  test('fires with what, where, value against condition and since when', () => {
    const event = readEvent(fixture('memory-firing.form'));
    expect(event).toMatchObject({
      kind: 'firing',
      noData: false,
      key: 'cloudmonitor:1:1777000000000042:uuid_7c1f0e55a90b4d1e8f6a2b3c4d5e6f70aa11bb22:instanceId=i-t4nqueue0000000007',
      episodeName: 'b5f5d000-fa2e-11ef-9c3f-0242c0a80011',
      sentAt: 1741226400000,
    });
    expect(event.description).toMatchObject({
      level: 'WARN',
      title: '队列主机可用内存过低 · sg-queue-07',
      text: 'memory_freespace 1.5 GiB, alerts at <= 2 GiB (Average) · ap-southeast-1 · breaching for 3 min',
      resource: 'sg-queue-07/198.51.100.27',
      value: '1.5 GiB',
      condition: '<= 2 GiB (Average)',
      links: [],
    });
    expect(event.description.labels).toMatchObject({
      curValue: '1610612736',
      unit: 'B',
      instanceId: 'i-t4nqueue0000000007',
    });
  });

  test('keeps key and episode while its level rises and when it recovers', () => {
    const bodies = ['memory-firing.form', 'memory-risen.form', 'memory-recovered.form']
      .map(fixture)
      .map(readEvent);
    expect(bodies.map((event) => event.kind)).toEqual(['firing', 'firing', 'recovered']);
    expect(new Set(bodies.map((event) => event.key)).size).toBe(1);
    expect(new Set(bodies.map((event) => event.episodeName)).size).toBe(1);
    expect(bodies.map((event) => event.description.level)).toEqual(['WARN', 'CRITICAL', null]);
  });

  test('says on recovery that it recovered and how long it lasted', () => {
    expect(readEvent(fixture('memory-recovered.form')).description.text).toBe(
      'memory_freespace 3 GiB, recovered, alerted at <= 2 GiB (Average) · ap-southeast-1 · lasted 2 h 33 min',
    );
  });

  test('never keeps the signature, which proves nothing', () => {
    const { labels } = readEvent(fixture('memory-firing.form')).description;
    expect(JSON.stringify(labels)).not.toContain('7uDZI');
    expect(labels).not.toHaveProperty('signature');
  });

  test('of 2018 has no rule and no level: name, product and metric stand in for the rule', () => {
    const event = readEvent(fixture('disk-2018.form'));
    expect(event.key).toBe(
      'cloudmonitor:1:1777000000000042:i-t4ndb00000000001_2_disk_usedutilization|acs_ecs|Host.disk.utilization:device=/dev/vdb1,instanceId=i-t4ndb00000000001',
    );
    expect(event.description.level).toBeNull();
    expect(event.description.title).toBe('i-t4ndb00000000001_2_disk_usedutilization · sg-db-01 · /dev/vdb1');
  });

  test('of a balancer is one problem per port', () => {
    const body = fixture('balancer-port-2019.form').toString();
    expect(readEvent(body).key).toContain('instanceId=lb-t4nedge000000001,port=8443,protocol=tcp');
    expect(readEvent(body.replace('port%3D8443', 'port%3D8444')).key).not.toBe(readEvent(body).key);
  });

  test('of a shard is one problem per node', () => {
    const event = readEvent(fixture('redis-shard.form'));
    expect(event.key).toContain('nodeId=r-t4nsessions01-db-3');
    expect(event.description.title).toBe('缓存分片内存 · sessions-prod · r-t4nsessions01-db-3');
  });

  test('of site monitoring has no instance and names the task', () => {
    const { resource, text } = readEvent(fixture('site-monitoring.form')).description;
    expect(resource).toBe('taskName=checkout，address=https://shop.example/checkout');
    expect(text).toBe('ResponseTime 4210 ms, alerts at >= 3000 (Average)');
  });

  test('of 2017 is JSON with arrays, and says ALARM', () => {
    const event = readEvent(fixture('array-2017.json'));
    expect(event).toMatchObject({
      kind: 'firing',
      key: 'cloudmonitor:1:17770042:putNewAlarm_web_0c1d2e3f|acs_ecs|CPUUtilization:instanceId=i-web17',
      sentAt: 1511000000000,
    });
    expect(event.description.condition).toBe('> 75 (Average)');
  });

  test('from a relay may be flat JSON with numbers and objects', () => {
    const event = readEvent(fixture('relay-flat.json'));
    expect(event).toMatchObject({
      kind: 'firing',
      key: 'cloudmonitor:1::orders-cpu:instanceId=i-orders1,port=5432',
      sentAt: 1741226400123,
    });
    expect(event.description).toMatchObject({
      level: 'WARN',
      value: '91.25',
      title: 'Orders CPU · orders-1 · port 5432',
    });
  });

  test('pasted from the documentation is not encoded and still read', () => {
    const { events, remarks } = readEvents(fixture('pasted-unescaped.form'));
    expect(remarks).toEqual([]);
    expect(events[0]).toMatchObject({ kind: 'firing', sentAt: 1700000000000 });
    expect(events[0]?.description).toMatchObject({
      level: 'CRITICAL',
      condition: '>= 80 (Average)',
      value: '88.25 %',
      text: 'cpu_total 88.25 %, alerts at >= 80 (Average) · ap-southeast-1 · breaching for 7 min',
    });
  });
});

describe('alertState', () => {
  test.each([
    ['ALERT', 'firing'],
    ['ALARM', 'firing'],
    ['alert', 'firing'],
    ['OK', 'recovered'],
    ['ok', 'recovered'],
    ['INSUFFICIENT_DATA', 'firing'],
    ['insufficient_data', 'firing'],
  ])('%s means %s', (word, kind) => {
    expect(readEvent(form({ alertState: word })).kind).toBe(kind);
  });

  test.each([
    ['CRITICAL', 'CRITICAL'],
    ['critical', 'CRITICAL'],
    [null, null],
    ['null', null],
    ['', null],
  ])('ALERT at triggerLevel %s has the level %s', (word, level) => {
    expect(readEvent(form({ triggerLevel: word })).description.level).toBe(level);
  });

  test('decides against the level: OK at CRITICAL is a recovery, and the oddity is remarked', () => {
    const { events, remarks } = readEvents(form({ alertState: 'OK', triggerLevel: 'CRITICAL' }));
    expect(events[0]?.kind).toBe('recovered');
    expect(events[0]?.description.level).toBeNull();
    expect(events[0]?.description.labels).toMatchObject({ triggerLevel: 'CRITICAL' });
    expect(remarks).toEqual(['level-contradicts-state']);
  });

  test('ALERT at level OK still fires, without a level', () => {
    const { events, remarks } = readEvents(form({ triggerLevel: 'OK' }));
    expect(events[0]).toMatchObject({ kind: 'firing', description: { level: null } });
    expect(remarks).toEqual(['level-contradicts-state']);
  });

  test('an ordinary OK is not odd', () => {
    expect(readEvents(form({ alertState: 'OK', triggerLevel: 'OK' })).remarks).toEqual([]);
  });

  test('no data fires under the key of the metric alert, so that a later OK closes it', () => {
    const event = readEvent(fixture('memory-no-data.form'));
    expect(event).toMatchObject({
      kind: 'firing',
      noData: true,
      key: readEvent(fixture('memory-firing.form')).key,
    });
    expect(event.description).toMatchObject({ level: 'NODATA', value: null });
    expect(event.description.text).toBe(
      'no data for memory_freespace, alerts at <= 2 GiB (Average) · ap-southeast-1 · silent for 6 min',
    );
  });

  test.each([
    [null, 'NODATA'],
    ['OK', 'NODATA'],
    ['NO_DATA', 'NODATA'],
    ['CRITICAL', 'CRITICAL'],
  ])('no data at triggerLevel %s has the level %s', (word, level) => {
    const changes = { alertState: 'INSUFFICIENT_DATA', triggerLevel: word };
    expect(readEvent(form(changes)).description.level).toBe(level);
  });

  test('with an unknown word is not understood', () => {
    expect(read(form({ alertState: 'MAYBE' }))).toEqual({
      kind: 'not-understood',
      reason: 'unknown-alert-state',
    });
  });
});

test.each(['', 'null', null])('a missing value may be %j: all the same', (missing) => {
  const names = [
    'curValue',
    'transId',
    'ruleId',
    'instanceName',
    'timestamp',
    'expression',
    'unit',
    'preTriggerLevel',
  ];
  const changes = Object.fromEntries(names.map((name) => [name, missing]));
  const event = readEvent(form({ ...changes, regionId: missing, lastTime: missing, customLabels: missing }));
  expect(event).toMatchObject({ episodeName: null, sentAt: null });
  expect(event.key).toBe('cloudmonitor:1:1777:Orders CPU|acs_ecs|cpu_total:instanceId=i-orders1');
  expect(event.description).toMatchObject({
    value: null,
    condition: null,
    resource: 'i-orders1',
    text: 'cpu_total',
  });
  expect(Object.values(event.description.labels)).not.toContain('null');
});

test.each(['NaN', 'nan', '-NaN', 'Infinity'])('a value of %s is no value', (curValue) => {
  expect(readEvent(form({ curValue })).description.value).toBeNull();
});

test('without name, rule and metric nothing can be told apart, so it is not understood', () => {
  expect(read(form({ alertName: null, ruleId: 'null', metricName: '' }))).toEqual({
    kind: 'not-understood',
    reason: 'no-alert-name-rule-or-metric',
  });
  for (const name of ['alertName', 'ruleId', 'metricName', 'rawMetricName']) {
    const nothing = { alertName: null, ruleId: null, metricName: null };
    expect(read(form({ ...nothing, [name]: 'x' })).kind).toBe('events');
  }
});

test('a combined rule shows its conditions and no value, because the value sent with it means nothing', () => {
  const { description } = readEvent(fixture('combined-metrics.form'));
  expect(description.value).toBeNull();
  expect(description.condition).toBe('cpu_total >= 85 (Average) and memory_usedutilization >= 75 (Average)');
  expect(description.title).toBe('CPU & memory both high · sg-queue-07');
});

test('stable metric names are preferred to display names, which stay in the labels', () => {
  const { description } = readEvent(form({ metricName: '内存使用率', rawMetricName: 'memory_used' }));
  expect(description.text).toContain('memory_used 91');
  expect(description.labels).toMatchObject({ metricName: '内存使用率' });
});

test('a name of nothing but invisible characters does not leave the title empty', () => {
  const { title } = readEvent(
    form({ alertName: '\u200b\u0000', instanceName: null, dimensions: null }),
  ).description;
  expect(title).toBe('cpu_total');
});

test.each([
  ['web-1/192.0.2.4', 'web-1/192.0.2.4'],
  ['web-1/', 'web-1'],
  ['web-1/null', 'web-1'],
])('the instance %s is shown as %s', (instanceName, resource) => {
  expect(readEvent(form({ instanceName })).description.resource).toBe(resource);
});

test('since when is told by the episode when the sender gives no duration, but not by one that starts later', () => {
  const transId = 'b5f5d000-fa2e-11ef-9c3f-0242c0a80011';
  const text = (timestamp: string): string => readEvent(form({ transId, timestamp })).description.text;
  expect(text('1741226400000')).toContain('breaching for less than a minute');
  expect(text(String(1741226400000 + 12_960_000))).toContain('breaching for 3 h 36 min');
  expect(text('1508136760')).not.toContain('breaching');
});

test('the region may be inside the dimensions', () => {
  const dimensions = '{apiUid=5d3c, region=eu-central-1, userId=1777}';
  expect(readEvent(form({ dimensions, regionId: 'null' })).description.text).toContain('eu-central-1');
});

describe('labels', () => {
  test('hold the labels of the rule, under another name when theirs is taken', () => {
    const { labels } = readEvent(fixture('memory-custom-labels.form')).description;
    expect(labels).toMatchObject({
      team: 'orders',
      runbook: 'queue-memory',
      unit: 'B',
      'label.unit': 'seven',
    });
  });

  test('are at most 40, with short names and values', () => {
    const many = Array.from({ length: 200 }, (_, index) => `${'n'.repeat(80)}${index}=${'v'.repeat(2000)}`);
    const few = Array.from({ length: 200 }, (_, index) => `k${index}=v`);
    const { labels } = readEvent(form({ customLabels: `{${[...few, ...many].join(', ')}}` })).description;
    expect(Object.keys(labels)).toHaveLength(40);
    const long = readEvent(form({ customLabels: `{${many.join(', ')}}` })).description.labels;
    expect(Math.max(...Object.keys(long).map((name) => name.length))).toBeLessThanOrEqual(64);
    expect(Math.max(...Object.values(long).map((value) => value.length))).toBeLessThanOrEqual(512);
  });

  test('cannot reach into prototypes', () => {
    const { labels } = readEvent(
      form({
        customLabels: '{__proto__=polluted, constructor=polluted, team=orders}',
        dimensionsOriginal: '{"__proto__":{"polluted":"yes"},"instanceId":"i-1"}',
        __proto__: 'x',
      }),
    ).description;
    expect(labels).toMatchObject({ team: 'orders' });
    expect(Object.values(labels)).not.toContain('polluted');
    expect(Object.getPrototypeOf(labels)).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('are plain text', () => {
    const { labels } = readEvent(form({ customLabels: '{team=or\u202eders\u0007}' })).description;
    expect(labels).toMatchObject({ team: 'orders' });
  });
});
