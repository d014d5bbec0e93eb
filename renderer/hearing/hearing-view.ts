// What the hearing bar says, decided without drawing. Pure.
import type { HearingCauseCode } from '../../shared/hearing.ts';
import type { Source } from '../../shared/source.ts';
import type { TunnelStatus } from '../../shared/tunnel.ts';
import type { LiveState } from '../live-state.ts';

/** How deliveries get here while we hear. */
export type Reach =
  /** No way in was chosen: programs on this computer only. */
  | { readonly kind: 'local'; readonly address: string }
  | {
      readonly kind: 'public';
      readonly host: string;
      /** Epoch ms of the newest call that came back. */
      readonly provenAt: number | null;
      /** The newest call did not come back; not deaf yet. */
      readonly hasMissed: boolean;
    };

export type HearingView =
  | { readonly kind: 'listening'; readonly reach: Reach; readonly lastDeliveryAt: number | null }
  | { readonly kind: 'starting'; readonly causes: readonly HearingCauseCode[] }
  /** Nothing is broken, but there is nobody who could call. */
  | { readonly kind: 'not-set-up' }
  | {
      readonly kind: 'deaf';
      readonly causes: readonly HearingCauseCode[];
      /** The way in, where a cause lies there; null: it lies elsewhere. */
      readonly tunnel: TunnelStatus | null;
    }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'connecting' };

/** Causes that lie between us and whoever calls. */
export const outsideCauses: ReadonlySet<HearingCauseCode> = new Set([
  'tunnel-starting',
  'tunnel-down',
  'not-proven',
  'unreachable',
  'wrong-answer',
  'no-network',
]);

/** Newest delivery of any source, epoch ms. */
export function lastDeliveryAt(sources: readonly Source[]): number | null {
  let newest: number | null = null;
  for (const { lastDeliveryAt: at } of sources)
    if (at !== null && (newest === null || at > newest)) newest = at;
  return newest;
}

/** Host and port of an address; the address itself when it is none. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

export function hearingView(live: LiveState): HearingView {
  if (live.link === 'unreachable') return { kind: 'unreachable' };
  if (live.health === null) return { kind: 'connecting' };
  const { hearing, listener, tunnel } = live.health;
  const causes = hearing.causes.map((cause) => cause.code);
  if (hearing.state === 'starting') return { kind: 'starting', causes };
  if (causes.length === 1 && causes[0] === 'never-set-up') return { kind: 'not-set-up' };
  if (hearing.state === 'deaf') {
    return { kind: 'deaf', causes, tunnel: causes.some((code) => outsideCauses.has(code)) ? tunnel : null };
  }
  // Never called reachable without an address to be reached at.
  if (tunnel !== null && tunnel.publicUrl === null) return { kind: 'starting', causes: ['tunnel-starting'] };
  return {
    kind: 'listening',
    reach:
      tunnel?.publicUrl == null
        ? { kind: 'local', address: `127.0.0.1:${listener.port}` }
        : {
            kind: 'public',
            host: hostOf(tunnel.publicUrl),
            provenAt: tunnel.proof.reachedAt,
            hasMissed: tunnel.proof.misses > 0,
          },
    lastDeliveryAt: lastDeliveryAt(live.sources),
  };
}
