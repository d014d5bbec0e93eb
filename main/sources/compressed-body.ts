// No sender that we know compresses what it posts, but a relay may. What is packed can neither be read nor be searched for
// what must not be kept.
import { unzipSync } from 'node:zlib';

/** As large as a body may be on its way in. */
const mostBytes = 1_048_576;

/**
 * The body itself, unpacked when it begins as gzip or zlib data does; null when that fails, or gives more than 1 MiB. Never
 * throws.
 */
export function unpacked(body: Uint8Array): Uint8Array | null {
  if (!isPacked(body)) return body;
  try {
    return unzipSync(body, { maxOutputLength: mostBytes });
  } catch {
    return null;
  }
}

/** Gzip, or zlib at any level: no text begins like that. */
function isPacked(body: Uint8Array): boolean {
  if (body[0] === 0x1f) return body[1] === 0x8b && body[2] === 0x08;
  return body[0] === 0x78 && (body[1] === 0x01 || body[1] === 0x9c || body[1] === 0xda);
}
