import type { Delivery } from '../../shared/alert.ts';
import type { Source } from '../../shared/source.ts';
import { ask } from '../bridge.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { exactText } from '../controls/time-text.ts';
import { useTexts } from '../controls/texts.ts';
import { deliveryReport } from './delivery-report.ts';
import { useFormatEvidence } from './use-format-evidence.ts';

interface FormatEvidenceProps {
  readonly source: Source;
  /** Goes out of what is copied; null when it is not known. */
  readonly secret: string | null;
}

/** What is known of a format that nobody has published, and a way to tell us more. */
export function FormatEvidence({ source, secret }: FormatEvidenceProps) {
  const texts = useTexts();
  const t = texts.window;
  const evidence = useFormatEvidence(source);
  const exact = (at: number): string => exactText(texts.language, at);
  const report = async ({ id }: Delivery): Promise<string | null> => {
    const reply = await ask('getDelivery', { id });
    return reply.ok ? deliveryReport(reply.result, secret === null ? [] : [secret]) : null;
  };
  const { last, unknown, confirmedAt } = evidence ?? { last: null, unknown: null, confirmedAt: null };
  return (
    <div className="format">
      <h3>{t.format}</h3>
      {unknown !== null && (
        <p className="format-unknown">
          {t.formatUnknown(Math.max(1, source.counts.notUnderstood), exact(unknown.receivedAt))}
        </p>
      )}
      <p>{t.formatUnpublished}</p>
      {evidence !== null && (
        <p>
          <strong>
            {confirmedAt === null ? t.formatUnconfirmed : t.formatConfirmed(exact(confirmedAt))}
          </strong>
        </p>
      )}
      {last !== null && (
        <>
          <div className="format-copies">
            <CopyButton label={t.copyReport} text={() => report(last)} />
            {unknown !== null && unknown.id !== last.id && (
              <CopyButton label={t.copyUnknown} text={() => report(unknown)} />
            )}
          </div>
          <p className="quiet">{t.reportHelp}</p>
        </>
      )}
    </div>
  );
}
