import { type InputHTMLAttributes, type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '../controls/texts.ts';

interface SavedFieldProps<Value> {
  /** Of the setting; the row's label and the sentence below refer to it. */
  readonly name: string;
  /** What is set now, as it is typed. */
  readonly saved: string;
  /** Undefined: it is none. */
  readonly read: (text: string) => Value | undefined;
  /** Answers with whether it was taken. */
  readonly save: (value: Value) => Promise<boolean>;
  /** Said below, of what is typed. */
  readonly state: (isRight: boolean) => ReactNode;
  readonly input: InputHTMLAttributes<HTMLInputElement>;
}

/** A text with a button to save it, because what is half typed is no value yet. */
export function SavedField<Value>({ name, saved, read, save, state, input }: SavedFieldProps<Value>) {
  const t = useTexts().settings;
  const [text, setText] = useState(saved);
  const [isSaved, setSaved] = useState(false);
  // A reset, or somebody else, has set another one.
  useEffect(() => setText(saved), [saved]);
  const value = read(text);
  const isRight = value !== undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== undefined) void save(value).then(setSaved);
      }}
    >
      <div className="field-line">
        <input
          {...input}
          value={text}
          id={`${name}-control`}
          aria-invalid={!isRight}
          aria-describedby={`${name}-state ${name}-effect`}
          onChange={(event) => {
            setText(event.target.value);
            setSaved(false);
          }}
        />
        <button type="submit" className="button" disabled={!isRight || text.trim() === saved}>
          {t.save}
        </button>
        <span className="quiet" role="status">
          {isSaved ? t.saved : ''}
        </span>
      </div>
      <p id={`${name}-state`} className={isRight ? 'quiet' : 'warning-text'}>
        {state(isRight)}
      </p>
    </form>
  );
}
