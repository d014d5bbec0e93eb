// Invented ways in, shifts and ledgers for the fake bridge and for tests of what the window makes of them.
import { type Coverage, type Gap, type GapCause, missedMs } from '../../shared/coverage.ts';
import type { TunnelPlan, TunnelStatus } from '../../shared/tunnel.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A proven tunnel, changed as wished. */
export function fakeTunnel(now: number, changes: Partial<TunnelStatus> = {}): TunnelStatus {
  return {
    kind: 'ngrok',
    state: 'up',
    publicUrl: 'https://quiet-heron.ngrok-free.app',
    since: now - 3 * hourMs,
    trouble: null,
    nextTryAt: null,
    proof: {
      reachedAt: now - 40_000,
      roundTripMs: 84.4,
      misses: 0,
      finding: 'reached',
      detail: null,
      nextAt: now + 20_000,
    },
    formerUrls: [],
    ...changes,
  };
}

export function planFor(tunnel: TunnelStatus | null): TunnelPlan {
  switch (tunnel?.kind) {
    case undefined:
      return { kind: 'none' };
    case 'ngrok':
      return { kind: 'ngrok', domain: 'quiet-heron.ngrok-free.app' };
    case 'ssh':
      return {
        kind: 'ssh',
        service: 'own-host',
        user: 'tocsin',
        host: 'bastion.example.com',
        port: 22,
        identityFile: null,
        hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4mZkJ2mmkFxampleKeyOfAHost0123456789ab',
        remotePort: 9797,
        publicUrl: null,
      };
    case 'cloudflared':
      return { kind: 'cloudflared', mode: 'named', publicUrl: 'https://alerts.example.com' };
    case 'own-address':
      return { kind: 'own-address', publicUrl: 'https://alerts.example.com' };
  }
}

export function fakeGap(
  id: number,
  startedAt: number,
  endedAt: number | null,
  cause: GapCause,
  later: Gap['later'] = [],
): Gap {
  return { id, startedAt, endedAt, cause, later };
}

/** Calendar days of this computer up to now, with what the gaps leave of them. */
export function fakeCoverage(now: number, since: number, gaps: readonly Gap[], days = 30): Coverage {
  return {
    since,
    now,
    gaps: gaps.toSorted((a, b) => b.startedAt - a.startedAt),
    days: Array.from({ length: days }, (_, index) => {
      const start = new Date(now);
      start.setHours(0, 0, 0, 0);
      start.setDate(start.getDate() - (days - 1 - index));
      const end = new Date(start);
      end.setDate(end.getDate() + 1);
      const [startsAt, endsAt] = [start.getTime(), end.getTime()];
      const from = Math.max(since, startsAt);
      const to = Math.min(now, endsAt);
      const knownMs = Math.max(0, to - from);
      return { startsAt, endsAt, knownMs, coveredMs: knownMs === 0 ? 0 : knownMs - missedMs(gaps, from, to) };
    }),
    sources: [
      { id: 'cm-main', name: 'CloudMonitor', lastHeardAt: now - 3 * minuteMs },
      { id: 'cm-cn', name: '云监控（中国站）', lastHeardAt: null },
    ],
  };
}

/** A month with nights asleep, a flaky tunnel, a crash and a weekend off. */
export function fakeMonth(now: number): Coverage {
  const dayMs = 24 * hourMs;
  const gaps: Gap[] = [
    fakeGap(1, now - 26 * dayMs, now - 26 * dayMs + 50_000, 'listener-down'),
    fakeGap(2, now - 20 * dayMs, now - 18.2 * dayMs, 'quit'),
    fakeGap(3, now - 12 * dayMs, now - 12 * dayMs + 7 * hourMs, 'asleep', [
      { at: now - 12 * dayMs + 6.9 * hourMs, cause: 'no-network' },
      { at: now - 12 * dayMs + 6.95 * hourMs, cause: 'tunnel-starting' },
    ]),
    fakeGap(4, now - 9.2 * dayMs, now - 9.2 * dayMs + 90_000, 'crashed'),
    ...Array.from({ length: 40 }, (_, index) =>
      fakeGap(
        10 + index,
        now - 6 * dayMs + index * 11 * minuteMs,
        now - 6 * dayMs + index * 11 * minuteMs + 95_000,
        'tunnel-down',
      ),
    ),
    fakeGap(60, now - 2 * dayMs - 3 * hourMs, now - 2 * dayMs, 'unreachable'),
    fakeGap(61, now - 5 * hourMs, now - 4.2 * hourMs, 'asleep'),
  ];
  return fakeCoverage(now, now - 27.4 * dayMs, gaps);
}

export const fakeHandOver = `# Hand-over: 22 Nov 2026, 00:00 – 08:00

## Open and not acknowledged (1)
- **Critical** ECS CPU high · shop-web-1 · since 02:11

## When nobody was listening
Listening 98.7 % of 8 h.
- 02:10 – 02:16 (6 min): The tunnel was down
`;
