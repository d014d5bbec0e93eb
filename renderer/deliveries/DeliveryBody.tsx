import { useMemo, useState } from 'react';
import type { DeliveryDetail } from '../../shared/bridge.ts';
import { useTexts } from '../controls/texts.ts';
import { readableBody } from './body-view.ts';

/** More than this nobody reads, and laying it out would hold the window up. */
const mostShown = 60_000;

type View = 'readable' | 'raw';

/** The body, readable where it parses and raw always. Plain text whatever it holds. */
export function DeliveryBody({ delivery }: { readonly delivery: DeliveryDetail }) {
  const { deliveriesScreen: t, window, language } = useTexts();
  const [wanted, setWanted] = useState<View>('readable');
  const readable = useMemo(() => readableBody(delivery.body), [delivery.body]);
  const gone = delivery.bodyRemoved
    ? t.bodyRemoved
    : delivery.reason.split(', ').includes('too-large')
      ? t.bodyRefused
      : delivery.body === ''
        ? window.emptyBody
        : null;
  if (gone !== null) return <p className="quiet">{gone}</p>;
  const view = readable === null ? 'raw' : wanted;
  const count = (n: number): string => new Intl.NumberFormat(language).format(n);
  return (
    <>
      {delivery.bodyDamaged && <p className="warning-text">{t.bodyDamaged}</p>}
      {readable !== null && (
        <div className="segments" role="radiogroup" aria-label={t.bodyView}>
          {(['readable', 'raw'] as const).map((one) => (
            <label key={one} className="segment">
              <input type="radio" name="body-view" checked={one === view} onChange={() => setWanted(one)} />
              <span>{t[one]}</span>
            </label>
          ))}
        </div>
      )}
      {view === 'readable' && readable?.kind === 'form' ? (
        <dl className="fact-list mono-values body-fields">
          {readable.fields.map(([name, value], index) => (
            // A form may name a field twice; their order is all there is to tell them apart.
            // oxlint-disable-next-line react/no-array-index-key
            <div className="fact" key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <pre className="body-text" tabIndex={0} aria-label={window.body}>
          {(view === 'readable' && readable?.kind === 'json' ? readable.text : delivery.body).slice(
            0,
            mostShown,
          )}
        </pre>
      )}
      {view === 'raw' && delivery.body.length > mostShown && (
        <p className="quiet">{t.bodyCut(count(mostShown), count(delivery.body.length))}</p>
      )}
    </>
  );
}
