import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Delivery, DeliveryId } from '../../shared/alert.ts';
import { formatBytes } from '../../shared/text/byte-text.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';
import { rowAfterKey, rowHeight, scrollToShow, visibleRange } from '../alerts/list-window.ts';
import { useNow } from '../controls/clock.ts';
import { exactText, secondText } from '../controls/time-text.ts';
import { useTexts } from '../controls/texts.ts';
import { VerdictMark } from './VerdictMark.tsx';

/** What the screen may ask of the list. */
export interface DeliveryListHandle {
  /** Moves the focus by rows; enters at the current row when the focus is elsewhere. */
  readonly move: (key: 'ArrowDown' | 'ArrowUp') => void;
  readonly focusCurrent: () => void;
}

interface DeliveryListProps {
  readonly handle: RefObject<DeliveryListHandle | null>;
  readonly rows: readonly Delivery[];
  readonly currentId: DeliveryId | null;
  readonly sourceName: (id: string) => string;
  /** The focus came to a row, by pointer or key. */
  readonly onCurrent: (id: DeliveryId) => void;
  /** A row was clicked, or Enter was pressed on it. */
  readonly onOpen: (id: DeliveryId) => void;
  /** The end of the list is in view. */
  readonly onLoadMore: () => void;
}

/** A list of one choice with roving focus; only rows in view are drawn. What comes in above does not move what is in view. */
export function DeliveryList(props: DeliveryListProps) {
  const { handle, rows, currentId, sourceName, onCurrent, onOpen, onLoadMore } = props;
  const { deliveriesScreen: t } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  /** Set while a row that is not drawn yet is to receive the focus. */
  const wanted = useRef<DeliveryId | null>(null);

  const measure = useCallback((): void => {
    const element = list.current;
    if (element !== null) setView({ top: element.scrollTop, height: element.clientHeight });
  }, []);
  useLayoutEffect(() => {
    if (list.current === null) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(list.current);
    measure();
    return () => observer.disconnect();
  }, [measure]);

  const topId = useRef<DeliveryId | null>(null);
  useLayoutEffect(() => {
    const element = list.current;
    const before = topId.current;
    topId.current = rows[0]?.id ?? null;
    if (element === null || before === null || element.scrollTop === 0) return;
    const moved = rows.findIndex(({ id }) => id === before);
    if (moved > 0) element.scrollTop += moved * rowHeight;
  }, [rows]);

  const currentIndex = rows.findIndex(({ id }) => id === currentId);
  const tabStop = Math.max(0, currentIndex);
  const focusIndex = (index: number): void => {
    const element = list.current;
    const row = rows[index];
    if (element === null || row === undefined) return;
    element.scrollTop = scrollToShow(index, element.scrollTop, element.clientHeight);
    measure();
    wanted.current = row.id;
    onCurrent(row.id);
  };
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = list.current?.querySelector<HTMLElement>(`[data-key="${wanted.current}"]`);
    if (row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  useImperativeHandle(handle, () => ({
    move: (key) => {
      const hasFocus = list.current?.contains(document.activeElement) ?? false;
      focusIndex(hasFocus ? (rowAfterKey(key, tabStop, rows.length, 1) ?? tabStop) : tabStop);
    },
    focusCurrent: () => focusIndex(tabStop),
  }));

  const range = visibleRange(view.top, view.height, rows.length);
  useEffect(() => {
    if (view.height > 0 && range.to >= rows.length) onLoadMore();
  }, [range.to, rows.length, view.height, onLoadMore]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const row = rows[tabStop];
    if ((event.key === 'Enter' || event.key === ' ') && row !== undefined) {
      event.preventDefault();
      onOpen(row.id);
      return;
    }
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const to = rowAfterKey(event.key, tabStop, rows.length, page);
    if (to === null) return;
    event.preventDefault();
    focusIndex(to);
  };

  return (
    <div
      ref={list}
      className="list"
      role="listbox"
      tabIndex={-1}
      aria-label={t.listName}
      onScroll={measure}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        const key =
          target instanceof Element ? target.closest<HTMLElement>('[role="option"]')?.dataset.key : undefined;
        const row = rows.find(({ id }) => id === key);
        if (row !== undefined) onOpen(row.id);
      }}
    >
      <div className="list-space" role="presentation" style={{ height: rows.length * rowHeight }}>
        {rows.slice(range.from, range.to).map((delivery, offset) => {
          const index = range.from + offset;
          return (
            <div
              key={delivery.id}
              className="delivery-row"
              role="option"
              data-key={delivery.id}
              aria-selected={delivery.id === currentId}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              tabIndex={index === tabStop ? 0 : -1}
              style={{ top: index * rowHeight, height: rowHeight }}
              onFocus={() => onCurrent(delivery.id)}
            >
              <DeliveryLines delivery={delivery} source={sourceName(delivery.sourceId)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function DeliveryLines({ delivery, source }: { readonly delivery: Delivery; readonly source: string }) {
  const { language, window: t } = useTexts();
  const now = useNow();
  const { receivedAt, verdict, reason, bytes, remoteAddress } = delivery;
  return (
    <>
      <VerdictMark verdict={verdict} />
      <div className="row-lines">
        <div className="row-line">
          <span className="delivery-word" data-verdict={verdict}>
            {t.verdict[verdict]}
          </span>
          <span className="delivery-source">{source}</span>
          <time title={exactText(language, receivedAt)}>{secondText(language, receivedAt, now)}</time>
        </div>
        <div className="row-line delivery-second">
          <span className="delivery-reason">{reasonSentence(language, reason)}</span>
          <span>{formatBytes(language, bytes)}</span>
          <span>{remoteAddress}</span>
        </div>
      </div>
    </>
  );
}
