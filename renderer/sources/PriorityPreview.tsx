import { useEffect, useState } from 'react';
import type { DeliveryLevels, PriorityRules } from '../../shared/fired-level.ts';
import type { Source } from '../../shared/source.ts';
import { ask } from '../bridge.ts';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { Moment } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import { countPreview, type PreviewLine, previewOf } from './priority-preview.ts';

interface PriorityPreviewProps {
  readonly source: Source;
  /** The rules as they would be. */
  readonly rules: PriorityRules;
}

/** The newest deliveries of a source, under the rules of now and under those that are being made. */
export function PriorityPreview({ source, rules }: PriorityPreviewProps) {
  const { sourcesScreen: t } = useTexts();
  const levels = useLevels(source);
  if (levels === null) return null;
  const lines = previewOf(levels, source, rules);
  const { all, changed } = countPreview(lines);
  return (
    <section className="rule-group">
      <h4>{t.preview}</h4>
      <p role="status">{all === 0 ? t.previewNone : t.previewChanged(changed, all)}</p>
      {lines.length > 0 && (
        <ul className="preview" tabIndex={0} aria-label={t.preview}>
          {lines.map((line) => (
            <li key={`${line.id} ${line.word}`} data-changed={line.before !== line.after}>
              <span className="quiet">
                <Moment at={line.at} />
              </span>
              <span className="word">
                {line.word ?? t.noLevel}
                {line.times > 1 && ` ×${line.times}`}
              </span>
              <Outcome outcome={line.before} />
              <span aria-hidden="true">→</span>
              <Outcome outcome={line.after} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Outcome({ outcome }: { readonly outcome: PreviewLine['before'] }) {
  const { sourcesScreen: t, window } = useTexts();
  return (
    <span className="outcome">
      {outcome !== 'ignored' && <PriorityMark mark={outcome} />}
      {outcome === 'ignored' ? t.ignored : window.priority[outcome]}
    </span>
  );
}

/** Null until they are known; asked again when more came. */
function useLevels({ id, counts }: Source): readonly DeliveryLevels[] | null {
  const [levels, setLevels] = useState<readonly DeliveryLevels[] | null>(null);
  // The count says when to ask again, not what.
  useEffect(() => {
    let isStale = false;
    void ask('sourceLevels', { id }).then((reply) => {
      if (!isStale && reply.ok) setLevels(reply.result);
    });
    return () => {
      isStale = true;
    };
  }, [id, counts.deliveries]);
  return levels;
}
