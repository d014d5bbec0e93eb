import { useState } from 'react';
import type { Coverage, Gap } from '../../shared/coverage.ts';
import { gapSummary } from '../../shared/gap-summary.ts';
import type { Source } from '../../shared/source.ts';
import { gapLengthText, gapSummaryText } from '../../shared/text/coverage-text.ts';
import { useTexts } from '../controls/texts.ts';
import { countText, exactText, secondText } from '../controls/time-text.ts';
import { familyOf } from './coverage-view.ts';

/** Rows that are drawn at first and with every further click: a flapping tunnel leaves thousands. */
const pageSize = 50;

interface GapListProps {
  readonly coverage: Coverage;
  readonly sources: readonly Source[];
}

/** Every gap with its cause, what was found later, and its length; and who may have called in vain. */
export function GapList({ coverage, sources }: GapListProps) {
  const { coverageScreen: t, language } = useTexts();
  const [shown, setShown] = useState(pageSize);
  const { gaps, now } = coverage;
  const more = gaps.length - shown;
  return (
    <section className="card" aria-label={t.gaps}>
      <h2>{t.gaps}</h2>
      <Callers gaps={gaps} sources={sources} />
      {gaps.length === 0 ? (
        <p className="quiet">{t.noGaps}</p>
      ) : (
        <ol className="gaps">
          {gaps.slice(0, shown).map((gap) => (
            <GapRow key={gap.id} gap={gap} now={now} />
          ))}
        </ol>
      )}
      {more > 0 && (
        <div className="action-row">
          <span className="quiet">{t.andMore(countText(language, more))}</span>
          <button type="button" className="button" onClick={() => setShown(shown + pageSize)}>
            {t.showMore(countText(language, Math.min(more, pageSize)))}
          </button>
        </div>
      )}
    </section>
  );
}

/** Whether the senders try again by themselves: the same after every gap that was long enough. */
function Callers({ gaps, sources }: { readonly gaps: readonly Gap[]; readonly sources: readonly Source[] }) {
  const { coverageScreen: t, language } = useTexts();
  const newest = gaps.map((gap) => gapSummary(gap, sources)).find((summary) => summary !== null);
  if (newest === undefined) return null;
  // The first line says when and why, as the row does already.
  const [, ...callers] = gapSummaryText(language, newest).lines;
  return (
    <details className="fold">
      <summary>{t.whoCalled}</summary>
      <ul className="plain-list">
        {callers.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

function GapRow({ gap, now }: { readonly gap: Gap; readonly now: number }) {
  const { coverageScreen: t, coverage: words, language } = useTexts();
  const { startedAt, endedAt, cause } = gap;
  const from = secondText(language, startedAt, now);
  return (
    <li>
      <span className="gap-mark strip-piece" data-kind={familyOf(cause)} aria-hidden="true" />
      <div>
        <p>
          <strong>{words.cause[cause]}</strong>
          <span className="gap-length">{gapLengthText(language, (endedAt ?? now) - startedAt)}</span>
        </p>
        {gap.later.map((later) => (
          <p key={`${later.at} ${later.cause}`} className="quiet">
            {t.later(secondText(language, later.at, startedAt), words.cause[later.cause])}
          </p>
        ))}
      </div>
      <time className="quiet" title={exactText(language, startedAt)}>
        {endedAt === null ? t.lasting(from) : t.fromTo(from, secondText(language, endedAt, endDay(gap, now)))}
      </time>
    </li>
  );
}

/** The end names its day only where it is another one than that of the beginning. */
function endDay({ startedAt, endedAt }: Gap, now: number): number {
  return endedAt !== null && new Date(endedAt).toDateString() === new Date(startedAt).toDateString()
    ? endedAt
    : now;
}
