import Headphones from 'lucide-react/icons/headphones';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useRef, useState } from 'react';
import { Menu, MenuItem, Popover } from 'react-aria-components/Menu';
import type { OnCall } from '../../shared/on-call.ts';
import { useNow } from '../controls/clock.ts';
import { useTexts } from '../controls/texts.ts';
import { momentText, untilText } from '../controls/time-text.ts';
import { onCallChoices } from './on-call-choice.ts';
import { useOnCallSwitch } from './use-on-call-switch.ts';

const off = 'off';

/** Whether one is on call and until when, as short as the top bar needs it; opens the choices. */
export function OnCallChip({ onCall }: { readonly onCall: OnCall | null }) {
  const { onCallScreen: t, language } = useTexts();
  const { goOn, switchOff, refusal } = useOnCallSwitch();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const now = useNow();
  const until = onCall?.until ?? null;
  const words =
    onCall === null ? t.offCall : until === null ? t.onCall : t.onCallUntil(momentText(language, until, now));
  const warnings = onCall?.warnings.length ?? 0;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="chip on-call-chip"
        data-on={onCall !== null}
        data-warned={warnings > 0}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={warnings > 0 ? t.warned(words, warnings) : words}
        title={words}
        onClick={() => setOpen(!isOpen)}
      >
        {warnings > 0 ? (
          <TriangleAlert aria-hidden="true" size={14} />
        ) : (
          <Headphones aria-hidden="true" size={14} />
        )}
        {onCall !== null && (until === null ? t.onCall : untilText(language, until, now))}
      </button>
      <span className="warning-text" role="alert">
        {refusal}
      </span>
      <Popover
        className="popover"
        aria-label={t.menu}
        triggerRef={button}
        isOpen={isOpen}
        placement="bottom end"
        offset={4}
        onOpenChange={setOpen}
      >
        <Menu
          className="menu"
          aria-label={onCall === null ? t.choose : t.change}
          autoFocus="first"
          onClose={() => setOpen(false)}
          onAction={(key) => {
            const choice = onCallChoices.find((one) => one === key);
            if (choice !== undefined) goOn(choice);
            else if (key === off) switchOff();
          }}
        >
          {onCallChoices.map((choice) => (
            <MenuItem key={choice} id={choice} className="menu-item">
              {t.until[choice]}
            </MenuItem>
          ))}
          {onCall !== null && (
            <MenuItem id={off} className="menu-item">
              {t.switchOff}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </>
  );
}
