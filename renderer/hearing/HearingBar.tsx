import BellOff from 'lucide-react/icons/bell-off';
import Ear from 'lucide-react/icons/ear';
import EarOff from 'lucide-react/icons/ear-off';
import type { TunnelStatus } from '../../shared/tunnel.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { OnCallWarnings } from '../on-call/OnCallWarnings.tsx';
import { ProbeButton } from '../tunnel/ProbeButton.tsx';
import { FindingWords, TroubleWords } from '../tunnel/TroubleWords.tsx';
import { AddressChanged } from './AddressChanged.tsx';
import { GapNotice } from './GapNotice.tsx';
import { HearingLine } from './HearingLine.tsx';
import { hearingView, outsideCauses } from './hearing-view.ts';

interface Props {
  readonly live: LiveState;
  readonly onRetry: () => void;
  /** Leads to the way in; null where it is shown already. */
  readonly onWayIn: (() => void) | null;
}

/** Whether we hear and whether the desktop shows what we say: two promises, each loud when it is broken. */
export function HearingBar({ live, onRetry, onWayIn }: Props) {
  return (
    <>
      <HearingState live={live} onRetry={onRetry} onWayIn={onWayIn} />
      <AddressChanged live={live} />
      <GapNotice live={live} />
      <OnCallWarnings live={live} />
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
function HearingState({ live, onRetry, onWayIn }: Props) {
  const texts = useTexts();
  const t = texts.window;
  const setup = texts.tunnelSetup;
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
          {view.reach.kind === 'local' && onWayIn !== null && (
            <button type="button" className="text-button" onClick={onWayIn}>
              {setup.letIn}
            </button>
          )}
        </section>
      );
    case 'starting':
      return (
        <section className="hearing" data-tone="quiet" aria-label={t.hearingName}>
          <Ear aria-hidden="true" size={14} />
          <p>
            {view.causes.length === 0 || view.causes.includes('listener-starting')
              ? t.starting
              : view.causes.map((code) => texts.status.cause[code]).join(' ')}
          </p>
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
        <section className="hearing" data-tone="loud" aria-label={t.hearingName}>
          <EarOff aria-hidden="true" size={18} />
          {/* Not around the time of the next try: it would be read out whenever it changes. */}
          <div role="alert">
            <p>
              <strong>{t.deaf}</strong>
            </p>
            {view.causes.map((code) => (
              <p key={code}>
                {texts.status.cause[code]}
                {/* What the tunnel itself complains of has a remedy that fits better. */}
                {!(outsideCauses.has(code) && hasDetail(view.tunnel)) && ` ${texts.status.remedy[code]}`}
              </p>
            ))}
            {view.tunnel !== null && <TunnelDetail tunnel={view.tunnel} />}
          </div>
          {view.tunnel !== null && (
            <div className="hearing-acts">
              <ProbeButton label={setup.tryNow} tunnel={view.tunnel} />
              {onWayIn !== null && (
                <button type="button" className="button" onClick={onWayIn}>
                  {setup.toSettings}
                </button>
              )}
            </div>
          )}
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

function hasDetail(tunnel: TunnelStatus | null): boolean {
  if (tunnel === null) return false;
  return tunnel.trouble !== null || (tunnel.proof.misses > 0 && tunnel.proof.finding !== null);
}

/** What the tunnel complains of, or what the newest call of ours found. */
function TunnelDetail({ tunnel }: { readonly tunnel: TunnelStatus }) {
  if (tunnel.trouble !== null) return <TroubleWords tunnel={tunnel} />;
  const { finding, misses, detail } = tunnel.proof;
  return misses > 0 && finding !== null ? <FindingWords finding={finding} detail={detail} /> : null;
}
