import type { Coverage } from '../../shared/coverage.ts';
import { gapLengthText } from '../../shared/text/coverage-text.ts';
import { Ago } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import { countText, momentText, percentText } from '../controls/time-text.ts';
import type { LiveState } from '../live-state.ts';
import { OnCallCard } from '../on-call/OnCallCard.tsx';
import { coverageSum } from './coverage-view.ts';
import { Days, Today } from './DaySections.tsx';
import { GapList } from './GapList.tsx';
import { HandOverCard } from './HandOverCard.tsx';
import { useCoverage } from './use-coverage.ts';

const shownDays = 30;

interface CoverageScreenProps {
  readonly live: LiveState;
  /** Somebody came for the hand-over. */
  readonly isHandOverWanted: boolean;
}

/** "Was I covered?": the answer first, then today, the switch, the days, each gap, and the hand-over. */
export function CoverageScreen({ live, isHandOverWanted }: CoverageScreenProps) {
  const { coverageScreen: t } = useTexts();
  const onCall = live.health?.onCall ?? null;
  const { coverage, refusal } = useCoverage(shownDays, live.health?.hearing.state ?? '');
  return (
    <main className="page">
      <div className="page-column coverage">
        {coverage === null ? (
          <section className="card">
            <p role="status">{refusal === '' ? t.loading : `${t.cannotShow}: ${refusal}`}</p>
          </section>
        ) : (
          <Answer coverage={coverage} hasSources={live.sources.length > 0} />
        )}
        <OnCallCard onCall={onCall} />
        <HandOverCard isOnCall={onCall !== null} isWanted={isHandOverWanted} />
        {coverage !== null && coverageSum(coverage) !== null && (
          <>
            <Days coverage={coverage} />
            <GapList coverage={coverage} sources={live.sources} />
          </>
        )}
        {coverage !== null && <LastHeard coverage={coverage} />}
      </div>
    </main>
  );
}

interface AnswerProps {
  readonly coverage: Coverage;
  readonly hasSources: boolean;
}

function Answer({ coverage, hasSources }: AnswerProps) {
  const { coverageScreen: t, coverage: words, language } = useTexts();
  const sum = coverageSum(coverage);
  if (sum === null) {
    return (
      <section className="card">
        <h2>{hasSources ? t.justBegan : t.begins}</h2>
        <p className="quiet">{hasSources ? t.justBeganText : t.beginsText}</p>
      </section>
    );
  }
  const since = momentText(language, coverage.since, coverage.now);
  return (
    <section className="card" aria-label={t.title}>
      <div className="coverage-answer">
        <h2>
          {t.covered(
            percentText(language, sum.share),
            sum.isWhole ? t.lastDays(coverage.days.length) : t.sinceMoment(since),
          )}
        </h2>
        <p>
          {sum.missedMs === 0
            ? t.noGap
            : t.missed(
                gapLengthText(language, sum.missedMs),
                sum.stretches,
                countText(language, sum.stretches),
              )}
        </p>
        {sum.lasting !== null && (
          <p className="warning-text">
            <strong>{t.deafNow(gapLengthText(language, coverage.now - sum.lasting.startedAt))}.</strong>{' '}
            {words.cause[sum.lasting.cause]}
          </p>
        )}
      </div>
      <Today coverage={coverage} />
    </section>
  );
}

function LastHeard({ coverage }: { readonly coverage: Coverage }) {
  const { coverageScreen: t } = useTexts();
  return (
    <section className="card storage" aria-label={t.lastHeard}>
      <h2>{t.lastHeard}</h2>
      {coverage.sources.length === 0 ? (
        <p className="quiet">{t.noSources}</p>
      ) : (
        <dl>
          {coverage.sources.map(({ id, name, lastHeardAt }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>{lastHeardAt === null ? t.neverHeard : <Ago at={lastHeardAt} />}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
