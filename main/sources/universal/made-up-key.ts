import { createHash } from 'node:crypto';

/**
 * The key of an event whose sender gave none, from the whole body: the same for an exact retry, another one for anything
 * else. 32 hexadecimal digits.
 */
export function madeUpKey(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 32);
}
