// What the hearing bar says, decided without drawing. Pure.
import type { HearingCauseCode } from '../../shared/hearing.ts';
import type { Source } from '../../shared/source.ts';
import type { LiveState } from '../live-state.ts';

export type HearingView =
  | { readonly kind: 'listening'; readonly address: string; readonly lastDeliveryAt: number | null }
  | { readonly kind: 'starting' }
  /** Nothing is broken, but there is nobody who could call. */
  | { readonly kind: 'not-set-up' }
  | { readonly kind: 'deaf'; readonly causes: readonly HearingCauseCode[] }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'connecting' };

/** Newest delivery of any source, epoch ms. */
export function lastDeliveryAt(sources: readonly Source[]): number | null {
  let newest: number | null = null;
  for (const { lastDeliveryAt: at } of sources)
    if (at !== null && (newest === null || at > newest)) newest = at;
  return newest;
}

export function hearingView(live: LiveState): HearingView {
  if (live.link === 'unreachable') return { kind: 'unreachable' };
  if (live.health === null) return { kind: 'connecting' };
  const { hearing, listener } = live.health;
  if (hearing.state === 'starting') return { kind: 'starting' };
  const causes = hearing.causes.map((cause) => cause.code);
  if (causes.length === 1 && causes[0] === 'never-set-up') return { kind: 'not-set-up' };
  if (hearing.state === 'deaf') return { kind: 'deaf', causes };
  return {
    kind: 'listening',
    address: `127.0.0.1:${listener.port}`,
    lastDeliveryAt: lastDeliveryAt(live.sources),
  };
}
