import ChevronLeft from 'lucide-react/icons/chevron-left';
import { useEffect, useState } from 'react';
import type { Delivery } from '../../shared/alert.ts';
import type { Source, SourceWithAddress } from '../../shared/source.ts';
import { type Guide, universalSenders } from '../../shared/text/setup-guide-text.ts';
import { ask } from '../bridge.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { Ago } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import type { DeliveryFilter } from '../deliveries/delivery-pages.ts';
import { covered } from './covered.ts';
import { SendTest } from './SendTest.tsx';
import { progressOf, setupMarks, type SetupProgress } from './setup-progress.ts';
import { setupSnippet } from './setup-snippet.ts';
import { useSourceAddress } from './use-source-address.ts';

interface SetupGuideProps {
  readonly source: Source;
  readonly publicUrl: string | null;
  readonly port: number;
  readonly isListening: boolean;
  readonly onBack: () => void;
  readonly onShowDeliveries: (filter: Partial<DeliveryFilter>) => void;
}

/** Where to click and what to paste at the sender, with marks that appear as things arrive. */
export function SetupGuide(props: SetupGuideProps) {
  const { source, publicUrl, port, isListening, onBack, onShowDeliveries } = props;
  const { guide: t, window } = useTexts();
  const [guide, setGuide] = useState<Guide>(source.kind === 'universal' ? 'alertmanager' : source.kind);
  const address = useSourceAddress(source, publicUrl);
  return (
    <div className="page-column guide">
      <button type="button" className="button back-button" onClick={onBack}>
        <ChevronLeft aria-hidden="true" size={16} />
        {t.back}
      </button>
      <h2 className="guide-title">{t.guideOf(source.name)}</h2>
      <Progress source={source} onShowDeliveries={onShowDeliveries} />
      {address !== null && (
        <section className="card">
          <h3>{t.address}</h3>
          <div className="address-line">
            <p className="code-line">{covered(address.publicUrl ?? address.localUrl, address.secret)}</p>
            <CopyButton label={window.copyAddress} text={address.publicUrl ?? address.localUrl} />
          </div>
          {address.publicUrl === null && (
            <p className="quiet">
              {t.addressLocal} {window.stepTunnel(port)}
            </p>
          )}
          <SendTest sourceId={source.id} isListening={isListening} />
          {!isListening && (
            <p className="quiet" id={`not-listening-${source.id}`}>
              {window.deaf}
            </p>
          )}
        </section>
      )}
      {source.kind === 'universal' && (
        <div className="segments" role="radiogroup" aria-label={t.which}>
          {universalSenders.map((sender) => (
            <label key={sender} className="segment">
              <input
                type="radio"
                name="universal-sender"
                checked={sender === guide}
                onChange={() => setGuide(sender)}
              />
              <span>{t.senders[sender]}</span>
            </label>
          ))}
        </div>
      )}
      <Chapters guide={guide} address={address} />
      <section className="card">
        <h3>{t.advice}</h3>
        <dl className="advice">
          {t.advices[guide].map(({ what, why }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd className="quiet">{why}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="card">
        <h3>{t.trouble}</h3>
        {t.troubles.map(({ sign, checks }) => (
          <details key={sign} className="fold">
            <summary>{sign}</summary>
            <ul className="plain-list">
              {checks.map((check) => (
                <li key={check}>{check}</li>
              ))}
            </ul>
          </details>
        ))}
      </section>
    </div>
  );
}

function Chapters({ guide, address }: { readonly guide: Guide; readonly address: SourceWithAddress | null }) {
  const { guide: t } = useTexts();
  const snippet = address === null ? null : setupSnippet(guide, address);
  return (
    <>
      {t.chapters[guide].map(({ title, steps }) => (
        <section key={title} className="card">
          <h3>{title}</h3>
          <ol className="step-list">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
      ))}
      {snippet !== null && address !== null && (
        <section className="card">
          <h3>{t.toPaste}</h3>
          <pre className="code-line snippet" tabIndex={0}>
            {covered(snippet, address.secret)}
          </pre>
          <div className="action-row">
            <CopyButton label={t.copySnippet} text={snippet} />
          </div>
        </section>
      )}
    </>
  );
}

function Progress({ source, onShowDeliveries }: Pick<SetupGuideProps, 'source' | 'onShowDeliveries'>) {
  const { guide: t } = useTexts();
  const { seen, unknown } = useSetupProgress(source);
  return (
    <section className="card" aria-live="polite">
      <h3>{t.progress}</h3>
      <ul className="setup-marks">
        {setupMarks.map((mark) => {
          const at = seen[mark];
          return (
            <li key={mark} data-seen={at !== null}>
              <PriorityMark mark={at === null ? 'low' : 'resolved'} />
              <span>{t.marks[mark]}</span>
              <span className="quiet">{at === null ? t.waiting : <Ago at={at} />}</span>
            </li>
          );
        })}
      </ul>
      {seen.real !== null && seen.recovery !== null && <p>{t.allSet}</p>}
      {unknown !== null && (
        <p className="warning-text">
          {t.notUnderstood}{' '}
          <button
            type="button"
            className="text-button"
            onClick={() => onShowDeliveries({ sourceId: source.id, verdict: 'not-understood' })}
          >
            {t.look}
          </button>
        </p>
      )}
    </section>
  );
}

/** What a set-up needs to see is among the newest. */
const lookedAt = 200;

function useSetupProgress(source: Source): SetupProgress {
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  const { id, counts } = source;
  // The count says when to ask again, not what.
  useEffect(() => {
    let isStale = false;
    void ask('listDeliveries', { sourceId: id, limit: lookedAt }).then((reply) => {
      if (!isStale && reply.ok) setDeliveries(reply.result.deliveries);
    });
    return () => {
      isStale = true;
    };
  }, [id, counts.deliveries]);
  return progressOf(source, deliveries);
}
