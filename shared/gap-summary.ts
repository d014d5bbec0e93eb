// What a person must know after a gap: how long, why, and who may have called in vain. Pure facts; the sentences are in
// text/coverage-text.ts.
import type { SourceKind } from './alert.ts';
import type { Gap, GapCause } from './coverage.ts';
import type { Source } from './source.ts';

export interface GapSummary {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly cause: GapCause;
  /** The sources that may have called in vain, by kind, in the order of the catalogue. */
  readonly missed: readonly { readonly kind: SourceKind; readonly names: readonly string[] }[];
}

/** Shorter ones stand in the ledger only: a sender that tries three times has got through. */
const shortestMs = 60_000;
/** Nothing was lost: requests were taken and kept, by a person's own choice without alerts. */
const ownChoice: ReadonlySet<GapCause> = new Set(['never-set-up', 'all-sources-paused']);
const kinds: readonly SourceKind[] = ['cloudmonitor', 'clustercontrol', 'universal'];

/** Null while it lasts, and when there is nothing to say: a short one, or nobody who could have called. */
export function gapSummary(
  gap: Gap,
  sources: readonly Pick<Source, 'kind' | 'name' | 'createdAt'>[],
): GapSummary | null {
  const { startedAt, endedAt, cause } = gap;
  if (endedAt === null || endedAt - startedAt <= shortestMs) return null;
  const lost = [cause, ...gap.later.map((finding) => finding.cause)].find((one) => !ownChoice.has(one));
  if (lost === undefined) return null;
  const callers = sources.filter((source) => source.createdAt < endedAt);
  const missed = kinds
    .map((kind) => ({ kind, names: callers.filter((one) => one.kind === kind).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0);
  return missed.length === 0 ? null : { startedAt, endedAt, cause: lost, missed };
}
