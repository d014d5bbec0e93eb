import BellOff from 'lucide-react/icons/bell-off';
import Ear from 'lucide-react/icons/ear';
import EarOff from 'lucide-react/icons/ear-off';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { HearingLine } from './HearingLine.tsx';
import { hearingView } from './hearing-view.ts';

interface Props {
  readonly live: LiveState;
  readonly onRetry: () => void;
}

/** Whether we hear and whether the desktop shows what we say: two promises, each loud when it is broken. */
export function HearingBar({ live, onRetry }: Props) {
  return (
    <>
      <HearingState live={live} onRetry={onRetry} />
      <ToastsState live={live} />
    </>
  );
}

function ToastsState({ live }: Pick<Props, 'live'>) {
  const texts = useTexts();
  const notifications = live.health?.notifications;
  if (notifications?.state !== 'failing') return null;
  return (
    <section
      className="hearing"
      data-tone="loud"
      role="alert"
      aria-label={texts.settings.groups.notifications}
    >
      <BellOff aria-hidden="true" size={18} />
      <div>
        <p>
          <strong>{texts.status.notificationsFail(notifications.error ?? '')}</strong>
        </p>
        <p>{texts.status.notificationsFailRemedy}</p>
      </div>
    </section>
  );
}

/** One quiet line while we hear; a loud one with cause and remedy when we do not. */
function HearingState({ live, onRetry }: Props) {
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
