import type { OnCall } from '../../shared/on-call.ts';
import { useNow } from '../controls/clock.ts';
import { useTexts } from '../controls/texts.ts';
import { momentText } from '../controls/time-text.ts';
import { onCallChoices } from './on-call-choice.ts';
import { useOnCallSwitch } from './use-on-call-switch.ts';

/** The one switch: on until when, what it does meanwhile, and what is wrong with this computer. */
export function OnCallCard({ onCall }: { readonly onCall: OnCall | null }) {
  const { onCallScreen: t, language } = useTexts();
  const { goOn, switchOff, refusal } = useOnCallSwitch();
  const now = useNow();
  return (
    <section className="card on-call" aria-label={t.menu} data-on={onCall !== null}>
      <h2>{onCall === null ? t.offCall : t.onCall}</h2>
      {onCall === null ? (
        <p className="quiet">{t.what}</p>
      ) : (
        <p>
          {[
            t.since(momentText(language, onCall.since, now)),
            onCall.until === null ? t.endsByHand : t.ends(momentText(language, onCall.until, now)),
            onCall.keptAwake ? t.keptAwake : t.notKeptAwake,
          ].join(language === 'en' ? ' ' : '')}
        </p>
      )}
      <div className="on-call-choices" role="group" aria-label={onCall === null ? t.choose : t.change}>
        <span aria-hidden="true">{onCall === null ? t.goOn : t.change}</span>
        {onCallChoices.map((choice) => (
          <button key={choice} type="button" className="button" onClick={() => goOn(choice)}>
            {t.until[choice]}
          </button>
        ))}
        {onCall !== null && (
          <button type="button" className="button primary" onClick={switchOff}>
            {t.switchOff}
          </button>
        )}
      </div>
      <p className="warning-text" role="alert">
        {refusal}
      </p>
    </section>
  );
}
