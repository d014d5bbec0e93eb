import { useTexts } from '../controls/texts.ts';
import { Ago } from '../controls/TimeText.tsx';
import type { LiveState } from '../live-state.ts';
import { isProven } from './proof-stations.ts';

interface WayInSummaryProps {
  readonly live: LiveState;
  readonly onOpen: () => void;
}

/** The way in, in one line, and the way to its page. */
export function WayInSummary({ live, onOpen }: WayInSummaryProps) {
  const { tunnelSetup: t } = useTexts();
  const tunnel = live.health?.tunnel ?? null;
  return (
    <div className="way-summary">
      <p>
        {tunnel === null ? (
          t.summaryNone
        ) : (
          <>
            {t.kind[tunnel.kind]}: <span className="code-word">{tunnel.publicUrl ?? t.changedWaits}</span>{' '}
            {isProven(tunnel) && tunnel.proof.reachedAt !== null ? (
              <span className="quiet">
                <ProvenAgo at={tunnel.proof.reachedAt} />
              </span>
            ) : (
              <strong className="warning-text">
                {tunnel.state === 'up' ? t.notProven : t.summaryState[tunnel.state]}
              </strong>
            )}
          </>
        )}
      </p>
      <button type="button" className={tunnel === null ? 'button primary' : 'button'} onClick={onOpen}>
        {tunnel === null ? t.choose : t.change}
      </button>
    </div>
  );
}

/** "proven 40 s ago", ticking. */
export function ProvenAgo({ at }: { readonly at: number }) {
  const { tunnelSetup: t } = useTexts();
  const [before, after] = t.provenAgo('\u0000').split('\u0000');
  return (
    <>
      {before}
      <Ago at={at} isPrecise />
      {after}
    </>
  );
}
