import AlarmClock from 'lucide-react/icons/alarm-clock';
import ArrowUp from 'lucide-react/icons/arrow-up';
import Check from 'lucide-react/icons/check';
import CircleCheck from 'lucide-react/icons/circle-check';
import X from 'lucide-react/icons/x';
import type { Alert } from '../../shared/alert.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { useTexts } from '../controls/texts.ts';
import type { AlertActs } from './alert-acts.ts';

interface ListStatusProps {
  readonly shown: number;
  readonly hidden: number;
  readonly onShowAll: () => void;
  /** Alerts that wait until nobody points at the list. */
  readonly waiting: readonly Alert[];
  readonly onShowWaiting: () => void;
  readonly selected: readonly Alert[];
  readonly onClearSelection: () => void;
  readonly acts: AlertActs;
  readonly onSnooze: (alerts: readonly Alert[], anchor: Element) => void;
}

/** The line above the list: how many, how many are hidden, what is new, or what to do with the selection. Always there, so nothing jumps. */
export function ListStatus(props: ListStatusProps) {
  const { shown, hidden, waiting, selected, acts } = props;
  const t = useTexts().window;
  const worst = waiting[0];
  return (
    <div className="list-status">
      {selected.length > 0 ? (
        <>
          <span className="list-status-words">{t.selected(selected.length)}</span>
          <IconButton
            icon={<Check aria-hidden="true" size={16} />}
            label={t.acknowledge}
            onPress={() => acts.acknowledge(selected)}
          />
          <IconButton
            icon={<AlarmClock aria-hidden="true" size={16} />}
            label={t.snooze}
            onPress={(element) => props.onSnooze(selected, element)}
          />
          <IconButton
            icon={<CircleCheck aria-hidden="true" size={16} />}
            label={t.resolve}
            onPress={() => acts.resolve(selected)}
          />
          <IconButton
            icon={<X aria-hidden="true" size={16} />}
            label={t.clearSelection}
            onPress={props.onClearSelection}
          />
        </>
      ) : (
        <span className="list-status-words">
          {t.alertCount(shown)}
          {hidden > 0 && (
            <>
              {' · '}
              {t.hidden(hidden)}{' '}
              <button type="button" className="text-button" onClick={props.onShowAll}>
                {t.showAll}
              </button>
            </>
          )}
        </span>
      )}
      {worst !== undefined && (
        <button
          type="button"
          className="new-button"
          aria-label={t.showNew(waiting.length)}
          onClick={props.onShowWaiting}
        >
          <PriorityMark mark={worst.state === 'resolved' ? 'resolved' : worst.priority} />
          {t.newAlerts(waiting.length)}
          <ArrowUp aria-hidden="true" size={12} />
        </button>
      )}
    </div>
  );
}
