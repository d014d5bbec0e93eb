// A zip reader with node:zlib, because a bare Debian has neither `unzip` nor Python. Reads the central directory and streams
// each wanted entry to disk, so memory use does not depend on the archive. Format: PKWARE APPNOTE 6.3.10, sections 4.3-4.5.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * @typedef {object} ZipEntry
 * @property {string} name path inside the archive, '/' between folders
 * @property {number} method 0 stored, 8 deflated
 * @property {number} packedBytes
 * @property {number} bytes
 * @property {number} mode Unix file mode, 0 when the archive does not say
 * @property {number} offset of the local header
 */

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} length
 * @param {number} position
 */
async function read(file, length, position) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('the archive is cut short');
  return buffer;
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<ZipEntry[]>}
 */
async function readDirectory(file) {
  const { size } = await file.stat();
  const tailLength = Math.min(size, 22 + 0xffff);
  const tail = await read(file, tailLength, size - tailLength);
  let at = tailLength - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at -= 1;
  if (at < 0) throw new Error('not a zip archive');
  const count = tail.readUInt16LE(at + 10);
  const directoryOffset = tail.readUInt32LE(at + 16);
  if (count === 0xffff || directoryOffset === 0xffffffff) throw new Error('zip64 is not supported');
  const directory = await read(file, tail.readUInt32LE(at + 12), directoryOffset);
  const entries = [];
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(position) !== CENTRAL)
      throw new Error('the directory of the archive is damaged');
    const nameLength = directory.readUInt16LE(position + 28);
    entries.push({
      name: directory.toString('utf8', position + 46, position + 46 + nameLength),
      method: directory.readUInt16LE(position + 10),
      packedBytes: directory.readUInt32LE(position + 20),
      bytes: directory.readUInt32LE(position + 24),
      mode: directory.readUInt32LE(position + 38) >>> 16,
      offset: directory.readUInt32LE(position + 42),
    });
    position +=
      46 + nameLength + directory.readUInt16LE(position + 30) + directory.readUInt16LE(position + 32);
  }
  return entries;
}

/**
 * Unpacks part of an archive.
 * @param {string} archive
 * @param {(name: string) => string | null} placeFor where an entry goes, or null to leave it out
 * @param {(fraction: number) => void} onProgress 0..1 of the bytes to write
 */
export async function unzip(archive, placeFor, onProgress) {
  const file = await open(archive);
  try {
    const wanted = (await readDirectory(file)).flatMap((entry) => {
      const target = entry.name.endsWith('/') ? null : placeFor(entry.name);
      return target === null ? [] : [{ entry, target }];
    });
    const total = wanted.reduce((sum, { entry }) => sum + entry.bytes, 0);
    let written = 0;
    for (const { entry, target } of wanted) {
      if (entry.name.split('/').includes('..')) throw new Error(`unsafe path in the archive: ${entry.name}`);
      if ((entry.mode & 0o170000) === 0o120000)
        throw new Error(`unexpected link in the archive: ${entry.name}`);
      const header = await read(file, 30, entry.offset);
      if (header.readUInt32LE(0) !== LOCAL) throw new Error(`damaged entry: ${entry.name}`);
      const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      await mkdir(dirname(target), { recursive: true });
      const output = createWriteStream(target, { mode: (entry.mode & 0o777) | 0o600 });
      if (entry.packedBytes === 0) await new Promise((resolve) => output.end(resolve));
      else {
        const input = createReadStream(archive, { start, end: start + entry.packedBytes - 1 });
        if (entry.method === 8) await pipeline(input, createInflateRaw(), output);
        else if (entry.method === 0) await pipeline(input, output);
        else throw new Error(`compression method ${entry.method} is not supported: ${entry.name}`);
      }
      if (output.bytesWritten !== entry.bytes) throw new Error(`wrong size after unpacking: ${entry.name}`);
      written += entry.bytes;
      onProgress(written / total);
    }
  } finally {
    await file.close();
  }
}

/**
 * Places entries below `prefix` into `dir`.
 * @param {string} prefix
 * @param {string} dir
 * @param {string} name
 */
export function below(prefix, dir, name) {
  return name.startsWith(prefix) ? join(dir, name.slice(prefix.length)) : null;
}
