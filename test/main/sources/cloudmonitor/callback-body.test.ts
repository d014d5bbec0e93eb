import { describe, expect, test } from 'vitest';
import { cloudmonitor } from '../../../../main/sources/cloudmonitor/cloudmonitor.ts';
import { fixture, form, read, readEvent, readEvents } from './delivery.ts';

describe('a body is recognised by its content', () => {
  test.each([
    null,
    'application/json',
    'text/plain; charset=UTF-8',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('and never by its content type (%s)', (contentType) => {
    for (const file of ['memory-firing.form', 'relay-flat.json']) {
      const reading = cloudmonitor.read({ method: 'POST', contentType, query: '', body: fixture(file) });
      expect(reading).toEqual(read(fixture(file)));
      expect(reading.kind).toBe('events');
    }
  });

  test.each(['', ' \r\n\t ', '\ufeff'])('nothing at all (%j) is a probe', (body) => {
    expect(read(body)).toEqual({ kind: 'probe', reason: 'empty-body' });
  });

  test.each([
    ['{"alertState":"ALERT","alertName":', 'broken-json'],
    ['["alertState=ALERT"]', 'json-not-an-object'],
    ['{"severity":"INFO"}', 'no-known-format'],
    ['{"alertState":null,"alertName":"x"}', 'no-known-format'],
    ['severity=INFO&strategyName=x', 'no-known-format'],
    ['[{"severity":"INFO"},{}]', 'no-known-format'],
    ['hello', 'neither-form-nor-json'],
    ['&&&&', 'neither-form-nor-json'],
    ['=', 'neither-form-nor-json'],
    ['\u0000\u0001\u0002', 'neither-form-nor-json'],
  ])('%j is not understood: %s', (body, reason) => {
    expect(read(body)).toEqual({ kind: 'not-understood', reason });
  });

  test('a byte order mark and line breaks around it do not matter', () => {
    const plain = readEvent(fixture('memory-firing.form'));
    const mark = Buffer.from([0xef, 0xbb, 0xbf]);
    expect(
      readEvent(Buffer.concat([mark, Buffer.from('\r\n'), fixture('memory-firing.form'), Buffer.from('\n')])),
    ).toEqual(plain);
    expect(readEvent(Buffer.concat([mark, fixture('relay-flat.json')]))).toEqual(
      readEvent(fixture('relay-flat.json')),
    );
  });

  test('the order of the fields does not matter', () => {
    const body = fixture('memory-firing.form').toString();
    expect(readEvent(body.split('&').toReversed().join('&'))).toEqual(readEvent(body));
  });
});

describe('form encoding', () => {
  test('is decoded once: an encoded percent sign stays one', () => {
    expect(readEvent(form({ alertName: 'CPU at 95%2B' })).description.labels).toMatchObject({
      alertName: 'CPU at 95%2B',
    });
  });

  test('has spaces as plus signs, and plus signs encoded', () => {
    expect(readEvent(form({ alertName: 'a b+c' })).description.labels).toMatchObject({ alertName: 'a b+c' });
    expect(form({ alertName: 'a b+c' })).toContain('alertName=a+b%2Bc');
  });

  test('may be missing: pairs are split at the first equals sign only', () => {
    expect(readEvent(`alertState=ALERT&alertName=x&expression=$Average>=95`).description.condition).toBe(
      '>= 95 (Average)',
    );
    expect(readEvent(`alertState=ALERT&alertName=a=b=c`).description.title).toBe('a=b=c');
  });

  test.each([
    ['%', '%'],
    ['100%', '100%'],
    ['%zz', '%zz'],
    ['%4', '%4'],
    ['%E7%A3%81%', '磁%'],
    ['%25', '%'],
  ])('a bare percent sign is one (%s)', (raw, unit) => {
    expect(readEvent(`alertState=ALERT&alertName=x&unit=${raw}`).description.labels).toMatchObject({ unit });
  });

  test('raw Chinese is read as well as encoded Chinese', () => {
    const raw = readEvent('alertState=ALERT&alertName=磁盘使用率');
    expect(raw).toEqual(
      readEvent('alertState=ALERT&alertName=%E7%A3%81%E7%9B%98%E4%BD%BF%E7%94%A8%E7%8E%87'),
    );
    expect(raw.description.title).toBe('磁盘使用率');
  });

  test('an encoded ampersand belongs to the value', () => {
    expect(readEvents(form({ alertName: 'R&D && more' })).remarks).toEqual([]);
    expect(readEvent(form({ alertName: 'R&D && more' })).description.title).toContain('R&D && more');
  });

  test('a raw ampersand inside free text is put back where it was, and remarked', () => {
    const { events, remarks } = readEvents(
      'alertState=ALERT&alertName=R&D host&expression=$a.Average>=90 && $b.Average<5&ruleId=r&',
    );
    expect(events[0]?.description).toMatchObject({
      title: 'R&D host',
      condition: 'a >= 90 (Average) and b < 5 (Average)',
    });
    expect(remarks).toContain('unescaped-ampersand');
    expect(events[0]?.key).toContain(':r:');
  });

  test('a piece that belongs to nothing is left out', () => {
    expect(readEvent('junk&alertState=ALERT&junk&=x&alertName=n&').description.title).toBe('n');
  });

  test('of equal names the first one counts, unless it is empty', () => {
    expect(readEvent('alertState=ALERT&alertName=one&alertName=two').description.title).toBe('one');
    expect(readEvent('alertState=null&alertState=ALERT&alertName=&alertName=two').description.title).toBe(
      'two',
    );
  });

  test('broken UTF-8 becomes a replacement character and breaks nothing', () => {
    const raw = Buffer.concat([
      Buffer.from('alertState=ALERT&alertName=x'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('y&unit=%FF'),
    ]);
    expect(readEvent(raw).description.title).toBe('x\ufffd\ufffdy');
  });

  test('separators that look like our own marks are only characters', () => {
    expect(readEvent('alertState=ALERT&alertName=x%01triggerLevel%02CRITICAL').description).toMatchObject({
      level: null,
      title: 'xtriggerLevelCRITICAL',
    });
  });
});

test('names that mean something to JavaScript are fields like any other unknown one', () => {
  const plain = readEvent('alertState=ALERT&alertName=x');
  expect(readEvent('__proto__=y&constructor=z&toString=1&alertState=ALERT&alertName=x')).toEqual(plain);
  expect(
    readEvent('{"__proto__":{"ruleId":"r"},"constructor":1,"alertState":"ALERT","alertName":"x"}'),
  ).toEqual(plain);
});

describe('a megabyte of junk is read in linear time', () => {
  const size = 1_048_576;
  const head = 'alertState=ALERT&alertName=x&';
  test.each([
    ['ampersands', head + '&'.repeat(size)],
    ['equals signs', head + '='.repeat(size)],
    ['pairs', head + 'a=1&'.repeat(size / 4)],
    ['pieces without a value', `${head}expression=1&${'a&'.repeat(size / 2)}`],
    ['percent signs', `${head}unit=${'%'.repeat(size)}`],
    ['spaces', head + '+'.repeat(size)],
    ['a name without an end', 'a'.repeat(size)],
    ['opening braces', `${head}dimensions=${'{'.repeat(size)}`],
    ['dimensions', `${head}dimensions={${'k=v, '.repeat(size / 5)}}`],
    ['commas and spaces', `${head}dimensions={k=${', '.repeat(size / 2)}`],
    [
      'different dimensions',
      `${head}dimensions={${Array.from({ length: 60_000 }, (_, index) => `k${index}=v`).join(', ')}}`,
    ],
    ['labels', `${head}customLabels={${'k=v, '.repeat(size / 5)}}`],
    ['operators', `${head}expression=${'>='.repeat(size / 2)}`],
    ['conditions', `${head}expression=${'$Average>1 %26%26 '.repeat(size / 18)}`],
    [
      'digits',
      `${head}curValue=${'9'.repeat(size)}&timestamp=${'1'.repeat(1000)}&lastTime=${'1'.repeat(size)}`,
    ],
    ['opening brackets', '['.repeat(size)],
    ['nested objects', `{"alertState":"ALERT","alertName":"x","dimensions":${'{"a":'.repeat(size / 6)}`],
    [
      'nested dimensions',
      `{"alertState":"ALERT","alertName":"x","dimensions":${'['.repeat(400_000)}${']'.repeat(400_000)}}`,
    ],
    ['zero bytes', '\u0000'.repeat(size)],
    ['messages in a list', `[${'{"alertState":"OK","alertName":"x"},'.repeat(size / 40)}{}]`],
    ['lists in a list', `[${'[],'.repeat(size / 3)}{}]`],
    [
      'fields of a message',
      `{${Array.from({ length: 80_000 }, (_, index) => `"k${index}":1,`).join('')}"name":"x"}`,
    ],
    [
      'fields of a form',
      `${'a=1&'.repeat(size / 8)}${Array.from({ length: 50_000 }, (_, index) => `k${index}=v`).join('&')}`,
    ],
    [
      'fields of a subscribed event',
      `{"alert":{"eventName":"x","meta":{"sysEventMeta":{${Array.from({ length: 80_000 }, (_, index) => `"k${index}":1`).join()}}}}}`,
    ],
    [
      'labels of a workspace alert',
      `{"status":"OCCURRED","subject":"x","labels":{${Array.from({ length: 80_000 }, (_, index) => `"k${index}":1`).join()}}}`,
    ],
    ['messages in messages', `${'{"body":'.repeat(size / 9)}1${'}'.repeat(size / 9)}`],
    [
      'a nested content',
      `{"name":"x","eventTime":"1741226400000","content":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    ],
  ])('%s', (_, body) => {
    const started = performance.now();
    const reading = read(body);
    // Generous, for slow machines: quadratic behaviour would take minutes.
    expect(performance.now() - started).toBeLessThan(2000);
    if (reading.kind === 'events') expect(reading.events[0]?.key.length).toBeLessThanOrEqual(512);
  });
});
