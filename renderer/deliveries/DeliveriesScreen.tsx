import Inbox from 'lucide-react/icons/inbox';
import ListFilter from 'lucide-react/icons/list-filter';
import ServerOff from 'lucide-react/icons/server-off';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { AlertId, DeliveryId } from '../../shared/alert.ts';
import type { DeliveryDetail } from '../../shared/bridge.ts';
import { Blank } from '../alerts/EmptyList.tsx';
import { useHold } from '../alerts/use-held-rows.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import { useShortcuts } from '../controls/use-shortcuts.ts';
import { useWide } from '../controls/use-wide.ts';
import type { LiveState } from '../live-state.ts';
import { DeliveryDetailPane } from './DeliveryDetailPane.tsx';
import { DeliveryFilterBar } from './DeliveryFilterBar.tsx';
import { DeliveryList, type DeliveryListHandle } from './DeliveryList.tsx';
import { DeliveryStatus } from './DeliveryStatus.tsx';
import { type DeliveryFilter, isNarrowing, noDeliveryFilter } from './delivery-pages.ts';
import { useDeliveries } from './use-deliveries.ts';

interface DeliveriesScreenProps {
  readonly live: LiveState;
  readonly filter: DeliveryFilter;
  readonly onFilter: (filter: DeliveryFilter) => void;
  readonly onShowAlert: (id: AlertId) => void;
  /** Whether we hear, under the top bar. */
  readonly bar: ReactNode;
  /** Escape, with nothing left to step back from. */
  readonly onLeave: () => void;
}

/** The ledger: every request of a source, what became of it, and why. */
export function DeliveriesScreen({
  live,
  filter,
  onFilter,
  onShowAlert,
  bar,
  onLeave,
}: DeliveriesScreenProps) {
  const { deliveriesScreen: t, window } = useTexts();
  const isWide = useWide();
  const [region, setRegion] = useState<HTMLElement | null>(null);
  const isHeld = useHold(region);
  const list = useRef<DeliveryListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  const listed = useDeliveries(filter, live.sources, isHeld);
  const { deliveries, next, error, isLoading, news } = listed;

  const [chosenId, setChosen] = useState<DeliveryId | null>(null);
  const [isOpen, setOpen] = useState(false);
  const firstId = deliveries[0]?.id ?? null;
  const isChosenListed = deliveries.some(({ id }) => id === chosenId);
  // With room for a detail there is always one; another filter shows another.
  useEffect(() => {
    if (isWide && firstId !== null && !isChosenListed) setChosen(firstId);
  }, [isWide, firstId, isChosenListed]);
  const current = useDeliveryDetail(chosenId);

  const sourceName = useCallback(
    (id: string) => live.sources.find((source) => source.id === id)?.name ?? t.removedSource(id),
    [live.sources, t],
  );
  const open = useCallback((id: DeliveryId) => {
    setChosen(id);
    setOpen(true);
  }, []);
  const backToList = useCallback(() => {
    setOpen(false);
    requestAnimationFrame(() => list.current?.focusCurrent());
  }, []);
  const clear = useCallback(() => onFilter(noDeliveryFilter), [onFilter]);

  useShortcuts({
    up: () => list.current?.move('ArrowUp'),
    down: () => list.current?.move('ArrowDown'),
    copy: () => {
      if (current.detail === null || current.detail.body === '') return false;
      return void ask('copyText', { text: current.detail.body });
    },
    search: () => {
      setOpen(false);
      requestAnimationFrame(() => search.current?.select());
    },
    escape: () => {
      const isSearching = document.activeElement === search.current;
      if (isSearching && filter.search !== '') onFilter({ ...filter, search: '' });
      else if (isSearching) search.current?.blur();
      else if ((!isWide && isOpen) || pane.current?.contains(document.activeElement)) backToList();
      else onLeave();
    },
  });

  const isListHidden = !isWide && isOpen;
  const isEmpty = deliveries.length === 0;
  const hasDetail = isWide ? !isEmpty : isListHidden;
  return (
    <>
      {!isListHidden && (
        <DeliveryFilterBar filter={filter} onFilter={onFilter} sources={live.sources} searchRef={search} />
      )}
      {bar}
      <main className="alerts" data-split={isWide && hasDetail}>
        <h1 className="visually-hidden">{t.title}</h1>
        <section className="list-pane" ref={setRegion} hidden={isListHidden} aria-label={t.title}>
          <DeliveryStatus
            shown={deliveries.length}
            next={next}
            isLoading={isLoading}
            news={news}
            onShowNews={listed.showNews}
            onGoOn={listed.loadMore}
          />
          {!isEmpty && (
            <DeliveryList
              handle={list}
              rows={deliveries}
              currentId={chosenId}
              sourceName={sourceName}
              onCurrent={setChosen}
              onOpen={open}
              onLoadMore={listed.loadMore}
            />
          )}
          {error !== null && (
            <Blank icon={<ServerOff aria-hidden="true" size={28} />} title={t.cannotList}>
              <p role="alert">{error.message}</p>
              <button type="button" className="button" onClick={listed.reload}>
                {window.tryAgain}
              </button>
            </Blank>
          )}
          {isEmpty && !isLoading && error === null && !isNarrowing(filter) && (
            <Blank icon={<Inbox aria-hidden="true" size={28} />} title={t.none}>
              <p>{t.noneText}</p>
            </Blank>
          )}
          {isEmpty && !isLoading && error === null && isNarrowing(filter) && (
            <Blank icon={<ListFilter aria-hidden="true" size={28} />} title={t.nothingMatches}>
              <button type="button" className="button" onClick={clear}>
                {t.clearFilter}
              </button>
            </Blank>
          )}
        </section>
        {hasDetail && (
          <section className="detail-pane" ref={pane} aria-label={t.detailName}>
            {current.detail !== null ? (
              <DeliveryDetailPane
                key={current.detail.id}
                delivery={current.detail}
                sourceName={sourceName(current.detail.sourceId)}
                onShowAlert={onShowAlert}
                onChanged={(changed) => {
                  current.set(changed);
                  listed.replace(changed);
                }}
                onBack={isWide ? null : backToList}
              />
            ) : (
              <p className="quiet detail-nothing">
                {current.error === null ? t.choose : `${t.cannotShow}: ${current.error}`}
              </p>
            )}
          </section>
        )}
      </main>
    </>
  );
}

interface CurrentDelivery {
  readonly detail: DeliveryDetail | null;
  readonly error: string | null;
  readonly set: (detail: DeliveryDetail) => void;
}

/** The whole of one delivery. The one before stays until the next is there, so that the pane does not flicker. */
function useDeliveryDetail(id: DeliveryId | null): CurrentDelivery {
  const [detail, setDetail] = useState<DeliveryDetail | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    let isStale = false;
    void ask('getDelivery', { id }).then((reply) => {
      if (isStale) return;
      setDetail(reply.ok ? reply.result : null);
      setError(reply.ok ? null : reply.error.message);
    });
    return () => {
      isStale = true;
    };
  }, [id]);
  return { detail, error, set: setDetail };
}
