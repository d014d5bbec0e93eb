import X from 'lucide-react/icons/x';
import { useEffect, useRef } from 'react';
import { IconButton } from './IconButton.tsx';
import { useTexts } from './texts.ts';

/** Every key on one sheet. */
export function ShortcutSheet({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const t = useTexts().window;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    [t.keyMove, ['↓', '↑', 'J', 'K']],
    [t.keyOpen, ['Enter']],
    [t.keyAcknowledge, ['A']],
    [t.keySelect, ['Space']],
    [t.keyExtend, ['Shift ↓', 'Shift ↑']],
    [t.keySelectAll, ['Ctrl A']],
    [t.keyAcknowledgeSelected, ['Shift A']],
    [t.keySnooze, ['S']],
    [t.keyResolve, ['E']],
    [t.keyNote, ['N']],
    [t.keyCopy, ['C']],
    [t.keyOpenLink, ['O']],
    [t.keyUndo, ['Ctrl Z']],
    [t.keySearch, ['/']],
    [t.keyPriorities, ['1', '2', '3']],
    [t.keyHelp, ['?']],
    [t.keyBack, ['Esc']],
  ];
  return (
    <dialog className="sheet" ref={dialog} onClose={onClose} aria-labelledby="sheet-title">
      <header>
        <h2 id="sheet-title">{t.keys}</h2>
        <IconButton icon={<X aria-hidden="true" size={16} />} label={t.close} onPress={onClose} />
      </header>
      <dl>
        {rows.map(([name, keys]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
