import { useState } from 'react';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import { PlainRow } from './SettingRow.tsx';

/** Copies what a bug report needs, and shows what that is. */
export function DiagnosticsRow() {
  const texts = useTexts();
  const t = texts.settings;
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState('');
  const copy = async (): Promise<void> => {
    setOutcome('');
    const reply = await ask('diagnostics', {});
    const copied = reply.ok ? await ask('copyText', { text: reply.result.text }) : reply;
    setText(reply.ok ? reply.result.text : '');
    setOutcome(copied.ok ? t.diagnosticsCopied : texts.window.refused(copied.error.message));
  };
  return (
    <PlainRow
      name="diagnostics"
      label={t.diagnostics}
      effect={t.diagnosticsEffect}
      control={
        <>
          <div className="field-line">
            <button
              type="button"
              className="button"
              aria-describedby="diagnostics-effect"
              onClick={() => void copy()}
            >
              {t.diagnosticsCopy}
            </button>
            <span className="quiet" role="status">
              {outcome}
            </span>
          </div>
          {text !== '' && (
            <details className="diagnostics">
              <summary>{t.diagnosticsShow}</summary>
              {/* Scrolls, so the keyboard must reach it. */}
              <pre className="code-line" tabIndex={0} aria-label={t.diagnosticsShow}>
                {text}
              </pre>
            </details>
          )}
        </>
      }
    />
  );
}
