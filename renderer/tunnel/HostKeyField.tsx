import { useState } from 'react';
import type { HostKeys } from '../../shared/tunnel.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import { askableHost, type DraftProblems, type TunnelDraft } from './tunnel-draft.ts';

interface HostKeyFieldProps {
  readonly draft: TunnelDraft;
  readonly problems: DraftProblems;
  readonly onEdit: (some: Partial<TunnelDraft>) => void;
}

/** Asks the host for its keys and lets a person choose the one that they have compared. */
export function HostKeyField({ draft, problems, onEdit }: HostKeyFieldProps) {
  const texts = useTexts();
  const t = texts.tunnelSetup;
  const [shown, setShown] = useState<{ readonly of: string; readonly keys: HostKeys } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const host = askableHost(draft);
  const name = host === null ? '' : `${host.host}:${host.port}`;
  // Keys of another host say nothing about this one.
  const keys = shown?.of === name ? shown.keys : null;
  const askHost = (): void => {
    if (host === null) return;
    setBusy(true);
    setRefusal('');
    void ask('hostKeys', host).then((reply) => {
      setBusy(false);
      if (reply.ok) setShown({ of: name, keys: reply.result });
      else setRefusal(texts.window.refused(reply.error.message));
    });
  };
  const problem = problems.hostKey;
  return (
    <div className="rule">
      <span className="rule-name" id="host-key-name">
        {t.hostKey}
      </span>
      <div className="host-keys">
        {keys === null && draft.hostKey !== '' && (
          <p>
            {t.pinned}: <span className="fingerprint">{shortKey(draft.hostKey)}</span>
          </p>
        )}
        {keys !== null && keys.length === 0 && <p className="warning-text">{t.noKeys}</p>}
        {keys !== null && keys.length > 0 && (
          <fieldset className="host-key-choice">
            <legend className="quiet">{t.hostShows}</legend>
            {keys.map(({ hostKey, fingerprint }) => (
              <label key={hostKey}>
                <input
                  type="radio"
                  name="host-key"
                  checked={hostKey === draft.hostKey}
                  onChange={() => onEdit({ hostKey })}
                />
                <span className="fingerprint">
                  {hostKey.split(' ')[0]} {fingerprint}
                </span>
              </label>
            ))}
          </fieldset>
        )}
        <div className="action-row">
          <button
            type="button"
            className="button"
            disabled={host === null || isBusy}
            data-invalid={problem !== undefined}
            aria-describedby="host-key-problem host-key-help"
            onClick={askHost}
          >
            {isBusy ? t.asking : keys === null && draft.hostKey === '' ? t.askHost : t.askAgain}
          </button>
          <span className="warning-text" role="alert">
            {refusal}
          </span>
        </div>
        <p className="field-problem" id="host-key-problem">
          {problem === undefined ? '' : t.problem[problem]}
        </p>
        <p className="quiet" id="host-key-help">
          {t.hostKeyHelp}
        </p>
      </div>
    </div>
  );
}

/** Kind and end of a key, enough to tell it from another; the fingerprint is the host's to give. */
function shortKey(hostKey: string): string {
  const [kind = '', key = ''] = hostKey.split(' ');
  return `${kind} …${key.slice(-16)}`;
}
