import ChevronLeft from 'lucide-react/icons/chevron-left';
import ExternalLink from 'lucide-react/icons/external-link';
import type { ReactNode } from 'react';
import type { Alert } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import type { AlertDetail } from '../../shared/bridge.ts';
import { useNow } from '../controls/clock.ts';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { Age, Ago, Moment } from '../controls/TimeText.tsx';
import { DetailSection } from '../controls/DetailSection.tsx';
import { useTexts } from '../controls/texts.ts';
import { durationText, exactText } from '../controls/time-text.ts';
import { AlertDeliveries } from './AlertDeliveries.tsx';
import { AlertTimeline } from './AlertTimeline.tsx';

/** What scrolls must be reachable by keyboard, and what does not should be no stop on the way. */
function mayScroll(text: string): boolean {
  return text.length > 400 || text.split('\n').length > 8;
}

interface AlertDetailPaneProps {
  readonly alert: Alert;
  /** Null while it is being fetched. */
  readonly detail: AlertDetail | null;
  readonly actions: ReactNode;
  readonly onOpenLink: (url: string) => void;
  /** Non-null when the list is not beside it. */
  readonly onBack: (() => void) | null;
}

/** Everything about one alert, top to bottom in the order of the questions: what, where, how bad, since when, why. */
export function AlertDetailPane({ alert, detail, actions, onOpenLink, onBack }: AlertDetailPaneProps) {
  const texts = useTexts();
  const t = texts.window;
  const place = placeOf(alert);
  const labels = Object.entries(alert.labels);
  return (
    <article
      className="detail"
      aria-labelledby="detail-title"
      data-priority={alert.priority}
      data-place={place}
    >
      <header className="detail-head">
        {onBack !== null && (
          <button type="button" className="button back-button" onClick={onBack}>
            <ChevronLeft aria-hidden="true" size={16} />
            {t.back}
          </button>
        )}
        <p className="detail-state">
          <PriorityMark mark={place === 'resolved' ? 'resolved' : alert.priority} />
          <span className="detail-priority">{t.priority[alert.priority]}</span>
          {alert.noData && <span>{t.noData}</span>}
          <span>
            {place === 'snoozed' && alert.snoozedUntil !== null ? (
              <>
                {t.place.snoozed} → <Moment at={alert.snoozedUntil} />
              </>
            ) : (
              t.place[place]
            )}
          </span>
          <span className="detail-id">{alert.id}</span>
        </p>
        <h2 id="detail-title" tabIndex={-1}>
          {alert.title === '' ? t.noTitle : alert.title}
        </h2>
        {alert.text !== '' && (
          <p className="detail-text" tabIndex={mayScroll(alert.text) ? 0 : undefined}>
            {alert.text}
          </p>
        )}
        {actions}
      </header>

      <dl className="key-facts">
        <Fact name={t.resource} value={alert.resource} wide />
        <Fact name={t.value} value={alert.value} strong />
        <Fact name={t.condition} value={alert.condition} />
        <Fact
          name={alert.resolvedAt === null ? t.since : t.lasted}
          value={alert.resolvedAt === null ? <SinceFact at={alert.openedAt} /> : <Lasted alert={alert} />}
        />
      </dl>

      {alert.links.length > 0 && (
        <DetailSection title={t.links}>
          <ul className="link-list">
            {alert.links.map((link) => (
              <li key={link.url}>
                <button type="button" className="link-button" onClick={() => onOpenLink(link.url)}>
                  <ExternalLink aria-hidden="true" size={14} />
                  <span>{link.label === '' ? t.openLink(link.host) : link.label}</span>
                  <span className="link-host">{link.host}</span>
                </button>
              </li>
            ))}
          </ul>
        </DetailSection>
      )}

      <DetailSection title={t.timeline}>
        {detail === null ? <p className="quiet">{t.loading}</p> : <AlertTimeline entries={detail.timeline} />}
      </DetailSection>

      <DetailSection title={t.facts}>
        <dl className="fact-list">
          <Fact name={t.source} value={`${alert.sourceName} (${t.sourceKind[alert.sourceKind]})`} />
          <Fact name={t.senderLevel} value={alert.level} />
          <Fact name={t.occurrences} value={String(alert.count)} />
          <Fact name={t.deliveriesCount} value={String(alert.deliveries)} />
          <Fact name={t.episode} value={String(alert.episode)} />
          <Fact name={t.since} value={exactText(texts.language, alert.openedAt)} />
          <Fact name={t.lastEvent} value={exactText(texts.language, alert.lastEventAt)} />
          <Fact
            name={t.place.acknowledged}
            value={alert.acknowledgedAt === null ? null : <Ago at={alert.acknowledgedAt} />}
          />
          <Fact name={t.acknowledgeNote} value={alert.acknowledgeNote} />
          <Fact
            name={t.place.resolved}
            value={alert.resolvedAt === null ? null : exactText(texts.language, alert.resolvedAt)}
          />
          <Fact name="" value={alert.resolvedBy === null ? null : t.byWhom[alert.resolvedBy]} />
        </dl>
      </DetailSection>

      <DetailSection title={t.labels}>
        {labels.length === 0 ? (
          <p className="quiet">{t.noLabels}</p>
        ) : (
          <dl className="fact-list mono-values">
            {labels.map(([name, value]) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
        )}
      </DetailSection>

      <DetailSection title={t.keyHeading}>
        <p>{t.keyWhy}</p>
        <p className="quiet">{t.keyParts}</p>
        <p className="code-line">{alert.key}</p>
      </DetailSection>

      <DetailSection title={t.deliveries}>
        {detail === null ? (
          <p className="quiet">{t.loading}</p>
        ) : (
          <AlertDeliveries deliveries={detail.deliveries} />
        )}
      </DetailSection>
    </article>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: ReactNode;
  readonly strong?: boolean;
  readonly wide?: boolean;
}

/** A name and its value; nothing at all without a value. */
function Fact({ name, value, strong = false, wide = false }: FactProps) {
  if (value === null || value === '') return null;
  return (
    <div className="fact" data-wide={wide}>
      <dt>{name}</dt>
      <dd data-strong={strong}>{value}</dd>
    </div>
  );
}

function SinceFact({ at }: { readonly at: number }) {
  return (
    <>
      <Moment at={at} /> <span className="quiet">(</span>
      <Age at={at} />
      <span className="quiet">)</span>
    </>
  );
}

function Lasted({ alert }: { readonly alert: Alert }) {
  const { language } = useTexts();
  const now = useNow();
  return <>{durationText(language, (alert.resolvedAt ?? now) - alert.openedAt)}</>;
}
