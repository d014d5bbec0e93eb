import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { universal } from '../../../../main/sources/universal/universal.ts';
import { fixture, read, readEvent } from './reading.ts';

describe('five fields of a script', () => {
  test('as JSON', () => {
    expect(readEvent(fixture('script-fields.json'))).toEqual({
      kind: 'firing',
      noData: false,
      key: 'universal:1:script:backup/shop',
      episodeName: null,
      sentAt: null,
      description: {
        level: 'CRITICAL',
        title: 'Nightly backup failed',
        text: 'rsync ended with 23.\nSee the log.',
        resource: '',
        value: null,
        condition: null,
        labels: { host: 'store-1' },
        links: [],
      },
    });
  });

  test.each([
    ['as a form', (form: string) => readEvent(form)],
    ['in the query of a GET', (form: string) => readEvent('', form)],
  ])('%s', (_what, readForm) => {
    expect(readForm(fixture('script-fields.form').toString())).toMatchObject({
      kind: 'firing',
      key: 'universal:1:script:VPN to Dresden',
      description: { level: 'PAGE', text: '3 of 3 pings lost', labels: { site: 'Dresden' } },
    });
  });

  test.each([
    ['firing', 'firing'],
    ['DOWN', 'firing'],
    ['Problem', 'firing'],
    ['resolved', 'recovered'],
    ['ok', 'recovered'],
    ['UP', 'recovered'],
    ['acknowledged', 'acknowledged'],
    ['ack', 'acknowledged'],
    ['test', 'test'],
  ])('status %s means %s', (status, kind) => {
    expect(readEvent(JSON.stringify({ status, title: 't' })).kind).toBe(kind);
  });

  test('a status that is a level is one, unless severity says otherwise', () => {
    const level = (fields: object): string | null =>
      readEvent(JSON.stringify({ title: 't', ...fields })).description.level;
    expect(level({ status: 'critical' })).toBe('CRITICAL');
    expect(level({ status: 'critical', severity: 'info' })).toBe('INFO');
    expect(level({ status: 'firing' })).toBeNull();
    expect(level({ status: 'ok', severity: 'critical' })).toBeNull();
  });

  test('a key is enough to recover, a title is the key when there is none', () => {
    const [fired, over] = ['firing', 'ok'].map((status) => readEvent(`status=${status}&title=Backup`));
    expect(over?.key).toBe(fired?.key);
    expect(readEvent('status=ok&key=Backup').key).toBe(fired?.key);
  });

  test('the first of equal names counts', () => {
    expect(readEvent('status=ok&status=firing&title=a&title=b')).toMatchObject({
      kind: 'recovered',
      description: { title: 'a' },
    });
  });

  test.each([
    ['unknown-shape', '{"hello":"world"}'],
    ['no-status', 'title=no+status'],
    ['unknown-status-word', 'status=maybe&title=t'],
    ['no-title', 'status=firing&text=t'],
    ['neither-form-nor-json', 'the disk is full'],
    ['broken-json', '{"status":"firing"'],
    ['json-not-an-object', '[{"status":"firing","title":"t"}]'],
  ])('is not understood: %s', (reason, body) => {
    expect(read(body)).toEqual({ kind: 'not-understood', reason });
  });

  test('is read when it is packed, and not understood when it cannot be unpacked', () => {
    const packed = gzipSync(fixture('script-fields.json'));
    expect(readEvent(packed)).toEqual(readEvent(fixture('script-fields.json')));
    const broken = { method: 'POST', contentType: null, query: '', body: packed.subarray(0, 40) };
    expect(universal.read(broken)).toEqual({ kind: 'not-understood', reason: 'compressed-body' });
  });

  test('nothing at all is a probe', () => {
    expect(read(' \r\n')).toEqual({ kind: 'probe', reason: 'empty-body' });
  });
});
