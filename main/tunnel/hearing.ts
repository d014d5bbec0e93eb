// Whether deliveries can reach us. Pure; the parts report facts, this names the causes.
import type { Hearing, HearingCause, HearingCauseCode } from '../../shared/hearing.ts';
import type { TunnelStatus } from '../../shared/tunnel.ts';
import type { Texts } from '../../shared/text/texts.ts';
import type { ProbeStanding } from './probe-standing.ts';

export interface HearingFacts {
  readonly listener: 'starting' | 'up' | 'down' | 'port-taken';
  readonly storeWritable: boolean;
  /** Damaged again soon after it was replaced. */
  readonly storeDamaged: boolean;
  readonly sources: 'none' | 'all-paused' | 'some';
  /** The way in from outside; null: none was chosen, so hearing this computer is all there is. */
  readonly wayIn: {
    readonly tunnel: TunnelStatus['state'];
    readonly standing: ProbeStanding;
    readonly hasNetwork: boolean;
  } | null;
  /** How long not hearing may still be called starting (hearing-watch.ts). */
  readonly patience: Patience;
}

/**
 * `none`: it has taken too long, or was worse than starting before. `waking`: the computer has just woken or Tocsin just
 * begun, so that even network and tunnel need their moment.
 */
export type Patience = 'none' | 'starting' | 'waking';

const starting: ReadonlySet<HearingCauseCode> = new Set([
  'listener-starting',
  'tunnel-starting',
  'not-proven',
]);
const waking: ReadonlySet<HearingCauseCode> = new Set([...starting, 'tunnel-down', 'no-network']);

/** Every cause that holds, worst first. */
export function causesOf(facts: HearingFacts): readonly HearingCauseCode[] {
  const codes: HearingCauseCode[] = [];
  const outside = outsideCause(facts);
  if (facts.listener === 'port-taken') codes.push('port-taken');
  if (facts.listener === 'down' || outside === 'listener-down') codes.push('listener-down');
  if (facts.storeDamaged) codes.push('store-damaged');
  else if (!facts.storeWritable) codes.push('store-not-writable');
  if (outside !== null && outside !== 'listener-down') codes.push(outside);
  if (facts.sources === 'none') codes.push('never-set-up');
  if (facts.sources === 'all-paused') codes.push('all-sources-paused');
  if (facts.listener === 'starting') codes.push('listener-starting');
  return codes;
}

/** At most one, because no two of them say anything different; none while the listener itself is the matter. */
function outsideCause({ listener, wayIn }: HearingFacts): HearingCauseCode | null {
  if (wayIn === null || listener !== 'up') return null;
  const { tunnel, standing, hasNetwork } = wayIn;
  if (tunnel !== 'up') {
    if (!hasNetwork) return 'no-network';
    return tunnel === 'down' ? 'tunnel-down' : 'tunnel-starting';
  }
  switch (standing) {
    case 'proven':
      return null;
    case 'pending':
      return 'not-proven';
    case 'listener-silent':
      return 'listener-down';
    case 'unreachable':
    case 'wrong-answer':
    case 'no-network':
      return standing;
  }
}

/** Deaf when any cause is worse than still starting, or has been for too long. */
export function stateOf(codes: readonly HearingCauseCode[], patience: Patience): Hearing['state'] {
  if (codes.length === 0) return 'hearing';
  if (patience === 'none') return 'deaf';
  const harmless = patience === 'waking' ? waking : starting;
  return codes.every((code) => harmless.has(code)) ? 'starting' : 'deaf';
}

/** State and causes with their sentences. */
export function hearingOf(facts: HearingFacts, texts: Texts): Hearing {
  const codes = causesOf(facts);
  const causes = codes.map((code): HearingCause => ({ code, message: texts.status.cause[code] }));
  return { state: stateOf(codes, facts.patience), causes };
}
