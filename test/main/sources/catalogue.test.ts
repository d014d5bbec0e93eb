import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { senderOf, senders } from '../../../main/sources/catalogue.ts';
import { episodeStart } from '../../../main/sources/sender-time.ts';
import type { SampleOptions } from '../../../main/sources/source.ts';
import { form, readEvent } from './cloudmonitor/delivery.ts';

test('a sender is found by its kind', () => {
  for (const kind of ['cloudmonitor', 'clustercontrol', 'universal'] as const) {
    expect(senderOf(kind)?.kind).toBe(kind);
  }
  expect(new Set(senders.map((sender) => sender.kind)).size).toBe(senders.length);
});

describe('a CloudMonitor sample', () => {
  const at = 1741226400000;
  const sample = (
    changes: Partial<SampleOptions> = {},
  ): ReturnType<NonNullable<ReturnType<typeof senderOf>>['sample']> => {
    const sender = senderOf('cloudmonitor');
    if (sender === null) throw new Error('no sender');
    return sender.sample({ state: 'firing', level: 'CRITICAL', at, name: 'CPU high', ...changes });
  };

  test('is what CloudMonitor sends, and is read as such', () => {
    expect(sample().contentType).toBe('application/x-www-form-urlencoded; charset=UTF-8');
    expect(readEvent(sample().body)).toMatchObject({
      kind: 'firing',
      sentAt: at,
      description: { level: 'CRITICAL' },
    });
    expect(readEvent(sample().body).description.title).toMatch(/^CPU high · web-\d+$/);
    expect(sample().body).toMatch(/^[\w.%&=+*-]+$/);
  });

  test('is the same every time', () => {
    expect(sample()).toEqual(sample());
  });

  test('recovers under the same key, and in the same episode when it comes 12 minutes later', () => {
    const fired = readEvent(sample().body);
    const recovered = readEvent(sample({ state: 'recovered', at: at + 12 * 60_000 }).body);
    expect(recovered).toMatchObject({ kind: 'recovered', key: fired.key, episodeName: fired.episodeName });
    expect(recovered.description.text).toContain('lasted 12 min');
  });

  test('has its own problem and episode by name, and its own episode by time', () => {
    const one = readEvent(sample().body);
    const other = readEvent(sample({ name: 'Disk full' }).body);
    expect(other.key).not.toBe(one.key);
    expect(other.episodeName).not.toBe(one.episodeName);
    const later = readEvent(sample({ at: at + 1 }).body);
    expect(later.key).toBe(one.key);
    expect(later.episodeName).not.toBe(one.episodeName);
    expect(episodeStart(one.episodeName)).toBe(at);
  });

  test('of level NODATA says that there is no data', () => {
    expect(readEvent(sample({ level: 'NODATA' }).body)).toMatchObject({ kind: 'firing', noData: true });
  });
});

test('values survive encoding and reading', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((value) => `v${value}v`);
  const plain = fc
    .string({ unit: fc.constantFrom(...'ab &=+%?#;/{}[]",\'<>$~!()*磁高é'), maxLength: 60 })
    .map((value) => `v${value}v`);
  fc.assert(
    fc.property(fc.oneof(plain, text), fc.oneof(plain, text), (alertName, regionName) => {
      const squeezed = (value: string): string => value.replace(/\s+/g, ' ');
      const { labels } = readEvent(form({ alertName, regionName })).description;
      // Cleaning is tested elsewhere; here the two ways of writing have to agree.
      const json = JSON.stringify({ alertState: 'ALERT', alertName, regionName });
      const fromJson = readEvent(json).description.labels;
      expect([labels['alertName'], labels['regionName']]).toEqual([
        fromJson['alertName'],
        fromJson['regionName'],
      ]);
      if (/^[\u0020-\u007e磁高é]*$/.test(alertName)) expect(labels['alertName']).toBe(squeezed(alertName));
    }),
    { numRuns: 2000 },
  );
});
