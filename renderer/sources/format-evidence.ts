// Whether the deliveries of a source have shown that its format is understood. Pure.
import type { Delivery, Verdict } from '../../shared/alert.ts';

export interface FormatEvidence {
  /** When the first real delivery was understood, epoch ms; null while none was. */
  readonly confirmedAt: number | null;
  /** The newest delivery that a sender made. */
  readonly last: Delivery | null;
  /** The newest one that was not understood. */
  readonly unknown: Delivery | null;
}

export const noEvidence: FormatEvidence = { confirmedAt: null, last: null, unknown: null };

/** Tests and events that hold no alarm show nothing about alarms. */
const proving: ReadonlySet<Verdict> = new Set([
  'opened',
  'repeated',
  'level-changed',
  'resolved',
  'acknowledged',
  'retry',
  'late',
  'orphan-recovery',
  'mixed',
]);

/** Adds deliveries of one source, newest first and older than all before. */
export function withOlder(before: FormatEvidence, deliveries: readonly Delivery[]): FormatEvidence {
  const real = deliveries.filter((delivery) => delivery.verdict !== 'probe' && !isOurOwn(delivery));
  return {
    confirmedAt: real.findLast(({ verdict }) => proving.has(verdict))?.receivedAt ?? before.confirmedAt,
    last: before.last ?? real[0] ?? null,
    unknown: before.unknown ?? real.find(({ verdict }) => verdict === 'not-understood') ?? null,
  };
}

/** Made by Tocsin: "Send test alert" and the commands to try a source. */
function isOurOwn(delivery: Delivery): boolean {
  return delivery.reason.split(', ').includes('own-test');
}
