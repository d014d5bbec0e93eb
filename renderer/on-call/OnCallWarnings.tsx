import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';

/** What could make a person on call deaf soon, each with what to do. */
export function OnCallWarnings({ live }: { readonly live: LiveState }) {
  const { onCall: t } = useTexts();
  const warnings = live.health?.onCall?.warnings ?? [];
  if (warnings.length === 0) return null;
  return (
    <section className="hearing" data-tone="notice" aria-label={t.warningTitle}>
      <TriangleAlert aria-hidden="true" size={14} />
      <div role="status">
        {warnings.map((warning) => (
          <p key={warning}>
            <strong>{t.warning[warning]}</strong> {t.warningRemedy[warning]}
          </p>
        ))}
      </div>
    </section>
  );
}
