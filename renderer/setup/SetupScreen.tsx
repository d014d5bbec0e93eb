import { useEffect, useRef, useState } from 'react';
import type { AlertId } from '../../shared/alert.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { useDesktopFacts } from '../settings/use-desktop-facts.ts';
import { AddressStep } from './AddressStep.tsx';
import { DoneStep } from './DoneStep.tsx';
import { noAnswers, type Answers } from './Questions.tsx';
import { TestStep } from './TestStep.tsx';
import { useTestAlert } from './use-test-alert.ts';
import { WayInStep } from './WayInStep.tsx';
import { WelcomeStep } from './WelcomeStep.tsx';

const steps = ['welcome', 'way-in', 'address', 'test', 'done'] as const;

interface SetupScreenProps {
  readonly live: LiveState;
  /** The person has begun: from then on only they end it. */
  readonly onBegin: () => void;
  /** Walked to its end, or left. */
  readonly onEnd: () => void;
  /** Hears which alert is the test's own. */
  readonly onTestAlert: (id: AlertId) => void;
}

/** The first run: what this is, the way in, the address, a test alert by the real way, and three questions only a person can answer. */
export function SetupScreen({ live, onBegin, onEnd, onTestAlert }: SetupScreenProps) {
  const t = useTexts().setup;
  const [index, setIndex] = useState(0);
  const [answers, setAnswers] = useState<Answers>(noAnswers);
  const [facts, look] = useDesktopFacts();
  const test = useTestAlert();
  const { alertId } = test;
  useEffect(() => {
    if (alertId !== null) onTestAlert(alertId);
  }, [alertId, onTestAlert]);

  const heading = useRef<HTMLHeadingElement>(null);
  const hasMoved = useRef(false);
  // A new step begins at its heading, for the eye, the keyboard and the screen reader; the first one takes no focus.
  useEffect(() => {
    if (hasMoved.current) heading.current?.focus();
  }, [index]);
  const go = (to: number): void => {
    hasMoved.current = true;
    onBegin();
    setIndex(to);
    // The way back from a settings page of the system may have changed them.
    look();
  };
  const finish = (): void => {
    void ask('endTestAlerts', {});
    onEnd();
  };

  const leave = (
    <button type="button" className="text-button setup-leave" onClick={finish}>
      {t.leave}
    </button>
  );
  const step = steps[index] ?? 'welcome';
  const others = [...live.alerts.values()].filter(
    ({ id, state }) => id !== alertId && state === 'open',
  ).length;
  const shared = { live, facts, heading };
  return (
    <main className="page setup" aria-label={t.title}>
      <div className="page-column">
        <p className="quiet">{t.step(index + 1, steps.length)}</p>
        {index > 0 && others > 0 && (
          <p className="setup-alerts" role="status">
            {t.alertsCame(others)}
            <button type="button" className="button" onClick={finish}>
              {t.showAlerts}
            </button>
          </p>
        )}
        {step === 'welcome' && <WelcomeStep {...shared} leave={leave} onNext={() => go(1)} />}
        {step === 'way-in' && <WayInStep {...shared} />}
        {step === 'address' && <AddressStep {...shared} />}
        {step === 'test' && <TestStep {...shared} test={test} answers={answers} onAnswers={setAnswers} />}
        {step === 'done' && <DoneStep {...shared} test={test} answers={answers} />}
        {step !== 'welcome' && (
          <div className="setup-ways">
            <button type="button" className="button" onClick={() => go(index - 1)}>
              {t.back}
            </button>
            {step === 'done' ? (
              <button type="button" className="button primary" onClick={finish}>
                {t.finish}
              </button>
            ) : (
              <button type="button" className="button primary" onClick={() => go(index + 1)}>
                {t.next}
              </button>
            )}
            {step !== 'done' && leave}
          </div>
        )}
      </div>
    </main>
  );
}
