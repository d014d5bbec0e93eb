import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unzip } from '../../build/bootstrap/unzip.mjs';

interface File {
  readonly name: string;
  readonly content: string;
  readonly stored?: boolean;
  readonly mode?: number;
}

/** An archive as zip programs write it: local headers with the data, then the central directory. */
function zipOf(files: readonly File[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, mode = 0o100644 } of files) {
    const plain = Buffer.from(content);
    const packed = stored ? plain : deflateRawSync(plain);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(stored ? 0 : 8, 8);
    header.writeUInt32LE(crc32(plain), 14);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(plain.length, 22);
    header.writeUInt16LE(name.length, 26);
    local.push(header, Buffer.from(name), packed);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    header.copy(entry, 10, 8, 28);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tocsin-unzip-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function unpack(
  archive: Buffer,
  place = (name: string): string | null => path.join(dir, 'out', name),
): Promise<number[]> {
  const file = path.join(dir, 'a.zip');
  writeFileSync(file, archive);
  const progress: number[] = [];
  await unzip(file, place, (fraction) => progress.push(fraction));
  return progress;
}

const read = (name: string): string => readFileSync(path.join(dir, 'out', name), 'utf8');

test('deflated, stored and empty files arrive with their modes, and progress ends at 1', async () => {
  const long = 'bell '.repeat(50_000);
  const progress = await unpack(
    zipOf([
      { name: 'a/long.txt', content: long },
      { name: 'a/b/stored.txt', content: 'as it is', stored: true },
      { name: 'empty', content: '', stored: true },
      { name: 'run', content: '#!/bin/sh\n', mode: 0o100755 },
    ]),
  );
  expect(read('a/long.txt')).toBe(long);
  expect(read('a/b/stored.txt')).toBe('as it is');
  expect(read('empty')).toBe('');
  expect(statSync(path.join(dir, 'out', 'run')).mode & 0o100).toBe(0o100);
  expect(progress.at(-1)).toBe(1);
});

test('what has no place is left out', async () => {
  await unpack(
    zipOf([
      { name: 'keep', content: '1' },
      { name: 'drop', content: '2' },
    ]),
    (name) => (name === 'keep' ? path.join(dir, 'out', name) : null),
  );
  expect(read('keep')).toBe('1');
  expect(() => read('drop')).toThrow('ENOENT');
});

test('a cut archive, a path that climbs out and a link are refused', async () => {
  const good = zipOf([{ name: 'a', content: 'x'.repeat(1000) }]);
  await expect(unpack(good.subarray(0, -30))).rejects.toThrow('not a zip archive');
  await expect(unpack(zipOf([{ name: '../a', content: 'x' }]))).rejects.toThrow('unsafe path');
  await expect(unpack(zipOf([{ name: 'a', content: '/etc', mode: 0o120777 }]))).rejects.toThrow('link');
});
