// Whether deliveries can reach us. Pure; the parts report facts, this names the causes.
import type { Hearing, HearingCause, HearingCauseCode } from '../../shared/hearing.ts';
import type { Texts } from '../../shared/text/texts.ts';

export interface HearingFacts {
  readonly listener: 'starting' | 'up' | 'down' | 'port-taken';
  readonly storeWritable: boolean;
  /** Damaged again soon after it was replaced. */
  readonly storeDamaged: boolean;
  readonly sources: 'none' | 'all-paused' | 'some';
}

/** Every cause that holds, worst first. Deaf when any of them is worse than still starting. */
export function hearingOf(facts: HearingFacts, texts: Texts): Hearing {
  const codes: HearingCauseCode[] = [];
  if (facts.listener === 'port-taken') codes.push('port-taken');
  if (facts.listener === 'down') codes.push('listener-down');
  if (facts.storeDamaged) codes.push('store-damaged');
  else if (!facts.storeWritable) codes.push('store-not-writable');
  if (facts.sources === 'none') codes.push('never-set-up');
  if (facts.sources === 'all-paused') codes.push('all-sources-paused');
  if (facts.listener === 'starting') codes.push('listener-starting');
  const causes = codes.map((code): HearingCause => ({ code, message: texts.status.cause[code] }));
  if (codes.length === 0) return { state: 'hearing', causes };
  return { state: codes.every((code) => code === 'listener-starting') ? 'starting' : 'deaf', causes };
}
