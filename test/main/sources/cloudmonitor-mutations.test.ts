// Bad input: 100,000 bodies that are nearly right. None may throw, each gets a reading with a reason.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasUnwantedCharacters } from '../../../main/sources/plain-text.ts';
import type { Reading } from '../../../main/sources/source.ts';
import { read, readQuery } from './cloudmonitor/delivery.ts';

const seed = 20_250_306;
const bodies = 100_000;

/** mulberry32: small, fast and the same everywhere. */
function randomNumbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

type Random = (below: number) => number;
type Mutation = (body: Buffer, random: Random) => Buffer;

const pick = <T>(items: readonly T[], random: Random): T => {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const separatorOf = (body: Buffer): string => (body.includes('&') ? '&' : ',');

/** Takes the pieces between separators apart, changes them, joins them again. */
const onPieces =
  (change: (pieces: string[], random: Random) => string[]): Mutation =>
  (body, random) => {
    const separator = separatorOf(body);
    return Buffer.from(change(body.toString('latin1').split(separator), random).join(separator), 'latin1');
  };

const nasty = [
  'null',
  '',
  'NaN',
  '%',
  '%%%',
  '%00',
  '%ff%fe',
  '+',
  '&&',
  '=',
  '{',
  '}',
  '[]',
  '{}',
  '{=}',
  '{a=b, c}',
  '"',
  '\\u0000',
  '__proto__',
  'constructor',
  '999999999999999999999999',
  '-1',
  '1e309',
  'OK',
  'ALERT',
  'INSUFFICIENT_DATA',
  '[[[[',
  '{"a":{"b":[1,null]}}',
  '$Average>=',
  '$$$',
  '>=<',
  ' , , ',
  '\u202e\ud83d',
  '😀'.repeat(30),
  'x'.repeat(3000),
  '多指标',
  '../../etc/passwd',
  '<script>',
  'RESOLVED',
  'Executed',
  '{"userInfo":{"x":1}}',
  'user\\u0049nfo',
];

const mutations: readonly Mutation[] = [
  function flipBytes(body, random) {
    const copy = Buffer.from(body);
    for (let flips = 1 + random(6); flips > 0; flips -= 1) copy[random(copy.length)] = random(256);
    return copy;
  },
  function truncate(body, random) {
    return body.subarray(0, random(body.length + 1));
  },
  function cutOut(body, random) {
    const from = random(body.length);
    return Buffer.concat([body.subarray(0, from), body.subarray(from + random(40))]);
  },
  function insertBytes(body, random) {
    const at = random(body.length);
    const bytes = Buffer.from(Array.from({ length: random(20) }, () => random(256)));
    return Buffer.concat([body.subarray(0, at), bytes, body.subarray(at)]);
  },
  function insertUnicode(body, random) {
    const at = random(body.length);
    const text = Array.from({ length: 1 + random(8) }, () => String.fromCodePoint(random(0x11_0000))).join(
      '',
    );
    return Buffer.concat([body.subarray(0, at), Buffer.from(text, 'utf8'), body.subarray(at)]);
  },
  onPieces(function dropPiece(pieces, random) {
    return pieces.toSpliced(random(pieces.length), 1);
  }),
  onPieces(function repeatPiece(pieces, random) {
    return pieces.toSpliced(random(pieces.length), 0, pick(pieces, random));
  }),
  onPieces(function shuffle(pieces, random) {
    return pieces
      .map((piece) => ({ piece, order: random(1_000_000) }))
      .toSorted((a, b) => a.order - b.order)
      .map(({ piece }) => piece);
  }),
  onPieces(function renameField(pieces, random) {
    return pieces.with(
      random(pieces.length),
      `${pick(['AlertState', '__proto__', 'toString', 'userInfo', 'alert', 'alerts', 'body', 'name', ''], random)}=${pick(nasty, random)}`,
    );
  }),
  onPieces(function replaceValue(pieces, random) {
    const at = random(pieces.length);
    const piece = pieces[at] ?? '';
    const split = Math.max(piece.indexOf('='), piece.indexOf(':')) + 1;
    return pieces.with(at, piece.slice(0, split) + pick(nasty, random));
  }),
  function encodeAgain(body) {
    return Buffer.from(encodeURIComponent(body.toString('latin1')), 'latin1');
  },
  function decodeOnce(body) {
    return Buffer.from(
      body
        .toString('latin1')
        .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    );
  },
  function utf16(body, random) {
    return Buffer.from(body.subarray(0, 200 + random(400)).toString('latin1'), 'utf16le');
  },
  function doubleUp(body) {
    return Buffer.concat([body, body]);
  },
];

test(`${bodies} mutated bodies crash nothing, and each gets a reading with a reason (seed ${seed})`, {
  timeout: 120_000,
}, () => {
  console.log(`mutations: seed ${seed}`);
  const random = randomNumbers(seed);
  const folder = new URL('../../fixtures/cloudmonitor/', import.meta.url);
  const originals = readdirSync(folder).map((file) => readFileSync(new URL(file, folder)));
  const counts = new Map<string, number>();
  for (let index = 0; index < bodies; index += 1) {
    let body: Buffer = pick(originals, random);
    for (let steps = 1 + random(3); steps > 0 && body.length > 0; steps -= 1)
      body = pick(mutations, random)(body, random);
    const problem = check(body);
    if (problem !== null) {
      expect.fail(`body ${index} (seed ${seed}): ${problem}\n${body.toString('base64')}`);
    }
    const reading = read(body);
    const outcome = reading.kind === 'events' ? (reading.events[0]?.kind ?? 'none') : reading.reason;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  console.log(`mutations: ${JSON.stringify(Object.fromEntries(counts))}`);
  // Else the mutations were too gentle or too wild to show anything.
  for (const outcome of [
    'firing',
    'recovered',
    'test',
    'none',
    'broken-json',
    'no-known-format',
    'unknown-alert-state',
    'unknown-alert-status',
    'neither-form-nor-json',
    'template-not-filled',
    'chat-message',
  ]) {
    expect(counts.get(outcome) ?? 0, outcome).toBeGreaterThan(20);
  }
});

/** What is wrong with the reading of a body, or null. */
function check(body: Buffer): string | null {
  let reading: Reading;
  try {
    readQuery(body.toString('latin1'));
    reading = read(body);
  } catch (error) {
    return `threw ${String(error)}`;
  }
  if (reading.kind !== 'events') return reading.reason.length > 0 ? null : 'no reason';
  if (reading.events.length === 0 && reading.remarks.length === 0) return 'nothing, without a reason';
  for (const { key, description, sentAt, episodeName } of reading.events) {
    if (!key.startsWith('cloudmonitor:1:') || key.length > 512 || hasUnwantedCharacters(key))
      return `key ${key}`;
    if (sentAt !== null && !Number.isSafeInteger(sentAt)) return `time ${sentAt}`;
    if (description.title === '' || description.title.length > 160) return `title ${description.title}`;
    const labels = Object.entries(description.labels);
    if (labels.length > 40) return `${labels.length} labels`;
    const texts = [
      description.title,
      description.text,
      description.resource,
      description.level,
      description.value,
    ];
    for (const text of [...texts, description.condition, episodeName, ...labels.flat()]) {
      if (text !== null && hasUnwantedCharacters(text.replaceAll('\u200d', '')))
        return `unclean text ${JSON.stringify(text)}`;
    }
  }
  return null;
}
