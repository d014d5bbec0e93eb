// The controls of a setting row; each takes its name and its explanation from the row.
import { useTexts } from '../controls/texts.ts';

interface SwitchProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** On or off. */
export function Switch({ name, isOn, isDisabled = false, onChange }: SwitchProps) {
  const t = useTexts().settings;
  return (
    <span className="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        disabled={isDisabled}
        id={`${name}-control`}
        aria-describedby={`${name}-effect`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="switch-word" aria-hidden="true">
        {isOn ? t.on : t.off}
      </span>
    </span>
  );
}

interface ChoiceProps<Value extends string> {
  readonly name: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, all in sight. */
export function Choice<Value extends string>({ name, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <div
      className="segments"
      role="radiogroup"
      aria-labelledby={`${name}-label`}
      aria-describedby={`${name}-effect`}
    >
      {options.map(([option, label]) => (
        <label key={option} className="segment">
          <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}

interface NumberChoiceProps {
  readonly name: string;
  readonly value: number;
  readonly options: readonly number[];
  readonly wordsOf: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** One of some numbers; one that a script has set and that is not among them is offered as well. */
export function NumberChoice({ name, value, options, wordsOf, onChange }: NumberChoiceProps) {
  const offered = options.includes(value) ? options : [...options, value].toSorted((a, b) => a - b);
  return (
    <select
      className="select"
      value={value}
      id={`${name}-control`}
      aria-describedby={`${name}-effect`}
      onChange={(event) => onChange(Number(event.target.value))}
    >
      {offered.map((one) => (
        <option key={one} value={one}>
          {wordsOf(one)}
        </option>
      ))}
    </select>
  );
}
