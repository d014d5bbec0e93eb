import Plus from 'lucide-react/icons/plus';
import { useState, useSyncExternalStore } from 'react';
import type { SourceId } from '../../shared/alert.ts';
import { isListening } from '../../shared/hearing.ts';
import type { Source } from '../../shared/source.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import { useShortcuts } from '../controls/use-shortcuts.ts';
import type { DeliveryFilter } from '../deliveries/delivery-pages.ts';
import type { LiveState } from '../live-state.ts';
import { WayInSummary } from '../tunnel/WayInSummary.tsx';
import { NewSource } from './NewSource.tsx';
import { createRemovals } from './removals.ts';
import { SetupGuide } from './SetupGuide.tsx';
import { SourceCard } from './SourceCard.tsx';

interface SourcesScreenProps {
  readonly live: LiveState;
  readonly onShowDeliveries: (filter: Partial<DeliveryFilter>) => void;
  /** Leads to choosing how monitors reach this computer. */
  readonly onWayIn: () => void;
  /** Escape, with nothing left to step back from. */
  readonly onLeave: () => void;
}

type Page =
  | { readonly name: 'list' }
  | { readonly name: 'new' }
  | { readonly name: 'guide'; readonly id: SourceId };

const list: Page = { name: 'list' };
const removals = createRemovals((id) => ask('removeSource', { id }));

/** Every sender: its address, its rules, and the way to set it up. */
export function SourcesScreen({ live, onShowDeliveries, onWayIn, onLeave }: SourcesScreenProps) {
  const { sourcesScreen: t, tunnelSetup, window } = useTexts();
  const [page, setPage] = useState<Page>(list);
  const removing = useSyncExternalStore(removals.subscribe, removals.pending);
  const back = (): void => setPage(list);
  useShortcuts({ escape: page.name === 'list' ? onLeave : back });
  const facts = {
    port: live.health?.listener.port ?? 0,
    publicUrl: live.health?.tunnel?.publicUrl ?? null,
    isListening: live.health !== null && isListening(live.health.hearing),
  };
  const guided = page.name === 'guide' ? live.sources.find(({ id }) => id === page.id) : undefined;
  if (page.name === 'new') {
    return (
      <main className="page" key="new">
        <NewSource onCreated={(id) => setPage({ name: 'guide', id })} onCancel={back} />
      </main>
    );
  }
  if (guided !== undefined) {
    return (
      <main className="page" key={guided.id}>
        <SetupGuide source={guided} {...facts} onBack={back} onShowDeliveries={onShowDeliveries} />
      </main>
    );
  }
  return (
    <main className="page" key="list">
      <div className="page-column">
        {live.sources.length === 0 && (
          <section className="card">
            <h2>{window.noSources}</h2>
            <p>{window.noSourcesText}</p>
          </section>
        )}
        {live.link === 'live' && (
          <div>
            <button
              type="button"
              className={live.sources.length === 0 ? 'button primary' : 'button'}
              onClick={() => setPage({ name: 'new' })}
            >
              <Plus aria-hidden="true" size={14} />
              {t.addSource}
            </button>
          </div>
        )}
        {live.sources.length > 0 && live.health !== null && (
          <section className="card" aria-label={tunnelSetup.summary}>
            <h2>{tunnelSetup.summary}</h2>
            <WayInSummary live={live} onOpen={onWayIn} />
          </section>
        )}
        {live.sources.map((source) =>
          removing.has(source.id) ? (
            <LeavingSource key={source.id} source={source} />
          ) : (
            <SourceCard
              key={source.id}
              source={source}
              {...facts}
              care={{
                onGuide: () => setPage({ name: 'guide', id: source.id }),
                onRemove: () => removals.start(source.id),
                onShowDeliveries,
              }}
            />
          ),
        )}
      </div>
    </main>
  );
}

/** In place of the card, for as long as one may think again. */
function LeavingSource({ source }: { readonly source: Source }) {
  const { sourcesScreen: t } = useTexts();
  return (
    <section className="card leaving" role="status">
      <p>
        <strong>{t.removing(source.name)}</strong> {t.removingText(source.counts.open)}
      </p>
      <div>
        {/* The button that was pressed is gone; the way back takes its focus. */}
        <button type="button" className="button" autoFocus onClick={() => removals.keep(source.id)}>
          {t.keep}
        </button>
      </div>
    </section>
  );
}
