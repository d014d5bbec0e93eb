import type { Source } from '../../shared/source.ts';
import { Ago } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import { LastDelivery } from '../hearing/HearingLine.tsx';
import { NextSteps } from '../setup/NextSteps.tsx';
import { FormatEvidence } from './FormatEvidence.tsx';
import { SendTest } from './SendTest.tsx';
import { SourceAddress } from './SourceAddress.tsx';
import { useSourceAddress } from './use-source-address.ts';

interface SourceCardProps {
  readonly source: Source;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly isListening: boolean;
}

/** One source: is it alive, what is its address, does it work. */
export function SourceCard({ source, port, publicUrl, isListening }: SourceCardProps) {
  const t = useTexts().window;
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
      {source.counts.deliveries === 0 && (
        <NextSteps kind={source.kind} port={port} hasPublicUrl={address?.publicUrl != null} />
      )}
      <SendTest sourceId={source.id} isListening={isListening} />
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
