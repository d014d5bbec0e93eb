import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';

/** One click adds a CloudMonitor source; its address appears with the source. */
export function AddSource({ isPrimary }: { readonly isPrimary: boolean }) {
  const t = useTexts().window;
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const add = (): void => {
    setBusy(true);
    void ask('addSource', { kind: 'cloudmonitor', name: t.newSourceName }).then((reply) => {
      setBusy(false);
      setRefusal(reply.ok ? '' : t.refused(reply.error.message));
    });
  };
  return (
    <div className="add-source">
      <button
        type="button"
        className={isPrimary ? 'button primary' : 'button'}
        disabled={isBusy}
        onClick={add}
      >
        <Plus aria-hidden="true" size={14} />
        {t.addCloudMonitor}
      </button>
      <span role="alert">{refusal}</span>
    </div>
  );
}
