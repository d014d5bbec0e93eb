// Whether there is a gap that a person has not read about yet. Pure.
import type { Coverage } from '../../shared/coverage.ts';
import { type GapSummary, gapSummary } from '../../shared/gap-summary.ts';
import type { Source } from '../../shared/source.ts';

/** After so long it is in the ledger and no news any more. */
const newsMs = 12 * 3_600_000;

export interface GapNews {
  /** Tells it from every other gap, also from one of another store. */
  readonly name: string;
  readonly summary: GapSummary;
}

/** The newest gap that is worth a word; null: none, too old, or `read` already. What came before it is older news. */
export function untoldGap(
  { gaps, now }: Pick<Coverage, 'gaps' | 'now'>,
  sources: readonly Source[],
  read: string | null,
): GapNews | null {
  for (const gap of gaps) {
    const summary = gapSummary(gap, sources);
    if (summary === null) continue;
    const name = `${gap.id} ${summary.endedAt}`;
    return name === read || now - summary.endedAt > newsMs ? null : { name, summary };
  }
  return null;
}
