import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { AddSource } from '../sources/AddSource.tsx';
import { SourceCard } from '../sources/SourceCard.tsx';

/** True until the first delivery has ever arrived: no source, or none that was ever called. */
export function isFirstRun(live: LiveState): boolean {
  return live.link === 'live' && live.sources.every((source) => source.counts.deliveries === 0);
}

/** What a new user sees instead of an empty list: one click to an address, then what to do with it. */
export function FirstRun({ live }: { readonly live: LiveState }) {
  const t = useTexts().window;
  const newest = [...live.sources].sort((a, b) => b.createdAt - a.createdAt)[0];
  return (
    <main className="page">
      <div className="page-column">
        <header className="welcome">
          <h1>{newest === undefined ? t.welcome : t.sourceAdded}</h1>
          {newest === undefined && <p>{t.welcomeText}</p>}
        </header>
        {newest === undefined ? (
          <AddSource isPrimary />
        ) : (
          <SourceCard
            source={newest}
            port={live.health?.listener.port ?? 0}
            publicUrl={live.health?.tunnel?.publicUrl ?? null}
          />
        )}
      </div>
    </main>
  );
}
