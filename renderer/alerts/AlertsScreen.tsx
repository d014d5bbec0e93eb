import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';
import { countAlerts } from '../../shared/alert-order.ts';
import type { Priority } from '../../shared/priority.ts';
import { useTexts } from '../controls/texts.ts';
import { useShortcuts } from '../controls/use-shortcuts.ts';
import { useWide } from '../controls/use-wide.ts';
import type { LiveState } from '../live-state.ts';
import { OnCallChip } from '../on-call/OnCallChip.tsx';
import { FirstRun, isFirstRun } from '../setup/FirstRun.tsx';
import { AlertDetailPane } from './AlertDetailPane.tsx';
import { AlertList, type AlertListHandle } from './AlertList.tsx';
import type { AlertActs } from './alert-acts.ts';
import { type AlertFilter, isNarrowed, noFilter, toggled, wantsResolved } from './alert-filter.ts';
import { DetailActions } from './DetailActions.tsx';
import { EmptyList, emptinessOf } from './EmptyList.tsx';
import { FilterBar } from './FilterBar.tsx';
import { ListStatus } from './ListStatus.tsx';
import { RowContext } from './row-context.ts';
import { SelectionBar } from './SelectionBar.tsx';
import { SnoozeMenu, type SnoozeRequest } from './SnoozeMenu.tsx';
import { alertOfDetail, useAlertDetail } from './use-alert-detail.ts';
import { useFirstFocus } from './use-first-focus.ts';
import { useReportView } from './use-report-view.ts';
import { useRowSelection } from './use-row-selection.ts';
import { useShownAlerts } from './use-shown-alerts.ts';

/** What the screen remembers while another one is shown. */
export interface AlertsView {
  readonly filter: AlertFilter;
  readonly currentId: AlertId | null;
  /** In a narrow window: the detail covers the list. */
  readonly isDetailOpen: boolean;
}
export const freshView: AlertsView = { filter: noFilter, currentId: null, isDetailOpen: false };

interface AlertsScreenProps {
  readonly live: LiveState;
  /** Whether we hear, under the top bar. */
  readonly bar: ReactNode;
  readonly acts: AlertActs;
  readonly view: AlertsView;
  readonly onView: (change: (before: AlertsView) => AlertsView) => void;
  /** The alert that a notification was clicked for; the focus goes there once. */
  readonly focusRequest: { readonly id: AlertId } | null;
}

const noAlerts: readonly Alert[] = [];

/** List and detail. */
export function AlertsScreen({ live, bar, acts: givenActs, view, onView, focusRequest }: AlertsScreenProps) {
  const texts = useTexts();
  const { filter, currentId } = view;
  const isWide = useWide();
  const setFilter = useCallback(
    (next: AlertFilter) => onView((before) => ({ ...before, filter: next })),
    [onView],
  );
  const setCurrent = useCallback(
    (id: AlertId) => onView((before) => (before.currentId === id ? before : { ...before, currentId: id })),
    [onView],
  );
  const openDetail = useCallback(
    (id: AlertId) => onView((before) => ({ ...before, currentId: id, isDetailOpen: true })),
    [onView],
  );

  const [region, setRegion] = useState<HTMLElement | null>(null);
  const list = useRef<AlertListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const snoozeButton = useRef<HTMLButtonElement>(null);
  const detailPane = useRef<HTMLElement>(null);

  const shown = useShownAlerts(live, filter, region);
  const { rows, waiting, hidden } = shown;
  const [room, setRoom] = useState(0);
  useReportView(
    live.link === 'live' && !isNarrowed(filter) && !shown.isHeld && (isWide || !view.isDetailOpen)
      ? rows.length === 0
        ? 1
        : room
      : 0,
  );
  const counts = useMemo(
    () => (live.revision < 0 ? null : countAlerts(live.alerts.values())),
    [live.alerts, live.revision],
  );

  // Selection and the current alert
  const { selectedIds, setSelectedIds, selected, clearSelection, acts } = useRowSelection(rows, givenActs);
  const firstId = rows[0]?.id ?? null;
  const liveCurrent = currentId === null ? undefined : shown.find(currentId);
  const tick = currentId === null ? 0 : (live.timelineTicks.get(currentId) ?? 0);
  const { detail, error } = useAlertDetail(currentId, liveCurrent, tick);
  const current = liveCurrent ?? (detail === null ? undefined : alertOfDetail(detail));
  const [isNoting, setNoting] = useState(false);
  const [snoozeRequest, setSnoozeRequest] = useState<SnoozeRequest | null>(null);

  // With room for a detail there is always one; once chosen it stays until somebody chooses another.
  useEffect(() => {
    const isLost = current === undefined && error !== null;
    if (isWide && firstId !== null && (currentId === null || isLost)) setCurrent(firstId);
  }, [isWide, firstId, currentId, current, error, setCurrent]);

  // Another filter shows other alerts: the detail follows, unless an alert was chosen together with the filter.
  const chosen = useRef({ filter, currentId });
  useEffect(() => {
    const before = chosen.current;
    if (before.filter === filter || before.currentId !== currentId) chosen.current = { filter, currentId };
    else if (firstId !== null) {
      chosen.current = { filter, currentId };
      if (isWide && !rows.some((alert) => alert.id === currentId)) setCurrent(firstId);
    }
  }, [filter, currentId, firstId, isWide, rows, setCurrent]);

  // Another alert means another note.
  useEffect(() => setNoting(false), [currentId]);

  const isListHidden = !isWide && view.isDetailOpen && current !== undefined;
  const reachable = currentId === null ? firstId : (rows.find((alert) => alert.id === currentId)?.id ?? null);
  useFirstFocus(list, isListHidden ? null : reachable, live.link === 'live');

  // A clicked notification: the list is already rid of its filter, so the row is there or the alert is resolved.
  // Once per request, not with every new row.
  useEffect(() => {
    if (focusRequest !== null) list.current?.focusRow(focusRequest.id);
  }, [focusRequest]);

  const openSnooze = useCallback(
    (alerts: readonly Alert[], anchor: Element) => setSnoozeRequest({ alerts, anchor }),
    [],
  );
  const showAll = useCallback(() => setFilter(noFilter), [setFilter]);
  const backToList = useCallback(() => {
    onView((before) => ({ ...before, isDetailOpen: false }));
    const id = currentId;
    // The list may be hidden until the next frame, and what is hidden takes no focus.
    if (id !== null) requestAnimationFrame(() => list.current?.focusRow(id));
  }, [onView, currentId]);

  /** What a key speaks of: the selection if there is one. */
  const targets = selected.length > 0 ? selected : current === undefined ? noAlerts : [current];
  const withCurrent = (act: (alert: Alert) => void) => (): boolean => {
    if (current === undefined) return false;
    act(current);
    return true;
  };
  const onlyPriority = (priority: Priority) => (): void => {
    setFilter({ ...filter, priorities: toggled(filter.priorities, priority) });
  };
  useShortcuts({
    up: () => list.current?.move('ArrowUp'),
    down: () => list.current?.move('ArrowDown'),
    open: withCurrent((alert) => {
      openDetail(alert.id);
      requestAnimationFrame(() => detailPane.current?.querySelector<HTMLElement>('#detail-title')?.focus());
    }),
    acknowledge: withCurrent((alert) => acts.acknowledge([alert])),
    'acknowledge-selected': () => acts.acknowledge(selected),
    snooze: () => {
      const row = document.activeElement?.closest('[role="row"]');
      const anchor = row?.querySelector('.row-age') ?? snoozeButton.current ?? region;
      if (anchor !== null && targets.length > 0) openSnooze(targets, anchor);
    },
    resolve: () => acts.resolve(targets),
    note: withCurrent((alert) => {
      openDetail(alert.id);
      setNoting(true);
    }),
    copy: () => {
      if (targets.length > 0) acts.copy(targets, 'text');
    },
    'open-link': withCurrent((alert) => {
      const link = alert.links[0];
      if (link !== undefined) acts.openLink(link.url);
    }),
    select: withCurrent((alert) => setSelectedIds(toggled(selectedIds, alert.id))),
    search: () => {
      onView((before) => ({ ...before, isDetailOpen: false }));
      requestAnimationFrame(() => search.current?.select());
    },
    'only-critical': onlyPriority('critical'),
    'only-medium': onlyPriority('medium'),
    'only-low': onlyPriority('low'),
    escape: () => {
      if (isNoting) setNoting(false);
      else if (document.activeElement === search.current && filter.search !== '')
        setFilter({ ...filter, search: '' });
      else if (document.activeElement === search.current) search.current?.blur();
      else if (selected.length > 0) clearSelection();
      else if (!isWide && view.isDetailOpen) backToList();
      else if (detailPane.current?.contains(document.activeElement)) backToList();
      else window.close();
    },
  });

  const rowContext = useMemo(
    () => ({
      currentId: isWide ? currentId : null,
      showSource: live.sources.length > 1,
      acknowledge: (alert: Alert) => acts.acknowledge([alert]),
      unacknowledge: (alert: Alert) => acts.unacknowledge([alert]),
      openSnooze: (alert: Alert, anchor: Element) => openSnooze([alert], anchor),
      unsnooze: (alert: Alert) => acts.unsnooze([alert]),
      resolve: (alert: Alert) => acts.resolve([alert]),
    }),
    [isWide, currentId, live.sources.length, acts, openSnooze],
  );

  if (live.alerts.size === 0 && !isNarrowed(filter) && isFirstRun(live)) {
    return (
      <>
        {bar}
        <FirstRun live={live} />
      </>
    );
  }

  const hasDetail = isWide ? rows.length > 0 || current !== undefined : isListHidden;
  return (
    <>
      {!isListHidden && (
        <FilterBar
          filter={filter}
          onFilter={setFilter}
          counts={counts}
          sources={live.sources}
          searchRef={search}
          onCall={live.health === null ? null : <OnCallChip onCall={live.health.onCall} />}
        />
      )}
      {bar}
      <main className="alerts" data-split={isWide && hasDetail}>
        <h1 className="visually-hidden">{texts.window.alerts}</h1>
        <section
          className="list-pane"
          ref={setRegion}
          hidden={isListHidden}
          aria-label={texts.window.listName}
        >
          {(rows.length > 0 || hidden > 0) && (
            <ListStatus
              shown={rows.length}
              hidden={hidden}
              onShowAll={showAll}
              waiting={waiting}
              onShowWaiting={shown.showWaiting}
              selectionBar={
                selected.length === 0 ? null : (
                  <SelectionBar
                    selected={selected}
                    shown={rows.length}
                    acts={acts}
                    onSnooze={openSnooze}
                    onSelectAll={() => setSelectedIds(new Set(rows.map((alert) => alert.id)))}
                    onClear={clearSelection}
                  />
                )
              }
            />
          )}
          {rows.length > 0 ? (
            <RowContext.Provider value={rowContext}>
              <AlertList
                handle={list}
                currentId={currentId}
                rows={rows}
                onRoom={setRoom}
                selected={selectedIds}
                onSelect={setSelectedIds}
                onFocusRow={setCurrent}
                onOpen={openDetail}
                onLoadMore={shown.loadMore}
                isLoadingMore={shown.isLoading}
              />
            </RowContext.Provider>
          ) : (
            live.link !== 'connecting' &&
            !shown.isLoading && (
              <EmptyList
                emptiness={emptinessOf(live, isNarrowed(filter), hidden, wantsResolved(filter))}
                live={live}
                hidden={hidden}
                onShowAll={showAll}
              />
            )
          )}
        </section>
        {hasDetail && (
          <section className="detail-pane" ref={detailPane} aria-label={texts.window.detailName}>
            {current === undefined ? (
              <p className="quiet detail-nothing">{texts.window.nothingChosen}</p>
            ) : (
              <AlertDetailPane
                key={current.id}
                alert={current}
                detail={detail}
                onOpenLink={acts.openLink}
                onBack={isWide ? null : backToList}
                actions={
                  <DetailActions
                    alert={current}
                    acts={acts}
                    onSnooze={(alert, anchor) => openSnooze([alert], anchor)}
                    snoozeRef={snoozeButton}
                    isNoting={isNoting}
                    onNoting={setNoting}
                  />
                }
              />
            )}
          </section>
        )}
      </main>
      <SnoozeMenu request={snoozeRequest} onChoose={acts.snooze} onClose={() => setSnoozeRequest(null)} />
    </>
  );
}
