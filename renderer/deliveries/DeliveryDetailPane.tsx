import BellRing from 'lucide-react/icons/bell-ring';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import RotateCw from 'lucide-react/icons/rotate-cw';
import { useState } from 'react';
import type { AlertId } from '../../shared/alert.ts';
import type { DeliveryDetail } from '../../shared/bridge.ts';
import { formatBytes } from '../../shared/text/byte-text.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';
import { ask } from '../bridge.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { exactText, zonedText } from '../controls/time-text.ts';
import { DetailSection } from '../controls/DetailSection.tsx';
import { useTexts } from '../controls/texts.ts';
import { deliveryAsText } from './delivery-copy.ts';
import { DeliveryBody } from './DeliveryBody.tsx';
import { VerdictMark } from './VerdictMark.tsx';

interface DeliveryDetailPaneProps {
  readonly delivery: DeliveryDetail;
  readonly sourceName: string;
  readonly onShowAlert: (id: AlertId) => void;
  /** It was read again. */
  readonly onChanged: (delivery: DeliveryDetail) => void;
  /** Non-null when the list is not beside it. */
  readonly onBack: (() => void) | null;
}

/** One request, in the order of the questions: what became of it, why, what did it say. */
export function DeliveryDetailPane(props: DeliveryDetailPaneProps) {
  const { delivery, sourceName, onShowAlert, onBack } = props;
  const texts = useTexts();
  const { deliveriesScreen: t, window, language } = texts;
  const headers = Object.entries(delivery.headers);
  const asText = (): Promise<string> =>
    Promise.resolve(deliveryAsText(delivery, sourceName, texts, (at) => zonedText(language, at)));
  return (
    <article className="detail" aria-labelledby="delivery-title">
      <header className="detail-head">
        {onBack !== null && (
          <button type="button" className="button back-button" onClick={onBack}>
            <ChevronLeft aria-hidden="true" size={16} />
            {window.back}
          </button>
        )}
        <p className="detail-state">
          <span>{sourceName}</span>
          <span>{exactText(language, delivery.receivedAt)}</span>
          <span className="detail-id">{delivery.id}</span>
        </p>
        <h2 id="delivery-title" className="delivery-title" tabIndex={-1}>
          <VerdictMark verdict={delivery.verdict} />
          <span>{window.verdict[delivery.verdict]}</span>
        </h2>
        <div className="action-row">
          {delivery.body !== '' && <CopyButton label={t.copyBody} text={delivery.body} />}
          <CopyButton label={t.copyAll} text={asText} />
        </div>
      </header>
      <DetailSection title={t.why}>
        <p>{reasonSentence(language, delivery.reason)}</p>
        <ParseAgain delivery={delivery} onChanged={props.onChanged} />
      </DetailSection>
      <DetailSection title={t.alerts}>
        {delivery.alertIds.length === 0 ? (
          <p className="quiet">{t.noAlerts}</p>
        ) : (
          <div className="action-row">
            {delivery.alertIds.map((id) => (
              <button key={id} type="button" className="button" onClick={() => onShowAlert(id)}>
                <BellRing aria-hidden="true" size={14} />
                {t.showAlert(id)}
              </button>
            ))}
          </div>
        )}
      </DetailSection>
      <DetailSection title={window.body}>
        <DeliveryBody key={delivery.id} delivery={delivery} />
      </DetailSection>
      <DetailSection title={t.facts}>
        <dl className="fact-list">
          <Fact name={t.method} value={delivery.method} />
          <Fact name={t.contentType} value={delivery.contentType ?? '–'} />
          <Fact name={t.size} value={formatBytes(language, delivery.bytes)} />
          <Fact name={t.sender} value={delivery.remoteAddress} />
          {delivery.query !== '' && <Fact name={t.query} value={delivery.query} />}
          <Fact name={t.hash} value={delivery.bodyHash} />
        </dl>
      </DetailSection>
      {headers.length > 0 && (
        <DetailSection title={window.headers}>
          <dl className="fact-list mono-values">
            {headers.map(([name, value]) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
        </DetailSection>
      )}
    </article>
  );
}

interface ParseAgainProps {
  readonly delivery: DeliveryDetail;
  readonly onChanged: (delivery: DeliveryDetail) => void;
}

function ParseAgain({ delivery, onChanged }: ParseAgainProps) {
  const { deliveriesScreen: t, window, refusal } = useTexts();
  const [outcome, setOutcome] = useState('');
  const [isBusy, setBusy] = useState(false);
  const parse = (): void => {
    setBusy(true);
    void ask('parseAgain', { id: delivery.id }).then((reply) => {
      setBusy(false);
      if (!reply.ok) return setOutcome(window.refused(reply.error.message));
      const isSame =
        reply.result.verdict === delivery.verdict &&
        reply.result.alertIds.length === delivery.alertIds.length;
      setOutcome(
        isSame
          ? t.parsedSame
          : t.parsedNow(window.verdict[delivery.verdict], window.verdict[reply.result.verdict]),
      );
      onChanged(reply.result);
    });
  };
  return (
    <div className="parse-again">
      <button
        type="button"
        className="button"
        disabled={isBusy || delivery.bodyRemoved}
        aria-describedby="parse-again-help"
        onClick={parse}
      >
        <RotateCw aria-hidden="true" size={14} />
        {t.parseAgain}
      </button>
      <span className="quiet" id="parse-again-help">
        {delivery.bodyRemoved ? refusal.parseAgain['body-removed'] : t.parseAgainHelp}
      </span>
      <strong role="status">{outcome}</strong>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
