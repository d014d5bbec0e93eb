import type { SourceId } from '../../shared/alert.ts';
import type { Source } from '../../shared/source.ts';
import { useTexts } from './texts.ts';

interface SourceSelectProps {
  readonly sources: readonly Pick<Source, 'id' | 'name'>[];
  /** Null: all of them. */
  readonly value: SourceId | null;
  readonly onChange: (id: SourceId | null) => void;
}

/** One source, or all. */
export function SourceSelect({ sources, value, onChange }: SourceSelectProps) {
  const t = useTexts().window;
  return (
    <select
      className="select"
      aria-label={t.filterSource}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || null)}
    >
      <option value="">{t.allSources}</option>
      {sources.map((source) => (
        <option key={source.id} value={source.id}>
          {source.name}
        </option>
      ))}
    </select>
  );
}
