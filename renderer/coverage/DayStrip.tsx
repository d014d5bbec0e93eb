import type { Coverage } from '../../shared/coverage.ts';
import { useTexts } from '../controls/texts.ts';
import { type CoverageDay, stripOf } from './coverage-view.ts';

interface DayStripProps {
  readonly day: CoverageDay;
  readonly coverage: Coverage;
}

/** One day as a bar: low where we heard, hatched where nothing is known, a tall block for each gap. Words stand beside it. */
export function DayStrip({ day, coverage }: DayStripProps) {
  const { coverageScreen: t } = useTexts();
  return (
    <div className="strip" aria-hidden="true">
      {stripOf(day, coverage).map(({ kind, from, to }) => (
        <span
          key={`${kind} ${from}`}
          className="strip-piece"
          data-kind={kind}
          title={kind === 'covered' ? t.legendCovered : kind === 'unknown' ? t.legendUnknown : t.family[kind]}
          style={{ insetInlineStart: `${from * 100}%`, inlineSize: `${(to - from) * 100}%` }}
        />
      ))}
    </div>
  );
}
