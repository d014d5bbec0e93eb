import BellRing from 'lucide-react/icons/bell-ring';
import { type ReactNode, useState } from 'react';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { StepProps } from './setup-step.ts';

interface WelcomeStepProps extends StepProps {
  /** The way out, beside the way on. */
  readonly leave: ReactNode;
  readonly onNext: () => void;
}

/** What this app does, and the two things it asks of the computer; they are done when the person goes on. */
export function WelcomeStep({ live, facts, heading, leave, onNext }: WelcomeStepProps) {
  const texts = useTexts();
  const t = texts.setup;
  const start = facts?.startAtLogin.state ?? null;
  const canStart = start === 'on' || start === 'off' || start === 'elsewhere';
  const isNew = live.settings?.setupDone === false;
  // Offered as chosen on a new computer; later the truth is shown.
  const [chosenStart, setChosenStart] = useState<boolean | null>(null);
  const wantsStart = chosenStart ?? (start === 'on' || (isNew && start === 'off'));
  const [chosenAwake, setChosenAwake] = useState<boolean | null>(null);
  const wantsAwake = chosenAwake ?? live.settings?.keepAwake ?? false;
  const [refusal, setRefusal] = useState('');

  const goOn = async (): Promise<void> => {
    if (canStart && wantsStart !== (start === 'on')) {
      const reply = await ask('setStartAtLogin', { on: wantsStart });
      if (!reply.ok) {
        // Said once; the next press goes on without it.
        setRefusal(texts.window.refused(reply.error.message));
        setChosenStart(start === 'on');
        return;
      }
    }
    if (wantsAwake !== live.settings?.keepAwake) {
      await ask('updateSettings', { changes: { keepAwake: wantsAwake } });
    }
    onNext();
  };
  return (
    <>
      <header className="welcome">
        <BellRing aria-hidden="true" size={32} className="setup-bell" />
        <h1 ref={heading} tabIndex={-1}>
          {t.welcome}
        </h1>
        <p className="quiet">{t.welcomeText}</p>
      </header>
      <section className="card">
        {canStart && (
          <SetupChoice
            name="setup-start"
            label={t.startAtLogin}
            why={t.startAtLoginWhy}
            isOn={wantsStart}
            onChange={setChosenStart}
          />
        )}
        <SetupChoice
          name="setup-awake"
          label={t.keepAwake}
          why={t.keepAwakeWhy}
          isOn={wantsAwake}
          onChange={setChosenAwake}
        />
        <p className="warning-text" role="alert">
          {refusal}
        </p>
      </section>
      <div className="setup-ways">
        <button
          type="button"
          className="button primary"
          disabled={facts === null}
          onClick={() => void goOn()}
        >
          {t.next}
        </button>
        {leave}
      </div>
    </>
  );
}

interface SetupChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly why: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function SetupChoice({ name, label, why, isOn, onChange }: SetupChoiceProps) {
  return (
    <div className="setup-choice">
      <input
        id={name}
        type="checkbox"
        checked={isOn}
        aria-describedby={`${name}-why`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={name}>{label}</label>
        <p className="quiet" id={`${name}-why`}>
          {why}
        </p>
      </div>
    </div>
  );
}
