// Whose address a request comes from, as far as that can be known behind a tunnel. Pure.
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { assertNever } from '../../shared/assert-never.ts';
import type { ForwardedHeader } from '../../shared/settings.ts';
import type { TunnelKind } from '../../shared/tunnel.ts';

/** Stands for an address when the header that is to name the sender holds none; it is on no list. */
export const unreadableAddress = 'unreadable';

/**
 * The header in which the way in names the sender. Tunnels of a service write one of their own, whatever the settings say:
 * ngrok appends to `X-Forwarded-For` (its documentation, "Forwarded headers reference"), Cloudflare's edge alone sends
 * `CF-Connecting-IP` ("Cloudflare HTTP headers"; cloudflare/cloudflared#1426). What ssh or a proxy of the user's own writes, if anything, only the user knows.
 */
export function headerOf(wayIn: TunnelKind, setting: ForwardedHeader): ForwardedHeader {
  switch (wayIn) {
    case 'ngrok':
      return 'x-forwarded-for';
    case 'cloudflared':
      return 'cf-connecting-ip';
    case 'ssh':
    case 'own-address':
    case 'none':
      return setting;
    default:
      return assertNever(wayIn);
  }
}

/**
 * The sender's address. Null when the request comes from this computer and nothing says for whom: a local program, or a
 * tunnel that does not name its callers. Any program here can write the header, and whoever is far away can write all
 * of it but the end, so only the last entry is believed, the one the nearest proxy has appended.
 */
export function senderAddress(
  socketAddress: string,
  headers: IncomingHttpHeaders,
  trusted: ForwardedHeader,
): string | null {
  const given = trusted === 'none' ? undefined : headers[trusted];
  if (given === undefined) return isLoopback(socketAddress) ? null : asIPv4(socketAddress);
  // Only `x-forwarded-for` is a list; two of another header are one too many.
  const text = String(given);
  const last = trusted === 'x-forwarded-for' ? text.slice(text.lastIndexOf(',') + 1) : text;
  const address = last.trim();
  return isIP(address) !== 0 && !address.includes('%') ? asIPv4(address.toLowerCase()) : unreadableAddress;
}

function isLoopback(address: string): boolean {
  return asIPv4(address).startsWith('127.') || address === '::1';
}

/** `::ffff:192.0.2.1` is how a socket for both families writes an IPv4 address. */
function asIPv4(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address);
  return mapped?.[1] ?? address;
}
