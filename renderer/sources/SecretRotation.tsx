import KeyRound from 'lucide-react/icons/key-round';
import { useState } from 'react';
import type { Source } from '../../shared/source.ts';
import { ask } from '../bridge.ts';
import { useNow } from '../controls/clock.ts';
import { agoText, momentText } from '../controls/time-text.ts';
import { useTexts } from '../controls/texts.ts';

/** A new secret, and who still comes in by the old one. Needs no undo: the old one stays good for a day. */
export function SecretRotation({ source }: { readonly source: Source }) {
  const { sourcesScreen: t, window, language } = useTexts();
  const [refusal, setRefusal] = useState('');
  const now = useNow();
  const { oldSecret } = source;
  const rotate = (): void => {
    void ask('rotateSecret', { id: source.id }).then((reply) =>
      setRefusal(reply.ok ? '' : window.refused(reply.error.message)),
    );
  };
  return (
    <section className="rule-group">
      <h4>{t.secret}</h4>
      {oldSecret !== null && (
        <p>
          <strong>{t.oldWorks(momentText(language, oldSecret.until, now))}</strong>{' '}
          {oldSecret.lastUsedAt === null
            ? t.oldUnused
            : t.oldUsed(
                oldSecret.lastUsedBy ?? t.oldUsedBySomebody,
                agoText(language, oldSecret.lastUsedAt, now),
              )}
        </p>
      )}
      <p className="quiet">{oldSecret === null ? t.rotateText : t.rotateAgain}</p>
      <div className="action-row">
        <button type="button" className="button" onClick={rotate}>
          <KeyRound aria-hidden="true" size={14} />
          {t.rotate}
        </button>
        <span className="warning-text" role="alert">
          {refusal}
        </span>
      </div>
    </section>
  );
}
