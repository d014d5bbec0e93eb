import { useEffect, useRef, useState } from 'react';
import type { HandOver } from '../../shared/on-call.ts';
import { ask } from '../bridge.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { useNow } from '../controls/clock.ts';
import { useTexts } from '../controls/texts.ts';
import { momentText } from '../controls/time-text.ts';

interface HandOverCardProps {
  readonly isOnCall: boolean;
  /** Somebody came for it: it is shown at once. */
  readonly isWanted: boolean;
}

/** What the next one on call must know, asked for when it is wanted; shown by itself when a shift has just ended. */
export function HandOverCard({ isOnCall, isWanted }: HandOverCardProps) {
  const { coverageScreen: t, window, language } = useTexts();
  const [shown, setShown] = useState<HandOver | null>(null);
  const [isOver, setOver] = useState(false);
  const [refusal, setRefusal] = useState('');
  const now = useNow();
  /** Null: the app did not give it. */
  const fetchText = async (): Promise<HandOver | null> => {
    const reply = await ask('handOver', {});
    setRefusal(reply.ok ? '' : window.refused(reply.error.message));
    return reply.ok ? reply.result : null;
  };
  const heading = useRef<HTMLHeadingElement>(null);
  const wasOnCall = useRef(isOnCall);
  useEffect(() => {
    const hasEnded = wasOnCall.current && !isOnCall;
    wasOnCall.current = isOnCall;
    setOver((before) => (before || hasEnded) && !isOnCall);
    if (!hasEnded && !isWanted) return;
    void ask('handOver', {}).then((reply) => {
      if (!reply.ok) return;
      setShown(reply.result);
      if (isWanted) heading.current?.focus();
    });
  }, [isOnCall, isWanted]);
  return (
    <section className="card hand-over" aria-label={t.handOver}>
      <h2 ref={heading} tabIndex={-1}>
        {t.handOver}
      </h2>
      <p role="status">{isOver ? t.handOverReady : ''}</p>
      <p className="quiet">{t.handOverText}</p>
      <div className="action-row">
        <CopyButton
          label={t.copyMarkdown}
          text={async () => {
            const text = await fetchText();
            if (text !== null && shown !== null) setShown(text);
            return text?.markdown ?? null;
          }}
        />
        <button
          type="button"
          className="button"
          aria-expanded={shown !== null}
          onClick={() => (shown === null ? void fetchText().then(setShown) : setShown(null))}
        >
          {shown === null ? t.handOverShow : t.handOverHide}
        </button>
        <span className="warning-text" role="alert">
          {refusal}
        </span>
      </div>
      {shown !== null && (
        <>
          <p className="quiet">
            {t.handOverOf(momentText(language, shown.from, now), momentText(language, shown.to, now))}
          </p>
          {/* Scrolls, so the keyboard must reach it. */}
          <pre className="code-line snippet" tabIndex={0} aria-label={t.handOver}>
            {shown.markdown}
          </pre>
        </>
      )}
    </section>
  );
}
