import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clustercontrol } from '../../../../main/sources/clustercontrol/clustercontrol.ts';
import { parseLenientJson } from '../../../../main/sources/clustercontrol/lenient-json.ts';
import { withoutMarkup } from '../../../../main/sources/clustercontrol/markup.ts';
import { alarm, fixture, readEvent, readEvents } from './delivery.ts';

describe('the key', () => {
  test('takes 3, "3" and " 03 " for the same, and no two numbers for one', () => {
    const keyOf = (clusterId: unknown, alarmId: unknown) =>
      readEvent(alarm({ cluster_id: clusterId, alarm_id: alarmId })).key;
    fc.assert(
      fc.property(fc.integer({ min: -9, max: 99 }), fc.integer({ min: 1, max: 1e9 }), (cluster, id) => {
        expect(keyOf(String(cluster), ` 0${id} `)).toBe(keyOf(cluster, id));
        expect(keyOf(cluster, id)).toBe(`clustercontrol:1:${cluster}:${id}`);
      }),
    );
  });

  test('holds nothing that changes while the problem is the same', () => {
    const changed = alarm({
      severity_name: 'ALARM_WARNING',
      counter: 9,
      message: 'Still down.',
      title: 'Down',
      reported: '2031-03-04T03:00:00Z',
    });
    expect(readEvent(changed).key).toBe(readEvent(alarm()).key);
  });

  test('without an id is of cluster, type and host, says so, and lets the alarm end', () => {
    const created = readEvents(fixture('flat-without-id-created.json'));
    expect(created).toMatchObject({
      events: [{ kind: 'firing', key: 'clustercontrol:1:7:type=HostUnreachable,host=10.44.3.17' }],
      remarks: ['no-alarm-id'],
    });
    expect(readEvent(fixture('flat-without-id-ended.json'))).toMatchObject({
      kind: 'recovered',
      key: created.events[0]?.key,
    });
  });

  test('of such an alarm can never be that of an id', () => {
    const tricky = alarm({ alarm_id: 'type=HostUnreachable,host=db-1' });
    expect(readEvent(tricky).key).not.toBe(readEvent(alarm({ alarm_id: undefined })).key);
  });

  test('without a type either is of the title, and the word alarm is no type', () => {
    const body = { type: 'alarm', severity: 2, title: 'Disk is full', hostname: 'db-1', cluster_id: 1 };
    expect(readEvent(body)).toMatchObject({
      kind: 'firing',
      key: 'clustercontrol:1:1:title=Disk is full,host=db-1',
    });
  });

  test('takes the id of what is around the alarm when it has none itself', () => {
    const body = { alarm_id: 8, cluster_id: 2, status: 'ENDED', alarm: { title: 'Node is down' } };
    expect(readEvent(body)).toMatchObject({ kind: 'recovered', key: 'clustercontrol:1:2:8' });
  });
});

describe('the lifecycle word', () => {
  test.each([
    ...['Created', 'CREATED', 'createdat', 'Started', 'new', 'raise', 'RAISED', 'Changed', 'update'].map(
      (word) => [word, 'firing'],
    ),
    ...['Ended', 'ENDED', 'resolved', 'cleared', 'Clear', 'removed', 'remove', 'closed', 'AlarmEnded'].map(
      (word) => [word, 'recovered'],
    ),
  ])('%s means %s', (word, kind) => {
    for (const name of ['event_name', 'status', 'event', 'action', 'state']) {
      const { events, remarks } = readEvents(alarm({ status: undefined, [name]: word }));
      expect(events).toMatchObject([{ kind }]);
      expect(remarks).toEqual([]);
    }
  });

  test('that nobody knows is taken for firing, and said', () => {
    expect(readEvents(alarm({ status: 'FLAPPING' }))).toMatchObject({
      events: [{ kind: 'firing' }],
      remarks: ['unknown-lifecycle-word'],
    });
  });

  test('of ClusterControl counts before the words of others', () => {
    const body = { state: 'active', alarm: alarm({ status: 'ENDED' }) };
    expect(readEvent(body).kind).toBe('recovered');
  });

  test('decides alone: neither severity nor `ignored` ends an alarm', () => {
    expect(readEvents(alarm({ severity_name: 'ALARM_OK', severity: 0 })).events[0]?.kind).toBe('firing');
    expect(readEvent(alarm({ status: 'ENDED', ignored: 2, counter: 2 })).kind).toBe('recovered');
  });
});

describe('the level', () => {
  test.each([
    [{ severity_name: 'ALARM_CRITICAL' }, 'CRITICAL'],
    [{ severity_name: 'warning' }, 'WARNING'],
    [{ severity_name: undefined, severity: 2 }, 'CRITICAL'],
    [{ severity_name: undefined, severity: '1' }, 'WARNING'],
    [{ severity_name: undefined, severity: 'ALARM_WARNING' }, 'WARNING'],
    [{ severity_name: undefined, severity: 7 }, '7'],
    [{ severity_name: undefined, type_name: 'ClusterFailure' }, null],
  ])('of %j is %s', (changes, level) => {
    expect(readEvent(alarm(changes)).description.level).toBe(level);
  });

  test('is null for a recovery, whatever it says', () => {
    expect(readEvent(alarm({ status: 'ENDED' })).description.level).toBeNull();
  });
});

describe('silenced in ClusterControl', () => {
  test.each([
    [{ ignored: 1, counter: 1 }, true],
    [{ ignored: '5', counter: '4' }, true],
    [{ ignored: 3, counter: 4 }, false],
    [{ ignored: 0, counter: 0 }, false],
    [{ ignored: 1 }, false],
  ])('%j: %s', (changes, acknowledged) => {
    const kinds = readEvents(alarm(changes)).events.map((event) => event.kind);
    expect(kinds).toEqual(acknowledged ? ['firing', 'acknowledged'] : ['firing']);
  });
});

describe('dates', () => {
  test.each(['', 'null', null, '0001-01-01T00:00:00Z'])('that say nothing are nothing: %j', (reported) => {
    expect(readEvents(alarm({ reported, created: reported }))).toMatchObject({
      events: [{ sentAt: null }],
      remarks: [],
    });
  });

  test('that cannot be read are remarked', () => {
    expect(readEvents(alarm({ reported: 'yesterday' })).remarks).toEqual(['unreadable-time']);
  });

  test('without a zone are UTC', () => {
    expect(readEvent(alarm({ reported: '2031-03-04 02:10:00' })).sentAt).toBe(Date.UTC(2031, 2, 4, 2, 10));
  });

  test('of the beginning are not taken for the end, which would look older than the repeats before it', () => {
    const ended = alarm({ status: 'ENDED', reported: null, created: '2031-03-04T02:00:00Z' });
    expect(readEvent(ended).sentAt).toBeNull();
  });
});

test('labels hold what the sender said beside the texts, the title too', () => {
  const { labels } = readEvent({ cluster_name: 'orders', status: 'CREATED', alarm: alarm() }).description;
  expect(labels).toMatchObject({ title: 'Node is down', alarm_id: '3', cluster_name: 'orders' });
  expect(Object.keys(labels)).not.toContain('message');
  const { labels: ofEnvelope } = readEvent(fixture('envelope-created.json')).description;
  expect(ofEnvelope).toMatchObject({ cluster_id: '7', event_name: 'Created' });
  expect(Object.keys(ofEnvelope)).not.toContain('event.cluster_id');
});

describe('a sample', () => {
  const sample = (state: 'firing' | 'recovered', name = 'Tocsin test k3') =>
    clustercontrol.sample({ state, level: 'CRITICAL', at: Date.UTC(2031, 0, 1), name });

  test('is read back as what it was asked to be, and known as our own', () => {
    const fired = readEvents(sample('firing').body);
    expect(fired).toMatchObject({
      events: [{ kind: 'firing', sentAt: Date.UTC(2031, 0, 1), description: { level: 'CRITICAL' } }],
      remarks: ['own-test'],
    });
    expect(fired.events[0]?.description.labels['title']).toBe('Tocsin test k3');
    expect(readEvent(sample('recovered').body)).toMatchObject({
      kind: 'recovered',
      key: fired.events[0]?.key,
    });
  });

  test('has its own problem by name', () => {
    expect(readEvent(sample('firing', 'other').body).key).not.toBe(readEvent(sample('firing').body).key);
  });
});

test.each(['ok', 'success'])('what a relay says of its own request (%s) is no recovery', (status) => {
  expect(readEvent({ status, alarm: alarm({ status: undefined }) }).kind).toBe('firing');
  expect(readEvent({ alarm: alarm({ status }) }).kind).toBe('recovered');
});

describe('JSON with bare nan and infinities', () => {
  test('is the same JSON with null in their place', () => {
    expect(parseLenientJson('{"a":nan,"b":[-inf,NaN,Infinity,1],"c":"nan \\" inf"}')).toEqual({
      a: null,
      b: [null, null, null, 1],
      c: 'nan " inf',
    });
  });

  test('never changes a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('nan', 'inf', '"', '\\', ' ', ':') }), (text) => {
        // Not as a name: Node 24 (V8 13.6) reads `"a\\""` as the `"a\\\\"` of an object before it.
        expect(parseLenientJson(`[nan,${JSON.stringify(text)},nan]`)).toEqual([null, text, null]);
      }),
    );
  });

  test('a megabyte of it, broken in any way, takes no time', () => {
    const started = performance.now();
    for (const piece of ['"nan', '\\', '"\\', 'nan ', '"nan\\"', '[']) {
      parseLenientJson(`nan${piece.repeat(1_000_000 / piece.length)}`);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('markup', () => {
  test.each([
    ['a<br>b<p>c</p><li>d</li>', 'a\nb\nc\n\nd\n'],
    ['<td>a</td><td>b</td>', ' a  b '],
    ['<script>alert(1)</script>x<style>p{}</style>', 'x'],
    ['&lt;b&gt; &amp;lt; &#20320;&#x597d; &nope; &#xffffff;', '<b> &lt; 你好 &nope; &#xffffff;'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<none> <root@db-1> <binlog.000001>', '<none> <root@db-1> <binlog.000001>'],
    ['<script>never closed', 'never closed'],
  ])('%s', (text, plain) => {
    expect(withoutMarkup(text)).toBe(plain);
  });
});
