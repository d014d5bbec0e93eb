import { useState } from 'react';
import type { Delivery } from '../../shared/alert.ts';
import type { DeliveryDetail } from '../../shared/bridge.ts';
import { ask } from '../bridge.ts';
import { useNow } from '../controls/clock.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { useTexts } from '../controls/texts.ts';
import { exactText, secondText } from '../controls/time-text.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';

/** What detail of an alert carries at most (shared/bridge.ts). */
const mostListed = 100;

/** The requests behind an alert, newest first; a body is fetched when it is opened. */
export function AlertDeliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const t = useTexts().window;
  if (deliveries.length === 0) return <p className="quiet">{t.noDeliveries}</p>;
  return (
    <>
      {deliveries.length >= mostListed && <p className="quiet">{t.deliveriesNewest(deliveries.length)}</p>}
      <ul className="delivery-list">
        {deliveries.map((delivery) => (
          <li key={delivery.id}>
            <DeliveryLine delivery={delivery} />
          </li>
        ))}
      </ul>
    </>
  );
}

function DeliveryLine({ delivery }: { readonly delivery: Delivery }) {
  const texts = useTexts();
  const t = texts.window;
  const now = useNow();
  const [full, setFull] = useState<DeliveryDetail | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const load = (): void => {
    if (full !== null) return;
    void ask('getDelivery', { id: delivery.id }).then((reply) => {
      if (reply.ok) setFull(reply.result);
      else setRefusal(t.refused(reply.error.message));
    });
  };
  const reason = reasonSentence(texts.language, delivery.reason);
  return (
    <details className="delivery" onToggle={(event) => event.currentTarget.open && load()}>
      <summary>
        <time title={exactText(texts.language, delivery.receivedAt)}>
          {secondText(texts.language, delivery.receivedAt, now)}
        </time>
        <span className="delivery-verdict">{t.verdict[delivery.verdict]}</span>
        <span className="quiet">{delivery.id}</span>
      </summary>
      <div className="delivery-body">
        <p className="quiet">
          {delivery.method} · {delivery.contentType ?? '–'} · {t.bytes(delivery.bytes)} ·{' '}
          {delivery.remoteAddress}
        </p>
        {reason !== '' && <p className="quiet">{reason}</p>}
        {refusal !== null && <p role="alert">{refusal}</p>}
        {full === null && refusal === null && <p className="quiet">{t.loading}</p>}
        {full !== null && (
          <>
            <h4>{t.body}</h4>
            {full.body === '' ? (
              <p className="quiet">{t.emptyBody}</p>
            ) : (
              <>
                <pre tabIndex={0}>{full.body}</pre>
                <CopyButton label={t.copyBody} text={full.body} />
              </>
            )}
            {Object.keys(full.headers).length > 0 && (
              <>
                <h4>{t.headers}</h4>
                <dl className="fact-list mono-values">
                  {Object.entries(full.headers).map(([name, value]) => (
                    <div className="fact" key={name}>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </dl>
              </>
            )}
          </>
        )}
      </div>
    </details>
  );
}
