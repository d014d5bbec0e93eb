import type { RefObject } from 'react';
import { Verdict } from '../../shared/alert.ts';
import type { Source } from '../../shared/source.ts';
import { SearchField } from '../controls/SearchField.tsx';
import { SourceSelect } from '../controls/SourceSelect.tsx';
import { useTexts } from '../controls/texts.ts';
import type { DeliveryFilter } from './delivery-pages.ts';

interface DeliveryFilterBarProps {
  readonly filter: DeliveryFilter;
  readonly onFilter: (filter: DeliveryFilter) => void;
  readonly sources: readonly Source[];
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

const verdicts: readonly Verdict[] = Verdict.anyOf.map((one) => one.const);

/** Search, source and verdict. */
export function DeliveryFilterBar({ filter, onFilter, sources, searchRef }: DeliveryFilterBarProps) {
  const { deliveriesScreen: t, window } = useTexts();
  return (
    <search className="filter-bar">
      <SearchField
        label={t.search}
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
        inputRef={searchRef}
      />
      <SourceSelect
        sources={sources}
        value={filter.sourceId}
        onChange={(sourceId) => onFilter({ ...filter, sourceId })}
      />
      <select
        className="select"
        aria-label={t.filterVerdict}
        value={filter.verdict ?? ''}
        onChange={(event) => {
          const verdict = verdicts.find((one) => one === event.target.value) ?? null;
          onFilter({ ...filter, verdict });
        }}
      >
        <option value="">{t.allVerdicts}</option>
        {verdicts.map((verdict) => (
          <option key={verdict} value={verdict}>
            {window.verdict[verdict]}
          </option>
        ))}
      </select>
    </search>
  );
}
