import { useState } from 'react';
import { useTexts } from '../controls/texts.ts';
import { shortcutOf } from './shortcut-keys.ts';

interface ShortcutFieldProps {
  /** As the settings write them; empty: none. */
  readonly keys: string;
  readonly onKeys: (keys: string) => void;
}

/** Keys are chosen by pressing them. */
export function ShortcutField({ keys, onKeys }: ShortcutFieldProps) {
  const t = useTexts().settings;
  const [isListening, setListening] = useState(false);
  return (
    <div className="field-line">
      {keys !== '' && <kbd>{keys.replaceAll('+', ' + ')}</kbd>}
      <button
        type="button"
        className="button"
        id="shortcut-control"
        aria-pressed={isListening}
        data-takes-keys={isListening ? '' : undefined}
        aria-labelledby="shortcut-label shortcut-control"
        aria-describedby="shortcut-effect"
        onClick={() => setListening(true)}
        onBlur={() => setListening(false)}
        onKeyDown={(event) => {
          if (!isListening || event.key === 'Tab') return;
          // Whatever else the keys would do in here.
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape') setListening(false);
          const { code, ctrlKey: ctrl, altKey: alt, shiftKey: shift, metaKey: meta } = event;
          const chosen = shortcutOf({ code, ctrl, alt, shift, meta }, navigator.platform.startsWith('Mac'));
          if (chosen === null) return;
          setListening(false);
          onKeys(chosen);
        }}
      >
        {isListening ? t.shortcutPress : t.shortcutChoose}
      </button>
      {keys !== '' && (
        <button type="button" className="button" onClick={() => onKeys('')}>
          {t.shortcutRemove}
        </button>
      )}
    </div>
  );
}
