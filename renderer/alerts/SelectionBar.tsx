import AlarmClock from 'lucide-react/icons/alarm-clock';
import Check from 'lucide-react/icons/check';
import CircleCheck from 'lucide-react/icons/circle-check';
import X from 'lucide-react/icons/x';
import type { ReactNode } from 'react';
import type { Alert } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { useTexts } from '../controls/texts.ts';
import type { AlertActs } from './alert-acts.ts';
import { CopyMenu } from './CopyMenu.tsx';

interface SelectionBarProps {
  readonly selected: readonly Alert[];
  /** How many rows there are to select. */
  readonly shown: number;
  readonly acts: AlertActs;
  readonly onSnooze: (alerts: readonly Alert[], anchor: Element) => void;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
}

/** What can be done to the selected alerts. An action that means something to only some of them says to how many. */
export function SelectionBar({ selected, shown, acts, onSnooze, onSelectAll, onClear }: SelectionBarProps) {
  const t = useTexts().window;
  const open = selected.filter((alert) => placeOf(alert) === 'open');
  const unresolved = selected.filter((alert) => alert.state !== 'resolved');
  const words = (action: string, meant: readonly Alert[]): string =>
    meant.length === selected.length ? action : t.onlySome(action, meant.length);
  return (
    <div className="selection-bar" role="toolbar" aria-label={t.selectionName}>
      <span className="list-status-words" role="status">
        {t.selected(selected.length)}
      </span>
      {selected.length < shown && (
        <button type="button" className="text-button" onClick={onSelectAll}>
          {t.selectAll(shown)}
        </button>
      )}
      <BarButton
        icon={<Check aria-hidden="true" size={14} />}
        words={words(t.acknowledge, open)}
        keys="Shift A"
        isMain
        isOff={open.length === 0}
        onPress={() => acts.acknowledge(open)}
      />
      <BarButton
        icon={<AlarmClock aria-hidden="true" size={14} />}
        words={words(t.snooze, unresolved)}
        keys="S"
        isOff={unresolved.length === 0}
        onPress={(element) => onSnooze(unresolved, element)}
      />
      <BarButton
        icon={<CircleCheck aria-hidden="true" size={14} />}
        words={words(t.resolve, unresolved)}
        keys="E"
        isOff={unresolved.length === 0}
        onPress={() => acts.resolve(unresolved)}
      />
      <CopyMenu className="bar-button" onCopy={(form) => acts.copy(selected, form)} />
      <IconButton
        icon={<X aria-hidden="true" size={14} />}
        label={`${t.clearSelection} (Esc)`}
        onPress={onClear}
      />
    </div>
  );
}

interface BarButtonProps {
  readonly icon: ReactNode;
  readonly words: string;
  readonly keys: string;
  readonly isMain?: boolean;
  readonly isOff: boolean;
  readonly onPress: (element: Element) => void;
}

/** Loses its words, but not its name, where there is little room; the main one keeps them. */
function BarButton({ icon, words, keys, isMain = false, isOff, onPress }: BarButtonProps) {
  return (
    <button
      type="button"
      className="bar-button"
      title={`${words} (${keys})`}
      disabled={isOff}
      onClick={(event) => onPress(event.currentTarget)}
    >
      {icon}
      <span className="action-word" data-main={isMain}>
        {words}
      </span>
    </button>
  );
}
