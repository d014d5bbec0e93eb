// What cloudflared prints and what it means. Pure; its lines as of 2026.8 (github.com/cloudflare/cloudflared: metrics/,
// cmd/cloudflared/tunnel/, supervisor/).
import { detailOf } from './plain-line.ts';
import type { TunnelTrouble } from './provider.ts';

/** `127.0.0.1:<port>` in the line that says where it answers questions, or null. */
export function metricsAddress(line: string): string | null {
  return /Starting metrics server on (127\.0\.0\.1:\d{1,5})\/metrics/.exec(line)?.[1] ?? null;
}

/** The address of a quick tunnel that stands alone in its line, as in the box that is drawn around it; else null. */
export function quickUrl(line: string): string | null {
  const url = /\|\s+(https:\/\/[a-z0-9-]+\.trycloudflare\.com)\s+\|/.exec(line)?.[1] ?? null;
  return url === 'https://api.trycloudflare.com' ? null : url;
}

/** The same from the answer to `GET /quicktunnel`. */
export function quickUrlOfHost(body: string): string | null {
  const host = /"hostname":\s*"(?:https:\/\/)?([a-z0-9-]+\.trycloudflare\.com)"/.exec(body)?.[1];
  return host === undefined ? null : `https://${host}`;
}

/** How many connections to the edge it says it has, in the answer to `GET /ready`; null when it is no such answer. */
export function readyConnections(body: string): number | null {
  const count = /"readyConnections":\s*(\d{1,6})/.exec(body)?.[1];
  return count === undefined ? null : Number(count);
}

/** A line that settles the matter although the program goes on trying, or null. */
export function settledTrouble(line: string, secrets: readonly string[]): TunnelTrouble | null {
  const detail = detailOf(line, secrets);
  if (/tunnel token is not valid/i.test(line)) return { code: 'login-refused', detail, retry: false };
  // It may be a tunnel that is so new that not every edge knows of it.
  if (/unauthorized/i.test(line)) return { code: 'login-refused', detail, retry: true };
  return null;
}

/** Why it ended or did not come up, from what it printed. */
export function cloudflaredTrouble(
  lines: readonly string[],
  secrets: readonly string[],
  end: 'before-up' | 'never-up' | 'after-up',
): TunnelTrouble {
  const errors = lines.filter((line) => /\b(ERR|FTL|WRN)\b|failed|error/i.test(line));
  const detail = detailOf(errors.at(-1) ?? lines.at(-1) ?? '', secrets);
  if (end === 'after-up') return { code: 'lost', detail, retry: true };
  const unreachable = errors.findLast((line) =>
    /dial (tcp|udp)|no such host|i\/o timeout|handshake|network is unreachable|connection refused|no recent network activity|context deadline exceeded/i.test(
      line,
    ),
  );
  if (unreachable !== undefined)
    return { code: 'host-unreachable', detail: detailOf(unreachable, secrets), retry: true };
  return { code: end === 'never-up' ? 'no-address' : 'failed', detail, retry: true };
}
