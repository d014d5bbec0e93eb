import Check from 'lucide-react/icons/check';
import Circle from 'lucide-react/icons/circle';
import X from 'lucide-react/icons/x';
import type { ReactNode, RefObject } from 'react';
import type { TunnelStatus } from '../../shared/tunnel.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { useTexts } from '../controls/texts.ts';
import { proofStations } from './proof-stations.ts';
import { ProbeButton } from './ProbeButton.tsx';
import { FindingWords, TroubleWords } from './TroubleWords.tsx';

interface ProofCardProps {
  /** The name of the way that is used. */
  readonly way: string;
  /** Null: it is about to start. */
  readonly tunnel: TunnelStatus | null;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onShowSources?: () => void;
}

const icons = { waiting: Circle, lit: Check, failed: X } as const;

/** The way in as it is right now, station by station, up to the proof or to the trouble with its remedy. */
export function ProofCard({ way, tunnel, heading, onShowSources }: ProofCardProps) {
  const { tunnelSetup: t } = useTexts();
  const stations = tunnel === null ? null : proofStations(tunnel);
  const isProven = stations?.proof === 'lit';
  const roundTripMs = tunnel?.proof.roundTripMs ?? null;
  return (
    <section className="card proof" aria-label={t.progress}>
      <h2 ref={heading} tabIndex={-1}>
        {way}
      </h2>
      <ol className="stations" aria-live="polite">
        <Station name="tunnel" state={stations?.tunnel ?? 'waiting'}>
          {stations?.tunnel === 'failed' && tunnel !== null && <TroubleWords tunnel={tunnel} />}
        </Station>
        <Station name="address" state={stations?.address ?? 'waiting'}>
          {stations?.address === 'lit' && tunnel?.publicUrl != null && (
            <span className="address-line">
              <span className="code-line">{tunnel.publicUrl}</span>
              <CopyButton label={t.copyAddress} text={tunnel.publicUrl} />
            </span>
          )}
        </Station>
        <Station name="proof" state={stations?.proof ?? 'waiting'}>
          {/* How long ago it was ticks in the bar above: here it would be read out at every tick. */}
          {isProven && roundTripMs !== null && <p>{t.roundTrip(Math.round(roundTripMs))}</p>}
          {stations?.finding != null && (
            <FindingWords finding={stations.finding} detail={tunnel?.proof.detail ?? null} />
          )}
        </Station>
      </ol>
      {isProven ? (
        <p>
          <strong>{t.proven}</strong>{' '}
          {onShowSources !== undefined && (
            <>
              {t.provenNext}{' '}
              <button type="button" className="text-button" onClick={onShowSources}>
                {t.showSources}
              </button>
            </>
          )}
        </p>
      ) : (
        tunnel !== null && tunnel.state !== 'starting' && <ProbeButton label={t.tryAgain} tunnel={tunnel} />
      )}
    </section>
  );
}

interface StationProps {
  readonly name: 'tunnel' | 'address' | 'proof';
  readonly state: keyof typeof icons;
  readonly children: ReactNode;
}

function Station({ name, state, children }: StationProps) {
  const { tunnelSetup: t } = useTexts();
  const Icon = icons[state];
  return (
    <li data-state={state}>
      <Icon aria-hidden="true" size={16} />
      <span>
        {t.station[name]}
        <span className="visually-hidden">: {t.stationState[state]}</span>
      </span>
      <div className="station-words">{children}</div>
    </li>
  );
}
