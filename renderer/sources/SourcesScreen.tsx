import { isListening } from '../../shared/hearing.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { AddSource } from './AddSource.tsx';
import { SourceCard } from './SourceCard.tsx';

/** Every sender, with its address. */
export function SourcesScreen({ live }: { readonly live: LiveState }) {
  const t = useTexts().window;
  return (
    <main className="page">
      <div className="page-column">
        {live.sources.length === 0 && (
          <section className="card">
            <h2>{t.noSources}</h2>
            <p>{t.noSourcesText}</p>
          </section>
        )}
        {live.sources.map((source) => (
          <SourceCard
            key={source.id}
            source={source}
            port={live.health?.listener.port ?? 0}
            publicUrl={live.health?.tunnel?.publicUrl ?? null}
            isListening={live.health !== null && isListening(live.health.hearing)}
          />
        ))}
        {live.link === 'live' && <AddSource isPrimary={live.sources.length === 0} />}
      </div>
    </main>
  );
}
