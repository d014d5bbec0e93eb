import AlarmClock from 'lucide-react/icons/alarm-clock';
import AlarmClockOff from 'lucide-react/icons/alarm-clock-off';
import Check from 'lucide-react/icons/check';
import CircleCheck from 'lucide-react/icons/circle-check';
import Square from 'lucide-react/icons/square';
import SquareCheck from 'lucide-react/icons/square-check';
import Undo2 from 'lucide-react/icons/undo-2';
import { memo, useContext, useState } from 'react';
import type { Alert } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import type { Texts } from '../../shared/text/texts.ts';
import { readClock, useNow } from '../controls/clock.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { Age, Moment } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import { durationText, momentText } from '../controls/time-text.ts';
import { rowHeight } from './list-window.ts';
import { RowContext } from './row-context.ts';
import { shortCondition, shortResource } from './row-facts.ts';

/** Everything a row shows, as one sentence for a screen reader. */
export function rowSentence(alert: Alert, texts: Texts, now: number): string {
  const t = texts.window;
  const parts = [
    t.priority[alert.priority],
    alert.title === '' ? t.noTitle : alert.title,
    alert.resource,
    alert.noData ? t.noData : '',
    alert.value !== null && alert.condition !== null
      ? t.valueSpoken(alert.value, alert.condition)
      : (alert.value ?? ''),
    t.place[placeOf(alert)],
    `${t.since} ${momentText(texts.language, alert.openedAt, now)}`,
    alert.count > 1 ? t.timesSpoken(alert.count) : '',
    alert.sourceName,
  ];
  return parts.filter((part) => part !== '').join(t.sentenceJoin);
}

interface AlertRowProps {
  readonly alert: Alert;
  /** Place in the whole list, from 0. */
  readonly index: number;
  /** The one row that Tab leads to; only its buttons can be tabbed to. */
  readonly isTabStop: boolean;
  readonly isSelected: boolean;
}

/** One alert on two lines. */
export const AlertRow = memo(function AlertRow({ alert, index, isTabStop, isSelected }: AlertRowProps) {
  const texts = useTexts();
  const [isPointedAt, setPointedAt] = useState(false);
  return (
    <div
      className="row-holder"
      role="row"
      data-key={alert.id}
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      aria-label={rowSentence(alert, texts, readClock())}
      tabIndex={isTabStop ? 0 : -1}
      onPointerEnter={() => setPointedAt(true)}
      onPointerLeave={() => setPointedAt(false)}
      style={{ top: index * rowHeight, height: rowHeight }}
    >
      <div role="gridcell" className="row-cell">
        <RowContent
          alert={alert}
          isSelected={isSelected}
          isTabStop={isTabStop}
          isAtHand={isTabStop || isPointedAt}
        />
      </div>
    </div>
  );
});

interface RowContentProps extends Omit<AlertRowProps, 'index'> {
  /** The pointer is over it or Tab leads to it. Buttons of other rows are never seen, and scrolling is smoother without. */
  readonly isAtHand: boolean;
}

function RowContent({ alert, isSelected, isTabStop, isAtHand }: RowContentProps) {
  const t = useTexts().window;
  const row = useContext(RowContext);
  const place = placeOf(alert);
  return (
    <div
      className="row"
      data-place={place}
      data-priority={alert.priority}
      data-current={row.currentId === alert.id}
    >
      {/* Over the mark, for the pointer: keys have Space, and screen readers the row's own selection. */}
      {(isAtHand || isSelected) && (
        <button type="button" className="row-select" tabIndex={-1} aria-hidden="true" title={t.selectRow}>
          {isSelected ? <SquareCheck size={16} /> : <Square size={16} />}
        </button>
      )}
      <PriorityMark mark={place === 'resolved' ? 'resolved' : alert.priority} />
      <div className="row-lines">
        <div className="row-line">
          <span className="row-title">{alert.title === '' ? t.noTitle : alert.title}</span>
          {alert.count > 1 && <span className="row-count">{t.times(alert.count)}</span>}
          <span className="row-age">
            <Age at={alert.openedAt} />
          </span>
        </div>
        <div className="row-line row-facts">
          <span className="row-priority">{t.priority[alert.priority]}</span>
          <span className="row-resource">{shortResource(alert.resource)}</span>
          {alert.noData && <span className="row-no-data">{t.noData}</span>}
          {alert.value !== null && <span className="row-value">{alert.value}</span>}
          {alert.condition !== null && (
            <span className="row-condition">{shortCondition(alert.condition)}</span>
          )}
          <span className="row-end">
            {place !== 'open' && (
              <span className="row-place">
                {place === 'snoozed' && alert.snoozedUntil !== null ? (
                  <>
                    <AlarmClock aria-hidden="true" size={12} /> <Moment at={alert.snoozedUntil} />
                  </>
                ) : (
                  <>
                    {place === 'acknowledged' && <Check aria-hidden="true" size={12} />}
                    <span className="row-place-word">{t.place[place]}</span>
                    {place === 'acknowledged' && alert.acknowledgedAt !== null && (
                      <AcknowledgedFor at={alert.acknowledgedAt} />
                    )}
                  </>
                )}
              </span>
            )}
            {row.showSource && <span className="row-source">{alert.sourceName}</span>}
          </span>
        </div>
      </div>
      {isAtHand && place !== 'resolved' && (
        <div className="row-actions">
          {/* One button that changes its meaning: the focus stays on it. */}
          {place !== 'snoozed' && (
            <IconButton
              isTabbable={isTabStop}
              icon={
                place === 'open' ? (
                  <Check aria-hidden="true" size={16} />
                ) : (
                  <Undo2 aria-hidden="true" size={16} />
                )
              }
              label={place === 'open' ? t.acknowledge : t.unacknowledge}
              onPress={() => (place === 'open' ? row.acknowledge(alert) : row.unacknowledge(alert))}
            />
          )}
          {place === 'snoozed' ? (
            <IconButton
              isTabbable={isTabStop}
              icon={<AlarmClockOff aria-hidden="true" size={16} />}
              label={t.unsnooze}
              onPress={() => row.unsnooze(alert)}
            />
          ) : (
            <IconButton
              isTabbable={isTabStop}
              icon={<AlarmClock aria-hidden="true" size={16} />}
              label={t.snooze}
              onPress={(element) => row.openSnooze(alert, element)}
            />
          )}
          <IconButton
            isTabbable={isTabStop}
            icon={<CircleCheck aria-hidden="true" size={16} />}
            label={t.resolve}
            onPress={() => row.resolve(alert)}
          />
        </div>
      )}
    </div>
  );
}

/** An acknowledgement is easily forgotten: after this long it says so (product: life of an alert, 11). */
const forgottenAfterMs = 60 * 60_000;

/** How long ago it was acknowledged, once that is long ago. */
function AcknowledgedFor({ at }: { readonly at: number }) {
  const texts = useTexts();
  const now = useNow();
  if (now - at < forgottenAfterMs) return null;
  const age = durationText(texts.language, now - at);
  return (
    <span className="row-forgotten" title={texts.window.acknowledgedFor(age)}>
      {age}
    </span>
  );
}
