// Bad input: bodies that are nearly right. None may throw, each gets a reading with a reason.
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasUnwantedCharacters } from '../../../../main/sources/plain-text.ts';
import { isJsonObject } from '../../../../main/sources/json-value.ts';
import { parseLenientJson } from '../../../../main/sources/clustercontrol/lenient-json.ts';
import { alarm, fixture, fixtures, read, readEvents } from './delivery.ts';

const files = readdirSync(fixtures);
const bodies = files.map((file) => fixture(file));

/** What is wrong with the reading of a body, or null. */
function problemOf(body: Uint8Array): string | null {
  const reading = read(body);
  if (reading.kind !== 'events') return reading.reason === undefined ? 'no reason' : null;
  if (reading.events.length === 0 && reading.remarks.length === 0) return 'silent without a reason';
  for (const { key, description, sentAt, kind } of reading.events) {
    if (!key.startsWith('clustercontrol:1:') || key.length > 512 || hasUnwantedCharacters(key))
      return `key ${key}`;
    if (sentAt !== null && !Number.isSafeInteger(sentAt)) return `time ${sentAt}`;
    if (kind === 'recovered' && description.level !== null) return 'a recovery with a level';
    if (description.title === '' || description.title.length > 160) return `title ${description.title}`;
    if (description.text.length > 4000) return `${description.text.length} characters`;
    const labels = Object.entries(description.labels);
    if (labels.length > 40) return `${labels.length} labels`;
    const lines = [description.title, description.resource, description.level, description.value];
    for (const text of [...lines, ...description.text.split('\n'), ...labels.flat()]) {
      if (text !== null && hasUnwantedCharacters(text.replaceAll('\u200d', '')))
        return `unclean ${JSON.stringify(text)}`;
    }
  }
  return null;
}

const nasty = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'null', 'NaN', '__proto__', -1, 0, 1e308, 2 ** 60, true, [], {}, [[[]]]),
  fc.constantFrom<unknown>(
    'ENDED',
    'CREATED',
    'test',
    'EventAlarm',
    'EventMaintenance',
    '<b>&#0;</b>',
    '\u202e\ud83d',
  ),
  fc.constantFrom<unknown>('x'.repeat(5000), '<'.repeat(3000), '&#x1F600;'.repeat(900), { alarm: { id: 1 } }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Puts `value` at some place of a parsed body, chosen by the numbers. */
function replaceAt(body: unknown, path: readonly number[], value: unknown, rename: boolean): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(body) && body.length > 0) {
    const at = step % body.length;
    return body.with(at, replaceAt(body[at], rest, value, rename));
  }
  if (!isJsonObject(body) || Object.keys(body).length === 0) return value;
  const entries = Object.entries(body);
  const at = step % entries.length;
  return Object.fromEntries(
    entries.map(([name, inner], index) => {
      if (index !== at) return [name, inner];
      return rename && rest.length === 0
        ? [typeof value === 'string' ? value.slice(0, 40) : 'renamed', inner]
        : [name, replaceAt(inner, rest, value, rename)];
    }),
  );
}

describe('a body that is nearly right', () => {
  const numRuns = 20_000;

  test('in its members gets a clean reading with a reason', () => {
    const changes = fc.array(
      fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), nasty, fc.boolean()),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...bodies), changes, (original, edits) => {
        let body = parseLenientJson(original.toString());
        for (const [path, value, rename] of edits) body = replaceAt(body, path, value, rename);
        expect(problemOf(Buffer.from(JSON.stringify(body) ?? ''))).toBeNull();
      }),
      { numRuns },
    );
  }, 60_000);

  test('in its bytes too', () => {
    const edit = fc.tuple(fc.nat(), fc.nat(30), fc.uint8Array({ maxLength: 12 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        (original, edits) => {
          let body = original;
          for (const [at, cut, insert] of edits) {
            const from = at % (body.length + 1);
            body = Buffer.concat([body.subarray(0, from), insert, body.subarray(from + cut)]);
          }
          expect(problemOf(body)).toBeNull();
        },
      ),
      { numRuns },
    );
  }, 60_000);
});

describe('a body made to be slow', () => {
  const megabyte = 1_000_000;
  const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`n_${i}`, 'v']));
  const manyAlarms = Array.from({ length: 20_000 }, (_, id) => ({ alarm_id: id + 1 }));
  test.each([
    ['a deep nest', `${'{"a":'.repeat(megabyte / 6)}1${'}'.repeat(megabyte / 6)}`],
    ['a deep list', `${'['.repeat(megabyte / 2)}${']'.repeat(megabyte / 2)}`],
    ['a wide object', JSON.stringify({ a: Array.from({ length: 60_000 }, () => ({ b: { c: 1 } })) })],
    ['many alarms', JSON.stringify(Array.from({ length: 40_000 }, (_, id) => ({ alarm_id: id + 1 })))],
    ['markup', JSON.stringify(alarm({ message: '<a "'.repeat(megabyte / 5), title: '<'.repeat(9000) }))],
    ['entities', JSON.stringify(alarm({ message: '&#'.repeat(megabyte / 3) }))],
    ['a wide envelope of many alarms', JSON.stringify({ ...wide, alarms: manyAlarms })],
    ['a wide alarm of many alarms', JSON.stringify({ alarm: { ...wide, alarms: manyAlarms } })],
    ['a wide time', JSON.stringify({ event_origins: wide, alarm: { alarms: manyAlarms } })],
    ['names', JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`n_${i}`, i])))],
  ])('%s is read in less than a second', (_, body) => {
    const started = performance.now();
    expect(problemOf(Buffer.from(body))).toBeNull();
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('with more alarms than anybody has says that some were left out', () => {
    const many = Array.from({ length: 5001 }, (_, id) => ({ alarm_id: id + 1 }));
    const { events, remarks } = readEvents(many);
    expect(events).toHaveLength(5000);
    expect(remarks).toEqual(['alerts-left-out']);
  });
});
