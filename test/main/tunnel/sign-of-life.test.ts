import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  absenceSince,
  readSignOfLife,
  type SignOfLife,
  writeSignOfLife,
} from '../../../main/tunnel/sign-of-life.ts';

const hour = 3_600_000;
/** The computer has been up for an hour. */
const last: SignOfLife = {
  at: 100 * hour,
  uptime: hour,
  boot: null,
  process: 'a',
  version: '1.0.0',
  end: null,
};
const now = {
  at: last.at + 60_000,
  uptime: last.uptime + 60_000,
  boot: null,
  process: 'b',
  version: '1.0.0',
};
const rebooted = { ...now, uptime: 20_000 };

describe('the file', () => {
  let dataDir: string;
  let file: string;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'tocsin-alive-'));
    file = path.join(dataDir, 'alive.json');
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  test('says what was written last, and is for this user alone', () => {
    writeSignOfLife(dataDir, last);
    writeSignOfLife(dataDir, { ...last, end: 'quit' });
    expect(readSignOfLife(dataDir)).toEqual({ ...last, end: 'quit' });
    expect(readdirSync(dataDir)).toEqual(['alive.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is nothing when there is none', () => {
    expect(readSignOfLife(dataDir)).toBeNull();
  });

  test.each(['', '{', 'null', '{"at":"now"}', JSON.stringify({ ...last, end: 'eaten' })])(
    'of which only %j is left says when it was written, and no more',
    (text) => {
      writeFileSync(file, text);
      utimesSync(file, 1_700_000_000, 1_700_000_000);
      const read = readSignOfLife(dataDir);
      expect(read).toEqual({ at: 1_700_000_000_000 });
      expect(absenceSince(read ?? last, { ...now, at: 1_700_000_060_000 })).toEqual({
        from: 1_700_000_000_000,
        cause: 'crashed',
        measured: null,
      });
    },
  );
});

describe('why nobody was there', () => {
  test.each([
    ['no word', last, now, 'crashed'],
    ['quit', { ...last, end: 'quit' }, now, 'quit'],
    ['another version after quitting', { ...last, end: 'quit' }, { ...now, version: '1.1.0' }, 'updated'],
    ['another version without a word', last, { ...now, version: '1.1.0' }, 'updated'],
    ['started after it', last, rebooted, 'computer-off'],
    ['started after it, as another version', last, { ...rebooted, version: '1.1.0' }, 'computer-off'],
    ['quit, and started later', { ...last, end: 'quit' }, rebooted, 'quit'],
    ['told to go off', { ...last, end: 'shutdown' }, rebooted, 'computer-off'],
    [
      'the same process with another store',
      { ...last, end: 'quit' },
      { ...now, process: 'a' },
      'store-damaged',
    ],
  ] as const)('%s', (_what, sign, here, cause) => {
    expect(absenceSince(sign, here)).toMatchObject({ from: last.at, cause });
  });

  test('where the system names its runs, no clock can mislead', () => {
    const one = { ...last, boot: 'one' };
    const later = { ...now, boot: 'one', at: now.at + 100 * hour };
    expect(absenceSince(one, later)).toMatchObject({ from: later.at - 60_000, cause: 'crashed' });
    expect(absenceSince(one, { ...now, boot: 'two' })).toMatchObject({
      from: last.at,
      cause: 'computer-off',
    });
  });

  test('a computer that was started anew long ago is known by the clock', () => {
    const here = { ...now, at: last.at + 10 * hour, uptime: 2 * hour };
    expect(absenceSince(last, here)).toEqual({ from: last.at, cause: 'computer-off', measured: null });
  });

  test('while the computer ran on, a clock that was set meanwhile changes no length', () => {
    for (const set of [-24 * hour, -10_000, 10_000]) {
      const here = { ...now, at: now.at + set };
      const { from, cause, measured } = absenceSince(last, here);
      expect([here.at - from, cause]).toEqual([60_000, 'crashed']);
      expect(measured).toEqual({ uptime: hour, bootedAt: 99 * hour });
    }
  });

  test('never begins in the future', () => {
    expect(absenceSince(last, { ...rebooted, at: last.at - hour }).from).toBe(last.at - hour);
    expect(absenceSince({ at: now.at + hour }, now).from).toBe(now.at);
  });
});
