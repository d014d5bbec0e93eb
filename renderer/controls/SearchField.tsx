import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import type { RefObject } from 'react';
import { IconButton } from './IconButton.tsx';
import { useTexts } from './texts.ts';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** One line to search by, with its key shown while it is empty and a way to empty it otherwise. */
export function SearchField({ label, value, onChange, inputRef }: SearchFieldProps) {
  const t = useTexts().window;
  return (
    <div className="search-field">
      <Search aria-hidden="true" size={14} />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {value === '' ? (
        <kbd aria-hidden="true">/</kbd>
      ) : (
        <IconButton
          icon={<X aria-hidden="true" size={14} />}
          label={t.clearSearch}
          onPress={() => {
            onChange('');
            inputRef.current?.focus();
          }}
        />
      )}
    </div>
  );
}
