import BellRing from 'lucide-react/icons/bell-ring';
import type { SourceKind } from '../../shared/alert.ts';
import { isListening } from '../../shared/hearing.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { AddSource } from '../sources/AddSource.tsx';
import { SourceCard } from '../sources/SourceCard.tsx';

/** True until the first delivery has ever arrived: no source, or none that was ever called. */
export function isFirstRun(live: LiveState): boolean {
  return live.link === 'live' && live.sources.every((source) => source.counts.deliveries === 0);
}

/** Whether such a sender can reach us: CloudMonitor and ClusterControl are never on this computer, a script may be. */
export function canCall(live: LiveState, kind: SourceKind): boolean {
  if (live.health?.hearing.state !== 'hearing') return false;
  return live.health.tunnel !== null || kind === 'universal';
}

/** What a new user sees instead of an empty list: one click to an address, then what to do with it. */
export function FirstRun({ live }: { readonly live: LiveState }) {
  const t = useTexts().window;
  const newest = live.sources.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  if (newest === undefined) {
    return (
      <main className="welcome welcome-first">
        <BellRing aria-hidden="true" size={32} />
        <h1>{t.welcome}</h1>
        <p>{t.welcomeText}</p>
        <AddSource isPrimary />
      </main>
    );
  }
  return (
    <main className="page">
      <div className="page-column">
        <header className="welcome">
          {/* Nobody can call while we are deaf, and nobody elsewhere without a way in; the bar above says why. */}
          <h1>{canCall(live, newest.kind) ? t.sourceAdded[newest.kind] : t.sourceWaits[newest.kind]}</h1>
        </header>
        <SourceCard
          source={newest}
          port={live.health?.listener.port ?? 0}
          publicUrl={live.health?.tunnel?.publicUrl ?? null}
          isListening={live.health !== null && isListening(live.health.hearing)}
        />
      </div>
    </main>
  );
}
