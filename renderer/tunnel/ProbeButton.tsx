import RefreshCw from 'lucide-react/icons/refresh-cw';
import { useState } from 'react';
import type { TunnelStatus } from '../../shared/tunnel.ts';
import { ask } from '../bridge.ts';
import { useNow } from '../controls/clock.ts';
import { useTexts } from '../controls/texts.ts';
import { secondText } from '../controls/time-text.ts';

interface ProbeButtonProps {
  readonly label: string;
  readonly tunnel: TunnelStatus | null;
}

/** Calls our own address now; says when it did not come back, and when the next try is due without a click. */
export function ProbeButton({ label, tunnel }: ProbeButtonProps) {
  const { tunnelSetup: t, window, language } = useTexts();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState('');
  const now = useNow();
  const nextAt = tunnel === null ? null : tunnel.state === 'down' ? tunnel.nextTryAt : tunnel.proof.nextAt;
  const probe = (): void => {
    setBusy(true);
    setOutcome('');
    void ask('probeNow', {}).then((reply) => {
      setBusy(false);
      if (!reply.ok) setOutcome(window.refused(reply.error.message));
      else if (reply.result.misses > 0 || reply.result.reachedAt === null) setOutcome(t.stillNot);
    });
  };
  return (
    <div className="probe">
      <button type="button" className="button" disabled={isBusy} onClick={probe}>
        <RefreshCw aria-hidden="true" size={14} />
        {isBusy ? t.trying : label}
      </button>
      <span className="probe-words">
        <span role="status">{outcome}</span>
        {nextAt !== null && nextAt > now && <span>{t.nextTry(secondText(language, nextAt, now))}</span>}
      </span>
    </div>
  );
}
