import Send from 'lucide-react/icons/send';
import { useState } from 'react';
import type { SourceId } from '../../shared/alert.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';

interface SendTestProps {
  readonly sourceId: SourceId;
  readonly isListening: boolean;
}

/** Sends a critical test alert through the listener, as a sender would, and says how it went. */
export function SendTest({ sourceId, isListening }: SendTestProps) {
  const t = useTexts().window;
  const [state, setState] = useState<{ busy: boolean; outcome: string }>({ busy: false, outcome: '' });
  const send = (): void => {
    setState({ busy: true, outcome: '' });
    void ask('sendTestAlert', { sourceId, priority: 'critical' }).then((reply) =>
      setState({
        busy: false,
        outcome: reply.ok ? t.testSent(reply.result.delivery) : t.refused(reply.error.message),
      }),
    );
  };
  return (
    <div className="send-test">
      <button
        type="button"
        className="button"
        disabled={state.busy || !isListening}
        aria-describedby={isListening ? undefined : `not-listening-${sourceId}`}
        onClick={send}
      >
        <Send aria-hidden="true" size={14} />
        {t.sendTest}
      </button>
      <span className="quiet" role="status">
        {state.outcome}
      </span>
    </div>
  );
}
