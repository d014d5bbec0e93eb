// A virtual list written for rows of one height. react-aria's GridList was tried first: it builds its collection anew with
// every change, which at 10,000 alerts blocked the window for 0.7 s on a 2-core machine; here it is under 0.05 s there.
import {
  type KeyboardEvent,
  memo,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Alert, AlertId } from '../../shared/alert.ts';
import { useTexts } from '../controls/texts.ts';
import { AlertRow } from './AlertRow.tsx';
import { toggled } from './alert-filter.ts';
import { rowAfterKey, rowHeight, scrollToShow, visibleRange } from './list-window.ts';
import { extendedTo, type Span } from './row-selection.ts';

/** What the screen may ask of the list. */
export interface AlertListHandle {
  /** Brings a row into view and gives it the focus; false when there is no such row. */
  readonly focusRow: (id: AlertId) => boolean;
  /** Moves the focus by rows; enters at the current row when the focus is elsewhere. */
  readonly move: (key: 'ArrowDown' | 'ArrowUp') => void;
}

interface AlertListProps {
  readonly handle: RefObject<AlertListHandle | null>;
  readonly rows: readonly Alert[];
  /** The alert whose detail is shown: the row that Tab leads to. */
  readonly currentId: AlertId | null;
  readonly selected: ReadonlySet<AlertId>;
  readonly onSelect: (ids: ReadonlySet<AlertId>) => void;
  /** How many more rows could be seen without scrolling. */
  readonly onRoom: (freeRows: number) => void;
  /** The focus came to a row, by pointer or key. */
  readonly onFocusRow: (id: AlertId) => void;
  /** A row was clicked. */
  readonly onOpen: (id: AlertId) => void;
  /** Non-null while there are older alerts to fetch. */
  readonly onLoadMore: (() => void) | null;
  readonly isLoadingMore: boolean;
}

/** The list: a grid with roving focus, several rows selectable. Letters are shortcuts (controls/shortcuts.ts). */
export const AlertList = memo(function AlertList(props: AlertListProps) {
  const { handle, rows, currentId, selected, onSelect, onRoom, onFocusRow, onOpen, onLoadMore } = props;
  const t = useTexts().window;
  const grid = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  /** Set while a row that is not drawn yet is to receive the focus. */
  const wanted = useRef<AlertId | null>(null);

  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const measure = (): void => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  const freeRows = view.top === 0 ? Math.max(0, Math.floor(view.height / rowHeight) - rows.length) : 0;
  useEffect(() => onRoom(freeRows), [onRoom, freeRows]);

  const range = visibleRange(view.top, view.height, rows.length);
  const currentIndex = rows.findIndex((alert) => alert.id === currentId);
  const tabStop = Math.max(0, currentIndex);
  const drawn = rows
    .slice(range.from, range.to)
    .map((alert, offset) => ({ alert, index: range.from + offset }));
  // The row with the focus stays drawn wherever the list is scrolled to: focus must not be lost by scrolling.
  const stop = rows[tabStop];
  if (stop !== undefined && tabStop < range.from) drawn.unshift({ alert: stop, index: tabStop });
  else if (stop !== undefined && tabStop >= range.to) drawn.push({ alert: stop, index: tabStop });

  const focusIndex = useCallback(
    (index: number): boolean => {
      const element = grid.current;
      const alert = rows[index];
      if (element === null || alert === undefined) return false;
      element.scrollTop = scrollToShow(index, element.scrollTop, element.clientHeight);
      setView({ top: element.scrollTop, height: element.clientHeight });
      wanted.current = alert.id;
      onFocusRow(alert.id);
      return true;
    },
    [rows, onFocusRow],
  );
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = grid.current?.querySelector<HTMLElement>(`[data-key="${wanted.current}"]`);
    if (row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  // A button that vanishes with its meaning (Resolve) leaves the focus nowhere: it goes back to the row.
  const isInside = useRef(false);
  useLayoutEffect(() => {
    if (!isInside.current || document.activeElement !== document.body) return;
    grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true });
  });

  useImperativeHandle(
    handle,
    () => ({
      focusRow: (id) => focusIndex(rows.findIndex((alert) => alert.id === id)),
      move: (key) => {
        const hasFocus = grid.current?.contains(document.activeElement) ?? false;
        focusIndex(hasFocus ? (rowAfterKey(key, tabStop, rows.length, 1) ?? tabStop) : tabStop);
      },
    }),
    [rows, tabStop, focusIndex],
  );

  useEffect(() => {
    if (onLoadMore !== null && view.height > 0 && range.to >= rows.length) onLoadMore();
  }, [onLoadMore, range.to, rows.length, view.height]);

  const span = useRef<Span | null>(null);
  const extendTo = (to: number): void => {
    span.current = extendedTo(to, tabStop, rows, selected, span.current);
    if (span.current !== null) onSelect(span.current.made);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || !(event.target instanceof HTMLElement)) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      moveInsideRow(event.target, event.key);
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === 'a') {
      event.preventDefault();
      onSelect(new Set(rows.map((alert) => alert.id)));
      return;
    }
    const to = rowAfterKey(
      event.key,
      tabStop,
      rows.length,
      Math.max(1, Math.floor(view.height / rowHeight) - 1),
    );
    if (to === null) return;
    event.preventDefault();
    if (event.shiftKey) extendTo(to);
    else span.current = null;
    focusIndex(to);
  };

  // As in every desktop list: a click opens, Ctrl/Cmd click adds one, Shift click adds up to here.
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const id = idOfRow(event.target);
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const isCheckbox = button?.classList.contains('row-select') ?? false;
    if (id === null || (button !== null && !isCheckbox)) return;
    if (event.shiftKey) extendTo(rows.findIndex((alert) => alert.id === id));
    else if (event.ctrlKey || event.metaKey || isCheckbox) {
      const made = toggled(selected, id);
      span.current = { anchor: id, base: made, made };
      onSelect(made);
      focusIndex(rows.findIndex((alert) => alert.id === id));
    } else onOpen(id);
  };

  return (
    <div
      ref={grid}
      className="list"
      role="grid"
      tabIndex={-1}
      aria-label={t.listName}
      aria-multiselectable="true"
      aria-rowcount={rows.length}
      onScroll={(event) =>
        setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
      }
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        // Shift click selects rows, not the words in them, and the checkbox takes no focus from its row.
        const isCheckbox = event.target instanceof Element && event.target.closest('.row-select') !== null;
        if (event.shiftKey || isCheckbox) event.preventDefault();
      }}
      onClick={onClick}
      onBlur={(event) => {
        // Not for an element on its way out of the page: then the focus was not taken elsewhere by anybody.
        if (event.target.isConnected && !event.currentTarget.contains(event.relatedTarget))
          isInside.current = false;
      }}
      onFocus={(event) => {
        isInside.current = true;
        const id = idOfRow(event.target);
        if (id !== null) onFocusRow(id);
      }}
    >
      <div className="list-space" role="presentation" style={{ height: rows.length * rowHeight }}>
        {drawn.map(({ alert, index }) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            index={index}
            isTabStop={index === tabStop}
            isSelected={selected.has(alert.id)}
          />
        ))}
      </div>
      {props.isLoadingMore && (
        <p className="list-more" role="presentation">
          {t.loading}
        </p>
      )}
    </div>
  );
});

/** Left and right walk the buttons of a row; left of the first is the row itself. */
function moveInsideRow(from: HTMLElement, key: 'ArrowLeft' | 'ArrowRight'): void {
  const row = from.closest<HTMLElement>('[role="row"]');
  if (row === null) return;
  const stops = [row, ...row.querySelectorAll<HTMLElement>('.row-actions button')];
  const at = stops.findIndex((stop) => stop === from);
  stops[Math.min(stops.length - 1, Math.max(0, at + (key === 'ArrowRight' ? 1 : -1)))]?.focus();
}

/** The alert a row or anything inside it belongs to. */
function idOfRow(target: EventTarget): AlertId | null {
  const key =
    target instanceof Element ? target.closest<HTMLElement>('[role="row"]')?.dataset.key : undefined;
  return key !== undefined && /^A\d+$/.test(key) ? (key as AlertId) : null;
}
