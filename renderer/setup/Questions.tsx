import Volume2 from 'lucide-react/icons/volume-2';
import { useState } from 'react';
import type { DesktopFacts } from '../../shared/desktop-facts.ts';
import type { SetupText } from '../../shared/text/setup-text.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';

type Question = 'seen' | 'heard' | 'icon';
/** Null: not answered. */
export type Answers = Readonly<Record<Question, boolean | null>>;
export const noAnswers: Answers = { seen: null, heard: null, icon: null };

const questions: readonly Question[] = ['seen', 'heard', 'icon'];

interface QuestionsProps {
  readonly live: LiveState;
  readonly facts: DesktopFacts | null;
  readonly answers: Answers;
  readonly onAnswers: (answers: Answers) => void;
}

/** Three questions that no API can answer; each no opens the help for this system. */
export function Questions({ live, facts, answers, onAnswers }: QuestionsProps) {
  const t = useTexts().setup;
  return (
    <section className="card" aria-label={t.questions}>
      <h2>{t.questions}</h2>
      {questions.map((question) => (
        <fieldset key={question} className="question">
          <legend>{t[question]}</legend>
          <div className="segments">
            {([true, false] as const).map((answer) => (
              <label key={String(answer)} className="segment">
                <input
                  type="radio"
                  name={question}
                  checked={answers[question] === answer}
                  onChange={() => onAnswers({ ...answers, [question]: answer })}
                />
                <span>{answer ? t.yes : t.no}</span>
              </label>
            ))}
          </div>
          {answers[question] === false && (
            <div className="question-help" role="status">
              {evidence(question, live, facts, t).map((sentence) => (
                <p key={sentence} className="warning-text">
                  {sentence}
                </p>
              ))}
              <ul>
                {t[`${question}Help`][facts?.platform ?? 'linux'].map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              {question === 'heard' && <PlayAlarm />}
            </div>
          )}
        </fieldset>
      ))}
    </section>
  );
}

/** What this computer itself says about the matter. */
function evidence(
  question: Question,
  live: LiveState,
  facts: DesktopFacts | null,
  t: SetupText,
): readonly string[] {
  if (question === 'icon') return facts?.trayHost === 'missing' ? [t.trayMissing] : [];
  if (question !== 'seen') return [];
  if (facts?.platform === 'linux' && facts.notificationServer === null) return [t.notificationsNobody];
  const error = live.health?.notifications.error ?? null;
  return error === null ? [] : [t.notificationsFailing(error)];
}

function PlayAlarm() {
  const texts = useTexts();
  const [outcome, setOutcome] = useState('');
  const play = (): void =>
    void ask('playSound', { name: 'critical' }).then((reply) =>
      setOutcome(
        reply.ok ? texts.settings.soundOutcome[reply.result] : texts.window.refused(reply.error.message),
      ),
    );
  return (
    <div className="field-line">
      <button type="button" className="button" onClick={play}>
        <Volume2 aria-hidden="true" size={14} />
        {texts.setup.playAlarm}
      </button>
      <span className="quiet" role="status">
        {outcome}
      </span>
    </div>
  );
}
