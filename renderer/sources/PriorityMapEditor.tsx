import X from 'lucide-react/icons/x';
import { useId, useState } from 'react';
import { priorities, type Priority, type PriorityMap } from '../../shared/priority.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { useTexts } from '../controls/texts.ts';
import { isSameMap, withoutWord, withWord } from './rules-draft.ts';

interface PriorityMapEditorProps {
  readonly map: PriorityMap;
  readonly defaultMap: PriorityMap;
  readonly onChange: (map: PriorityMap) => void;
}

/** Level words and what they become, each beside its default. */
export function PriorityMapEditor({ map, defaultMap, onChange }: PriorityMapEditorProps) {
  const { sourcesScreen: t, window } = useTexts();
  const [typed, setTyped] = useState('');
  const fieldId = useId();
  const add = (): void => {
    onChange(withWord(map, typed));
    setTyped('');
  };
  return (
    <section className="rule-group">
      <h4>{t.priorities}</h4>
      <p className="quiet">{t.prioritiesText}</p>
      <ul className="word-list">
        {Object.entries(map).map(([word, priority]) => {
          const usual = defaultMap[word];
          return (
            <li key={word}>
              <PriorityMark mark={priority} />
              <span className="word">{word}</span>
              <select
                className="select"
                aria-label={t.priorityOfWord(word)}
                value={priority}
                onChange={(event) => {
                  const chosen: Priority | undefined = priorities.find((one) => one === event.target.value);
                  if (chosen !== undefined) onChange({ ...map, [word]: chosen });
                }}
              >
                {priorities.map((one) => (
                  <option key={one} value={one}>
                    {window.priority[one]}
                  </option>
                ))}
              </select>
              <span className="quiet" data-differs={usual !== priority}>
                {usual === undefined ? t.notByDefault : t.byDefault(window.priority[usual])}
              </span>
              <IconButton
                icon={<X aria-hidden="true" size={14} />}
                label={t.removeWord(word)}
                onPress={() => onChange(withoutWord(map, word))}
              />
            </li>
          );
        })}
      </ul>
      <div className="field-line">
        <label className="visually-hidden" htmlFor={fieldId}>
          {t.newWord}
        </label>
        <input
          id={fieldId}
          className="field"
          placeholder={t.newWord}
          maxLength={64}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
        />
        <button type="button" className="button" disabled={typed.trim() === ''} onClick={add}>
          {t.addWord}
        </button>
        <button
          type="button"
          className="button"
          disabled={isSameMap(map, defaultMap)}
          onClick={() => onChange(defaultMap)}
        >
          {t.restore}
        </button>
      </div>
    </section>
  );
}
