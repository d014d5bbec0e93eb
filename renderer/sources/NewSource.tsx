import { useState } from 'react';
import type { SourceId, SourceKind } from '../../shared/alert.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';

const kinds: readonly SourceKind[] = ['cloudmonitor', 'clustercontrol', 'universal'];

interface NewSourceProps {
  readonly onCreated: (id: SourceId) => void;
  readonly onCancel: () => void;
}

/** The first page of the wizard: who calls, and what it is called here. */
export function NewSource({ onCreated, onCancel }: NewSourceProps) {
  const { guide: t, window } = useTexts();
  const [kind, setKind] = useState<SourceKind>('cloudmonitor');
  /** Null until a person wrote one: then the name follows the kind. */
  const [typed, setTyped] = useState<string | null>(null);
  const [team, setTeam] = useState('');
  const [refusal, setRefusal] = useState('');
  const [isBusy, setBusy] = useState(false);
  const name = typed ?? window.newSourceName[kind];
  const create = (): void => {
    setBusy(true);
    const label = team.trim();
    void ask('addSource', { kind, name: name.trim(), ...(label === '' ? {} : { team: label }) }).then(
      (reply) => {
        setBusy(false);
        if (reply.ok) onCreated(reply.result.id);
        else setRefusal(window.refused(reply.error.message));
      },
    );
  };
  return (
    <form
      className="page-column guide"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') create();
      }}
    >
      <h2 className="guide-title">{t.newSource}</h2>
      <p className="quiet">{t.newSourceText}</p>
      <fieldset className="card kind-choice">
        <legend>{t.kind}</legend>
        {kinds.map((one) => (
          <label key={one} className="kind" data-chosen={one === kind}>
            <input type="radio" name="source-kind" checked={one === kind} onChange={() => setKind(one)} />
            <strong>{window.newSourceName[one]}</strong>
            <span className="quiet">{window.addSourceText[one]}</span>
          </label>
        ))}
      </fieldset>
      <div className="rule">
        <label htmlFor="new-source-name">{t.name}</label>
        <input
          id="new-source-name"
          className="field"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      <div className="rule">
        <label htmlFor="new-source-team">{t.team}</label>
        <input
          id="new-source-team"
          className="field"
          maxLength={80}
          value={team}
          onChange={(event) => setTeam(event.target.value)}
        />
      </div>
      <div className="rules-end">
        <button type="submit" className="button primary" disabled={isBusy || name.trim() === ''}>
          {t.create}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          {t.cancel}
        </button>
        <span className="warning-text" role="alert">
          {refusal}
        </span>
      </div>
    </form>
  );
}
