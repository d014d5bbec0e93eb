// Bad input: none may throw, each gets a reading with a reason, nothing of it reaches a screen uncleaned.
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasUnwantedCharacters } from '../../../../main/sources/plain-text.ts';
import type { Reading } from '../../../../main/sources/source.ts';
import { fixture, read } from './reading.ts';

const files = readdirSync(new URL('../../../fixtures/universal/', import.meta.url));
const nasty = fc.oneof(
  fc.constantFrom(
    '',
    '__proto__',
    '\u202e\ud83d',
    '0001-01-01T00:00:00Z',
    '-1',
    'x'.repeat(3000),
    'resolved',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Changes a few values of a parsed body, wherever they stand. */
function disturb(value: unknown, next: () => number, replacement: () => unknown): unknown {
  if (next() % 12 === 0) return replacement();
  if (Array.isArray(value)) return value.map((one) => disturb(one, next, replacement));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, disturb(one, next, replacement)]),
  );
}

function check(reading: Reading): void {
  if (reading.kind !== 'events') {
    expect(reading.reason).not.toBe('');
    return;
  }
  for (const { key, description, sentAt } of reading.events) {
    expect(key).toMatch(/^universal:1:(?:alertmanager|grafana|pagerduty|ilert|script):/);
    expect(key.length).toBeLessThanOrEqual(512);
    expect(sentAt === null || Number.isSafeInteger(sentAt)).toBe(true);
    expect(description.title).not.toBe('');
    const { title, resource, level, value, labels } = description;
    const texts = [key, title, resource, level ?? '', value ?? '', ...Object.entries(labels).flat()];
    for (const line of [...texts, ...description.text.split('\n')])
      expect(hasUnwantedCharacters(line.replaceAll('\u200d', ''))).toBe(false);
    expect(Object.keys(labels).length).toBeLessThanOrEqual(40);
  }
}

test('values that nobody expects', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files.filter((file) => file.endsWith('.json'))),
      fc.infiniteStream(fc.nat(1000)),
      fc.infiniteStream(nasty),
      (file, numbers, values) => {
        const body: unknown = JSON.parse(fixture(file).toString());
        const next = (): number => numbers.next().value ?? 1;
        check(read(JSON.stringify(disturb(body, next, () => values.next().value) ?? null)));
      },
    ),
    { numRuns: 5000 },
  );
}, 60_000);

test('bytes that are cut, flipped and put in', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(2000), fc.uint8Array({ maxLength: 6 }), fc.nat(20)), { maxLength: 4 }),
      (file, edits) => {
        let body = fixture(file);
        for (const [at, bytes, cut] of edits)
          body = Buffer.concat([body.subarray(0, at), bytes, body.subarray(at + cut)]);
        check(read(body));
        check(read('', body.toString('latin1')));
      },
    ),
    { numRuns: 5000 },
  );
}, 60_000);

test.each([
  ['brackets without end', '['.repeat(1_000_000)],
  ['objects without end', '{"a":'.repeat(200_000)],
  ['nothing but separators', '&'.repeat(1_000_000)],
  ['pairs without end', 'a=b&'.repeat(250_000)],
  ['one long word', 'x'.repeat(1_000_000)],
  ['one long status', `{"status":"${'x'.repeat(1_000_000)}","title":"t"}`],
  ['one long title', `{"status":"firing","title":"${'😀'.repeat(250_000)}"}`],
])('a megabyte of %s is read at once', (_what, body) => {
  const from = performance.now();
  check(read(body));
  expect(performance.now() - from).toBeLessThan(1000);
});
