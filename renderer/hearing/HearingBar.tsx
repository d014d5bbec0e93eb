import Ear from 'lucide-react/icons/ear';
import EarOff from 'lucide-react/icons/ear-off';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { HearingLine } from './HearingLine.tsx';
import { hearingView } from './hearing-view.ts';

/** One quiet line while we hear; a loud one with cause and remedy when we do not. */
export function HearingBar({ live, onRetry }: { readonly live: LiveState; readonly onRetry: () => void }) {
  const texts = useTexts();
  const t = texts.window;
  const view = hearingView(live);
  switch (view.kind) {
    case 'connecting':
      return <div className="hearing" data-tone="quiet" />;
    case 'listening':
      return (
        <section className="hearing" data-tone="quiet" aria-label={t.hearingName}>
          <Ear aria-hidden="true" size={14} />
          <p>
            <HearingLine live={live} />
          </p>
        </section>
      );
    case 'starting':
      return (
        <section className="hearing" data-tone="quiet" aria-label={t.hearingName}>
          <Ear aria-hidden="true" size={14} />
          <p>{t.starting}</p>
        </section>
      );
    case 'not-set-up':
      return (
        <section className="hearing" data-tone="notice" aria-label={t.hearingName}>
          <EarOff aria-hidden="true" size={14} />
          <p>
            <strong>{t.notSetUp}</strong> {texts.status.remedy['never-set-up']}
          </p>
        </section>
      );
    case 'deaf':
      return (
        <section className="hearing" data-tone="loud" role="alert" aria-label={t.hearingName}>
          <EarOff aria-hidden="true" size={18} />
          <div>
            <p>
              <strong>{t.deaf}</strong>
            </p>
            {view.causes.map((code) => (
              <p key={code}>
                {texts.status.cause[code]} {texts.status.remedy[code]}
              </p>
            ))}
          </div>
        </section>
      );
    case 'unreachable':
      return (
        <section className="hearing" data-tone="loud" role="alert" aria-label={t.hearingName}>
          <EarOff aria-hidden="true" size={18} />
          <div>
            <p>
              <strong>{t.unreachableTitle}</strong>
            </p>
            <p>{t.unreachable}</p>
          </div>
          <button type="button" className="button" onClick={onRetry}>
            {t.tryAgain}
          </button>
        </section>
      );
  }
}
