import ArrowUp from 'lucide-react/icons/arrow-up';
import type { ReactNode } from 'react';
import type { Alert } from '../../shared/alert.ts';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { useTexts } from '../controls/texts.ts';

interface ListStatusProps {
  readonly shown: number;
  readonly hidden: number;
  readonly onShowAll: () => void;
  /** Alerts that wait while somebody is at the list. */
  readonly waiting: readonly Alert[];
  readonly onShowWaiting: () => void;
  /** What to do with the selected alerts; takes the place of the counts. */
  readonly selectionBar: ReactNode | null;
}

/** The line above the list: how many, how many are hidden, what is new, or what to do with the selection. Always there, so nothing jumps. */
export function ListStatus(props: ListStatusProps) {
  const { shown, hidden, waiting } = props;
  const t = useTexts().window;
  const worst = waiting[0];
  return (
    <div className="list-status">
      {props.selectionBar ?? (
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
