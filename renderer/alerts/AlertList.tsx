import type { MouseEvent, RefObject } from 'react';
import { Collection, GridList, GridListLoadMoreItem } from 'react-aria-components/GridList';
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import type { Alert, AlertId } from '../../shared/alert.ts';
import { useTexts } from '../controls/texts.ts';
import { AlertRow, rowHeight } from './AlertRow.tsx';

interface AlertListProps {
  readonly listRef: RefObject<HTMLDivElement | null>;
  readonly rows: readonly Alert[];
  readonly selected: ReadonlySet<AlertId>;
  readonly onSelect: (ids: ReadonlySet<AlertId>) => void;
  /** The focus came to a row, by pointer or key. */
  readonly onFocusRow: (id: AlertId) => void;
  /** A row was clicked. */
  readonly onOpen: (id: AlertId) => void;
  /** Non-null while there are older alerts to fetch. */
  readonly onLoadMore: (() => void) | null;
  readonly isLoadingMore: boolean;
}

/** The list: virtual, roving focus, several selectable. Letters are shortcuts, so typing ahead is off. */
export function AlertList(props: AlertListProps) {
  const { listRef, rows, selected, onSelect, onFocusRow, onOpen, onLoadMore, isLoadingMore } = props;
  const t = useTexts().window;

  // Ctrl/Cmd click and Shift click select, as in every desktop list; the component knows them only once something is selected.
  const onClickCapture = (event: MouseEvent<HTMLElement>): void => {
    if (!isModified(event)) return;
    const id = idOfRow(event.target);
    if (id === null) return;
    event.stopPropagation();
    const next = new Set(selected);
    if (event.shiftKey) {
      const from = rows.findIndex((alert) => alert.id === [...selected].at(-1));
      const to = rows.findIndex((alert) => alert.id === id);
      for (const alert of rows.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1)) next.add(alert.id);
    } else if (!next.delete(id)) next.add(id);
    onSelect(next);
  };

  return (
    <div
      className="list-holder"
      onFocusCapture={(event) => {
        const id = idOfRow(event.target);
        if (id !== null) onFocusRow(id);
      }}
      onPointerDownCapture={(event) => {
        if (isModified(event) && idOfRow(event.target) !== null) event.stopPropagation();
      }}
      onClickCapture={onClickCapture}
    >
      <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: rowHeight, loaderSize: 40 }}>
        <GridList
          ref={listRef}
          className="list"
          aria-label={t.listName}
          selectionMode="multiple"
          selectionBehavior="toggle"
          selectedKeys={selected}
          disallowTypeAhead
          escapeKeyBehavior="none"
          onSelectionChange={(keys) =>
            onSelect(
              new Set(rows.filter((alert) => keys === 'all' || keys.has(alert.id)).map((alert) => alert.id)),
            )
          }
          onAction={(key) => {
            const alert = rows.find((row) => row.id === key);
            if (alert !== undefined) onOpen(alert.id);
          }}
        >
          <Collection items={rows}>{(alert) => <AlertRow alert={alert} />}</Collection>
          {onLoadMore !== null && (
            <GridListLoadMoreItem className="list-more" onLoadMore={onLoadMore} isLoading={isLoadingMore}>
              {t.loading}
            </GridListLoadMoreItem>
          )}
        </GridList>
      </Virtualizer>
    </div>
  );
}

function isModified(event: { readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean }): boolean {
  return event.ctrlKey || event.metaKey || event.shiftKey;
}

/** The alert a row or anything inside it belongs to. */
function idOfRow(target: EventTarget): AlertId | null {
  const key = target instanceof Element ? target.closest<HTMLElement>('[role="row"][data-key]')?.dataset.key : null;
  return key !== undefined && key !== null && /^A\d+$/.test(key) ? (key as AlertId) : null;
}

/** Brings a row into view and gives it the focus. */
export function focusRow(list: HTMLElement, rows: readonly Alert[], id: AlertId): void {
  const index = rows.findIndex((alert) => alert.id === id);
  if (index < 0) return;
  const top = index * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
  // The row may only exist once the list has been drawn at its new place.
  const tryFocus = (attempts: number): void => {
    const row = list.querySelector<HTMLElement>(`[role="row"][data-key="${id}"]`);
    if (row !== null) row.focus();
    else if (attempts > 0) requestAnimationFrame(() => tryFocus(attempts - 1));
  };
  tryFocus(5);
}

/** Moves the focus by one row as the arrow key does, by pressing it: the list owns its focus and offers no other door. */
export function moveFocus(list: HTMLElement, key: 'ArrowDown' | 'ArrowUp'): boolean {
  const row = document.activeElement;
  if (!(row instanceof HTMLElement) || !list.contains(row) || row.getAttribute('role') !== 'row') return false;
  row.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  return true;
}
