import Check from 'lucide-react/icons/check';
import Circle from 'lucide-react/icons/circle';
import Send from 'lucide-react/icons/send';
import X from 'lucide-react/icons/x';
import { entryText } from '../../shared/text/entry-text.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';
import { useTexts } from '../controls/texts.ts';
import { type Answers, Questions } from './Questions.tsx';
import type { StepProps } from './setup-step.ts';
import { isWayEnded, type Station } from './stations.ts';
import type { TestAlert } from './use-test-alert.ts';

interface TestStepProps extends StepProps {
  readonly test: TestAlert;
  readonly answers: Answers;
  readonly onAnswers: (answers: Answers) => void;
}

/** Sends the test, lights its stations up, and asks when it has come as far as it will. */
export function TestStep({ live, facts, heading, test, answers, onAnswers }: TestStepProps) {
  const texts = useTexts();
  const t = texts.setup;
  const isSent = test.phase === 'under-way';
  return (
    <>
      <header className="welcome">
        <h1 ref={heading} tabIndex={-1}>
          {t.test}
        </h1>
        <p className="quiet">{t.testText}</p>
      </header>
      <section className="card">
        <div className="send-test">
          <button
            type="button"
            className={isSent ? 'button' : 'button primary'}
            disabled={isSent && !isWayEnded(test.stations)}
            onClick={test.send}
          >
            <Send aria-hidden="true" size={14} />
            {isSent ? t.testAgain : t.testSend}
          </button>
          <span role="alert">{test.refusal === '' ? '' : texts.window.refused(test.refusal)}</span>
        </div>
        {isSent && (
          <ol className="stations" aria-label={t.stations} aria-live="polite">
            {test.stations.map((station) => (
              <StationLine key={station.name} station={station} />
            ))}
          </ol>
        )}
      </section>
      {isSent && isWayEnded(test.stations) && (
        <Questions live={live} facts={facts} answers={answers} onAnswers={onAnswers} />
      )}
    </>
  );
}

const icons = { waiting: Circle, lit: Check, failed: X } as const;

function StationLine({ station }: { readonly station: Station }) {
  const texts = useTexts();
  const t = texts.setup;
  const Icon = icons[station.state];
  const { reason, entry } = station;
  const words = [
    entry === null ? '' : entryText(texts.language, entry),
    station.state === 'failed' ? reasonSentence(texts.language, reason) : '',
  ].filter((part) => part !== '');
  return (
    <li data-state={station.state}>
      <Icon aria-hidden="true" size={16} />
      <span>
        {t.station[station.name]}
        <span className="visually-hidden">: {t.stationState[station.state]}</span>
      </span>
      <span className="quiet">{words.join(' ')}</span>
    </li>
  );
}
