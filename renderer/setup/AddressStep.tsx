import { isListening } from '../../shared/hearing.ts';
import type { Source } from '../../shared/source.ts';
import { useTexts } from '../controls/texts.ts';
import { AddSource } from '../sources/AddSource.tsx';
import { SourceAddress } from '../sources/SourceAddress.tsx';
import { useSourceAddress } from '../sources/use-source-address.ts';
import { NextSteps } from './NextSteps.tsx';
import type { StepProps } from './setup-step.ts';

/** The address of the newest source and where to paste it. */
export function AddressStep({ live, heading }: StepProps) {
  const t = useTexts().setup;
  const newest = live.sources.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  return (
    <>
      <header className="welcome">
        <h1 ref={heading} tabIndex={-1}>
          {t.address}
        </h1>
        <p className="quiet">{newest === undefined ? t.addressNone : t.addressText}</p>
      </header>
      {newest === undefined ? (
        <AddSource isPrimary={false} />
      ) : (
        <AddressCard
          source={newest}
          port={live.health?.listener.port ?? 0}
          publicUrl={live.health?.tunnel?.publicUrl ?? null}
          isListening={live.health !== null && isListening(live.health.hearing)}
        />
      )}
    </>
  );
}

interface AddressCardProps {
  readonly source: Source;
  readonly port: number;
  readonly publicUrl: string | null;
  readonly isListening: boolean;
}

function AddressCard({ source, port, publicUrl, isListening: listens }: AddressCardProps) {
  const address = useSourceAddress(source, publicUrl);
  return (
    <section className="card" aria-label={source.name}>
      <h2>{source.name}</h2>
      {address !== null && <SourceAddress address={address} isListening={listens} />}
      <NextSteps kind={source.kind} port={port} hasPublicUrl={publicUrl !== null} />
    </section>
  );
}
