import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import type { RefObject } from 'react';
import { Verdict } from '../../shared/alert.ts';
import type { Source } from '../../shared/source.ts';
import { IconButton } from '../controls/IconButton.tsx';
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
      <div className="search-field">
        <Search aria-hidden="true" size={14} />
        <input
          ref={searchRef}
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          spellCheck={false}
          maxLength={200}
          value={filter.search}
          onChange={(event) => onFilter({ ...filter, search: event.target.value })}
        />
        {filter.search === '' ? (
          <kbd aria-hidden="true">/</kbd>
        ) : (
          <IconButton
            icon={<X aria-hidden="true" size={14} />}
            label={window.clearSearch}
            onPress={() => {
              onFilter({ ...filter, search: '' });
              searchRef.current?.focus();
            }}
          />
        )}
      </div>
      <select
        className="select"
        aria-label={window.filterSource}
        value={filter.sourceId ?? ''}
        onChange={(event) => onFilter({ ...filter, sourceId: event.target.value || null })}
      >
        <option value="">{window.allSources}</option>
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {source.name}
          </option>
        ))}
      </select>
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
