import AlarmClock from 'lucide-react/icons/alarm-clock';
import AlarmClockOff from 'lucide-react/icons/alarm-clock-off';
import Check from 'lucide-react/icons/check';
import CircleCheck from 'lucide-react/icons/circle-check';
import MessageSquarePlus from 'lucide-react/icons/message-square-plus';
import Undo2 from 'lucide-react/icons/undo-2';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Alert } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import { useTexts } from '../controls/texts.ts';
import type { AlertActs } from './alert-acts.ts';
import { CopyMenu } from './CopyMenu.tsx';

interface DetailActionsProps {
  readonly alert: Alert;
  readonly acts: AlertActs;
  readonly onSnooze: (alert: Alert, anchor: Element) => void;
  /** Where the snooze menu hangs when key S asked for it. */
  readonly snoozeRef: RefObject<HTMLButtonElement | null>;
  readonly isNoting: boolean;
  readonly onNoting: (isNoting: boolean) => void;
}

/** The row of buttons in the detail, and the field for a note. */
export function DetailActions({ alert, acts, onSnooze, snoozeRef, isNoting, onNoting }: DetailActionsProps) {
  const t = useTexts().window;
  const place = placeOf(alert);
  return (
    <>
      <div className="action-row" role="group" aria-label={t.actions}>
        {/* One button that changes its meaning: the focus stays on it. */}
        {(place === 'open' || place === 'acknowledged') && (
          <Button
            className={place === 'open' ? 'button primary' : 'button'}
            onPress={() => (place === 'open' ? acts.acknowledge([alert]) : acts.unacknowledge([alert]))}
          >
            {place === 'open' ? (
              <Check aria-hidden="true" size={14} />
            ) : (
              <Undo2 aria-hidden="true" size={14} />
            )}
            {place === 'open' ? t.acknowledge : t.unacknowledge}
          </Button>
        )}
        {place === 'snoozed' && (
          <Button className="button" onPress={() => acts.unsnooze([alert])}>
            <AlarmClockOff aria-hidden="true" size={14} />
            {t.unsnooze}
          </Button>
        )}
        {place !== 'resolved' && (
          <>
            <Button
              ref={snoozeRef}
              className="button"
              aria-haspopup="menu"
              onPress={(event) => onSnooze(alert, event.target)}
            >
              <AlarmClock aria-hidden="true" size={14} />
              {t.snooze}
            </Button>
            <Button className="button" onPress={() => acts.resolve([alert])}>
              <CircleCheck aria-hidden="true" size={14} />
              {t.resolve}
            </Button>
          </>
        )}
        <Button className="button" aria-expanded={isNoting} onPress={() => onNoting(!isNoting)}>
          <MessageSquarePlus aria-hidden="true" size={14} />
          <span className="action-word">{t.note}</span>
        </Button>
        <CopyMenu className="button" onCopy={(form) => acts.copy([alert], form)} />
      </div>
      {isNoting && <NoteField key={alert.id} alert={alert} acts={acts} onClose={() => onNoting(false)} />}
    </>
  );
}

interface NoteFieldProps {
  readonly alert: Alert;
  readonly acts: AlertActs;
  readonly onClose: () => void;
}

function NoteField({ alert, acts, onClose }: NoteFieldProps) {
  const t = useTexts().window;
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = (): void => {
    if (text.trim() === '') return;
    void acts.addNote(alert.id, text.trim()).then((saved) => {
      if (saved) onClose();
    });
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <label htmlFor="note">{t.noteLabel}</label>
      <textarea
        id="note"
        ref={field}
        rows={3}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
        }}
      />
      <div className="action-row">
        <button type="submit" className="button primary" disabled={text.trim() === ''}>
          {t.saveNote}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
