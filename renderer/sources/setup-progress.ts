// How far the set-up of a source has come, told by what has arrived. Pure.
import type { Delivery, Verdict } from '../../shared/alert.ts';
import type { Source } from '../../shared/source.ts';
import { isOurOwn } from './format-evidence.ts';

export const setupMarks = ['probe', 'test', 'real', 'recovery'] as const;
export type SetupMark = (typeof setupMarks)[number];

export interface SetupProgress {
  /** When each arrived last, epoch ms; null while it has not. */
  readonly seen: Readonly<Record<SetupMark, number | null>>;
  /** The newest delivery that was not understood, unless something real was understood later. */
  readonly unknown: Delivery | null;
}

const firing: ReadonlySet<Verdict> = new Set([
  'opened',
  'repeated',
  'level-changed',
  'mixed',
  'retry',
  'late',
]);

/** `deliveries`: the newest of the source, newest first. A test that Tocsin made itself counts as a test, never as real. */
export function progressOf(
  source: Pick<Source, 'probeSeenAt'>,
  deliveries: readonly Delivery[],
): SetupProgress {
  const newest = (test: (delivery: Delivery) => boolean): number | null =>
    deliveries.find(test)?.receivedAt ?? null;
  const recovery = newest(({ verdict, ...rest }) => verdict === 'resolved' && !isOurOwn(rest));
  // A recovery that was understood proves as much as a firing.
  const real = newest((delivery) => firing.has(delivery.verdict) && !isOurOwn(delivery)) ?? recovery;
  const unknown = deliveries.find(({ verdict }) => verdict === 'not-understood') ?? null;
  return {
    seen: {
      probe: source.probeSeenAt,
      test: newest((delivery) => delivery.verdict === 'test' || isOurOwn(delivery)),
      real,
      recovery,
    },
    unknown: unknown !== null && unknown.receivedAt > (real ?? 0) ? unknown : null,
  };
}
