import type { Coverage } from '../../shared/coverage.ts';
import type { GapFamily } from '../../shared/text/coverage-screen-text.ts';
import { gapLengthText } from '../../shared/text/coverage-text.ts';
import { useTexts } from '../controls/texts.ts';
import { clockText, dayText, percentText } from '../controls/time-text.ts';
import { type CoverageDay, gapsOfDay, hourMarks, shareOf } from './coverage-view.ts';
import { DayStrip } from './DayStrip.tsx';

/** Gaps of a day that are read out one by one; the list below has all of them. */
const mostSpoken = 5;
const families: readonly GapFamily[] = ['computer', 'way-in', 'app', 'choice'];

/** The 24 hours of today with the hours written under them, and what each shape means. */
export function Today({ coverage }: { readonly coverage: Coverage }) {
  const { coverageScreen: t } = useTexts();
  const today = coverage.days.at(-1);
  if (today === undefined) return null;
  return (
    <section className="today" aria-label={t.today}>
      <h3>{t.today}</h3>
      <DayStrip day={today} coverage={coverage} />
      <Hours day={today} />
      <p className="visually-hidden">
        <DayWords day={today} coverage={coverage} />
      </p>
      <ul className="legend" aria-label={t.legend}>
        {(['covered', ...families, 'unknown'] as const).map((kind) => (
          <li key={kind}>
            <span className="legend-mark strip-piece" data-kind={kind} aria-hidden="true" />
            {kind === 'covered' ? t.legendCovered : kind === 'unknown' ? t.legendUnknown : t.family[kind]}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hours({ day }: { readonly day: CoverageDay }) {
  return (
    <div className="hours" aria-hidden="true">
      {hourMarks(day).map(({ hour, at }) => (
        <span key={hour} style={{ insetInlineStart: `${at * 100}%` }}>
          {hour}
        </span>
      ))}
    </div>
  );
}

/** One row a day, newest first: strip, share, and in words for whoever does not see it. */
export function Days({ coverage }: { readonly coverage: Coverage }) {
  const { coverageScreen: t, language } = useTexts();
  const newestFirst = coverage.days.toReversed();
  const [today] = newestFirst;
  return (
    <section className="card" aria-label={t.days}>
      <h2>{t.days}</h2>
      <table className="days">
        <thead>
          <tr>
            <th scope="col">{t.day}</th>
            <th scope="col">
              <span className="visually-hidden">{t.strip}</span>
              {today !== undefined && <Hours day={today} />}
            </th>
            <th scope="col">{t.coveredShort}</th>
          </tr>
        </thead>
        <tbody>
          {newestFirst.map((day) => (
            <tr key={day.startsAt} data-known={day.knownMs > 0}>
              <th scope="row">{dayText(language, day.startsAt)}</th>
              <td>
                <DayStrip day={day} coverage={coverage} />
                <span className="visually-hidden">
                  <DayWords day={day} coverage={coverage} />
                </span>
              </td>
              <td>
                {day.knownMs > 0
                  ? percentText(language, shareOf(day.knownMs, day.knownMs - day.coveredMs))
                  : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DayWords({ day, coverage }: { readonly day: CoverageDay; readonly coverage: Coverage }) {
  const { coverageScreen: t, coverage: words, language } = useTexts();
  if (day.knownMs <= 0) return t.nothingKnown;
  const gaps = gapsOfDay(day, coverage.gaps, coverage.now).toReversed();
  if (gaps.length === 0) return t.noGapOnDay;
  const spoken = gaps.slice(0, mostSpoken).map(({ startedAt, endedAt, cause }) => {
    const from = Math.max(startedAt, day.startsAt);
    const to = Math.min(endedAt ?? coverage.now, day.endsAt);
    return t.spokenGap(
      clockText(language, from),
      endedAt === null ? t.upToNow : clockText(language, to),
      `${words.cause[cause]} (${gapLengthText(language, to - from)})`,
    );
  });
  const more = gaps.length - spoken.length;
  return [...spoken, ...(more > 0 ? [t.andMore(String(more))] : [])].join(t.gapJoin);
}
