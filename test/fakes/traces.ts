// Looks for what must be nowhere: a text in bytes, in every dress in which it could have been written down.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What to look for: a name for the message, and what its text looks like in files, letters in lower case. */
export interface Needle {
  readonly name: string;
  readonly dresses: ReadonlyMap<string, string>;
}

/** `text` as it is, encoded for a form or an address (once, twice, every letter), in JSON, hexadecimal, base64, UTF-16. */
export function needleOf(name: string, text: string): Needle {
  const bytes = Buffer.from(text);
  const percent = encodeURIComponent(text);
  const dresses: [string, string][] = [
    ['plain', text],
    ['percent-encoded', percent],
    ['percent-encoded twice', encodeURIComponent(percent)],
    ['percent-encoded throughout', [...bytes].map((byte) => `%${hex(byte, 2)}`).join('')],
    ['form-encoded', new URLSearchParams([['', text]]).toString().slice(1)],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    ['JSON twice', JSON.stringify(JSON.stringify(text)).slice(3, -3)],
    ['escaped throughout', escaped(text, () => true)],
    ['escaped where not ASCII', escaped(text, (unit) => unit > 127)],
    ['hexadecimal', bytes.toString('hex')],
    ['UTF-16LE', Buffer.from(text, 'utf16le').toString('latin1')],
    ['UTF-16BE', Buffer.from(text, 'utf16le').swap16().toString('latin1')],
    ...[0, 1, 2].map((shift): [string, string] => [`base64 after ${shift} bytes`, base64(bytes, shift)]),
    ...[0, 1, 2].map((shift): [string, string] => [
      `base64url after ${shift} bytes`,
      base64(bytes, shift).replaceAll('+', '-').replaceAll('/', '_'),
    ]),
  ];
  const seen = new Map<string, string>();
  for (const [dress, worn] of dresses) {
    const inFiles = lowered(Buffer.from(worn, dress.startsWith('UTF-16') ? 'latin1' : 'utf8'));
    if (![...seen.values()].includes(inFiles)) seen.set(dress, inFiles);
  }
  return { name, dresses: seen };
}

/** Where it is found: `name, dress`; empty when nowhere. Letters count as equal in either case. */
export function tracesIn(bytes: Uint8Array, needles: readonly Needle[]): string[] {
  const text = lowered(bytes);
  return needles.flatMap(({ name, dresses }) =>
    [...dresses].flatMap(([dress, worn]) => (text.includes(worn) ? [`${name}, ${dress}`] : [])),
  );
}

/** Every file below a folder, relative; sockets are none. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile(),
  );
}

/** `file: name, dress` for each trace in a folder's files but those named. */
export function tracesBelow(folder: string, needles: readonly Needle[], but: readonly string[]): string[] {
  return filesIn(folder)
    .filter((file) => !but.includes(file))
    .flatMap((file) =>
      tracesIn(readFileSync(path.join(folder, file)), needles).map((trace) => `${file}: ${trace}`),
    );
}

function lowered(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').toLowerCase();
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function escaped(text: string, which: (unit: number) => boolean): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return units.map((unit) => (which(unit) ? `\\u${hex(unit, 4)}` : String.fromCharCode(unit))).join('');
}

/** Without the characters that also hold bits of what stands before and behind. */
function base64(bytes: Uint8Array, shift: number): string {
  const all = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  return all.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}
