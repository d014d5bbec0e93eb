import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { SourceKind } from '../../shared/alert.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';

const kinds: readonly SourceKind[] = ['cloudmonitor', 'clustercontrol', 'universal'];

/** One click adds a source of a kind; its address appears with the source. */
export function AddSource({ isPrimary }: { readonly isPrimary: boolean }) {
  const t = useTexts().window;
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const add = (kind: SourceKind): void => {
    setBusy(true);
    void ask('addSource', { kind, name: t.newSourceName[kind] }).then((reply) => {
      setBusy(false);
      setRefusal(reply.ok ? '' : t.refused(reply.error.message));
    });
  };
  return (
    <div className="add-source">
      {kinds.map((kind, index) => (
        <div className="add-source-kind" key={kind}>
          <button
            type="button"
            className={isPrimary && index === 0 ? 'button primary' : 'button'}
            disabled={isBusy}
            aria-describedby={`add-source-${kind}`}
            onClick={() => add(kind)}
          >
            <Plus aria-hidden="true" size={14} />
            {t.addSource[kind]}
          </button>
          <span className="quiet" id={`add-source-${kind}`}>
            {t.addSourceText[kind]}
          </span>
        </div>
      ))}
      <span role="alert">{refusal}</span>
    </div>
  );
}
