// What somebody on call must hear of the computer itself. Pure; what the system does not say is never warned of.
import type { OnCallWarning, PowerFacts } from '../../shared/on-call.ts';

export interface WarningFacts {
  readonly power: PowerFacts;
  /** The setting. */
  readonly isKeptAwake: boolean;
  readonly isGoingToSleep: boolean;
  /** For how long this computer has had no network; null: it has one, or nobody knows. */
  readonly networkLostMs: number | null;
  /** Critical alerts that are not over. */
  readonly criticals: number;
  /** Calls of the outside check in a row that it did not take. */
  readonly refusals: number;
}

const lowPercent = 20;
/** Changing from one network to the next takes this long. */
const roamingMs = 10_000;
const mostRefusals = 3;

/** Every warning that holds, worst first. `before`: those that held a moment ago. */
export function warningsOf(facts: WarningFacts, before: readonly OnCallWarning[]): readonly OnCallWarning[] {
  const { power, criticals } = facts;
  const onBattery = power.supply === 'battery';
  // Once a discharge: a reading that goes up and down by one must not warn again and again.
  const isLow =
    onBattery &&
    (before.includes('battery-low') || (power.batteryPercent !== null && power.batteryPercent <= lowPercent));
  const warnings: OnCallWarning[] = [];
  if (facts.isGoingToSleep && criticals > 0) warnings.push('lid-closing');
  if (facts.networkLostMs !== null && facts.networkLostMs >= roamingMs && criticals > 0)
    warnings.push('network-lost');
  if (isLow) warnings.push('battery-low');
  else if (onBattery && facts.isKeptAwake) warnings.push('on-battery');
  if (facts.refusals >= mostRefusals) warnings.push('check-refused');
  return warnings;
}
