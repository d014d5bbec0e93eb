import { useEffect } from 'react';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { Answers } from './Questions.tsx';
import type { StepProps } from './setup-step.ts';
import type { TestAlert } from './use-test-alert.ts';

interface DoneStepProps extends StepProps {
  readonly test: TestAlert;
  readonly answers: Answers;
}

/** Takes the test back the real way, so that the person sees its notification leave, and sums up. */
export function DoneStep({ live, heading, test, answers }: DoneStepProps) {
  const t = useTexts().setup;
  useEffect(() => void ask('endTestAlerts', {}), []);
  const alert = test.alertId === null ? undefined : live.alerts.get(test.alertId);
  const isCleared = alert === undefined || alert.state === 'resolved';
  const outcome = outcomeOf(answers);
  return (
    <>
      <header className="welcome">
        <h1 ref={heading} tabIndex={-1}>
          {outcome === 'all-well' ? t.done : outcome === 'failed' ? t.notReady : t.unproved}
        </h1>
      </header>
      <section className="card">
        <p role="status">{test.alertId === null ? t.notTested : isCleared ? t.cleared : t.clearing}</p>
        {outcome === 'all-well' && <p>{t.allWell}</p>}
        {outcome === 'failed' && <p className="warning-text">{t.notAllWell}</p>}
        {outcome === 'unproved' && test.alertId !== null && <p>{t.notAnswered}</p>}
      </section>
    </>
  );
}

/** One no is enough; what nobody has answered proves nothing. */
function outcomeOf(answers: Answers): 'all-well' | 'failed' | 'unproved' {
  const given = Object.values(answers);
  if (given.includes(false)) return 'failed';
  return given.every((answer) => answer === true) ? 'all-well' : 'unproved';
}
