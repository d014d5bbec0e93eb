import { useState } from 'react';
import type { Source } from '../../shared/source.ts';
import { ask } from '../bridge.ts';
import { Ago } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import type { DeliveryFilter } from '../deliveries/delivery-pages.ts';
import { LastDelivery } from '../hearing/HearingLine.tsx';
import { NextSteps } from '../setup/NextSteps.tsx';
import { FormatEvidence } from './FormatEvidence.tsx';
import { SecretRotation } from './SecretRotation.tsx';
import { SendTest } from './SendTest.tsx';
import { SourceAddress } from './SourceAddress.tsx';
import { SourceRules } from './SourceRules.tsx';
import { useSourceAddress } from './use-source-address.ts';

interface SourceCardProps {
  readonly source: Source;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly isListening: boolean;
  /** What can be done on the Sources screen only. */
  readonly care?: SourceCare;
}

export interface SourceCare {
  readonly onGuide: () => void;
  readonly onRemove: () => void;
  readonly onShowDeliveries: (filter: Partial<DeliveryFilter>) => void;
}

/** One source: is it alive, what is its address, does it work; and on its own screen its rules. */
export function SourceCard({ source, port, publicUrl, isListening, care }: SourceCardProps) {
  const texts = useTexts();
  const t = texts.window;
  const address = useSourceAddress(source, publicUrl);
  const kind = t.sourceKind[source.kind];
  return (
    <section className="card" aria-labelledby={`source-${source.id}`}>
      <header className="card-head">
        <h2 id={`source-${source.id}`}>{source.name}</h2>
        <p className="quiet">
          {[
            // A name that says it already is not said twice.
            ...(source.name.includes(kind) ? [] : [kind]),
            ...(source.team === null ? [] : [source.team]),
            ...(source.paused ? [t.paused] : []),
          ].join(' · ')}
        </p>
      </header>
      <p>
        {source.lastDeliveryAt === null ? (
          t.nothingYet
        ) : (
          <>
            {t.sourceCounts(source.counts.deliveries, source.counts.open)}
            {' · '}
            <LastDelivery at={source.lastDeliveryAt} />
          </>
        )}
        {source.counts.notUnderstood > 0 && (
          <strong className="warning-text"> · {t.notUnderstood(source.counts.notUnderstood)}</strong>
        )}
        {source.counts.notUnderstood > 0 && care !== undefined && (
          <>
            {' '}
            <button
              type="button"
              className="text-button"
              onClick={() => care.onShowDeliveries({ sourceId: source.id, verdict: 'not-understood' })}
            >
              {texts.sourcesScreen.showNotUnderstood}
            </button>
          </>
        )}
        {source.probeSeenAt !== null && (
          <span className="quiet">
            {' · '}
            <Probe at={source.probeSeenAt} />
          </span>
        )}
      </p>
      {address !== null && <SourceAddress address={address} isListening={isListening} />}
      {source.kind === 'clustercontrol' && (
        <FormatEvidence source={source} secret={address?.secret ?? null} />
      )}
      {source.counts.deliveries === 0 && care === undefined && (
        <NextSteps kind={source.kind} port={port} hasPublicUrl={address?.publicUrl != null} />
      )}
      <SendTest sourceId={source.id} isListening={isListening} />
      {care !== undefined && <SourceCareRow source={source} care={care} />}
    </section>
  );
}

function Probe({ at }: { readonly at: number }) {
  const t = useTexts().window;
  const [before, after] = t.probeSeen('\u0000').split('\u0000');
  return (
    <>
      {before}
      <Ago at={at} />
      {after}
    </>
  );
}

/** Guide, deliveries, pause, removal; and the rules, folded away until somebody wants them. */
function SourceCareRow({ source, care }: { readonly source: Source; readonly care: SourceCare }) {
  const { sourcesScreen: t, window } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState('');
  const pause = (): void => {
    void ask('updateSource', { id: source.id, changes: { paused: !source.paused } }).then((reply) =>
      setRefusal(reply.ok ? '' : window.refused(reply.error.message)),
    );
  };
  return (
    <>
      <div className="source-care">
        <button type="button" className="button" onClick={care.onGuide}>
          {t.setUp}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => care.onShowDeliveries({ sourceId: source.id })}
        >
          {t.showDeliveries}
        </button>
        <button
          type="button"
          className="button"
          aria-describedby={`pause-help-${source.id}`}
          title={t.pauseHelp}
          onClick={pause}
        >
          {source.paused ? t.resume : t.pause}
        </button>
        <span className="visually-hidden" id={`pause-help-${source.id}`}>
          {t.pauseHelp}
        </span>
        <button type="button" className="button" onClick={care.onRemove}>
          {t.remove}
        </button>
        <span className="warning-text" role="alert">
          {refusal}
        </span>
      </div>
      <details className="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t.rules}</summary>
        {isOpen && (
          <>
            <SourceRules source={source} />
            <SecretRotation source={source} />
          </>
        )}
      </details>
    </>
  );
}
