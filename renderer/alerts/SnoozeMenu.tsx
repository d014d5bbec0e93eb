import { useRef } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components/Menu';
import type { Alert } from '../../shared/alert.ts';
import { useTexts } from '../controls/texts.ts';
import { type SnoozeChoice, snoozeChoices } from './snooze-choice.ts';

/** Which alerts are about to be snoozed, and what the menu hangs on. */
export interface SnoozeRequest {
  readonly alerts: readonly Alert[];
  readonly anchor: Element;
}

interface SnoozeMenuProps {
  readonly request: SnoozeRequest | null;
  readonly onChoose: (alerts: readonly Alert[], choice: SnoozeChoice) => void;
  readonly onClose: () => void;
}

/** One menu for row, detail, selection and key; the request says where it opens. */
export function SnoozeMenu({ request, onChoose, onClose }: SnoozeMenuProps) {
  const t = useTexts().window;
  const anchor = useRef<Element | null>(null);
  if (request !== null) anchor.current = request.anchor;
  const label: Readonly<Record<SnoozeChoice, string>> = {
    '15': t.snooze15,
    '60': t.snooze60,
    '240': t.snooze240,
    nine: t.snoozeNine,
    recovery: t.snoozeRecovery,
  };
  return (
    <Popover
      className="popover"
      aria-label={t.snoozeFor}
      triggerRef={anchor}
      isOpen={request !== null}
      placement="bottom end"
      offset={4}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Menu
        className="menu"
        aria-label={t.snoozeFor}
        autoFocus="first"
        onClose={onClose}
        onAction={(key) => {
          const choice = snoozeChoices.find((one) => one === key);
          if (request !== null && choice !== undefined) onChoose(request.alerts, choice);
        }}
      >
        {snoozeChoices.map((choice) => (
          <MenuItem key={choice} id={choice} className="menu-item">
            {label[choice]}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
