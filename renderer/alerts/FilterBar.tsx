import type { ReactNode, RefObject } from 'react';
import { type AlertCounts, type Place, places } from '../../shared/alert-order.ts';
import { priorities } from '../../shared/priority.ts';
import type { Source } from '../../shared/source.ts';
import { PriorityMark } from '../controls/PriorityMark.tsx';
import { SearchField } from '../controls/SearchField.tsx';
import { SourceSelect } from '../controls/SourceSelect.tsx';
import { useTexts } from '../controls/texts.ts';
import { type AlertFilter, toggled } from './alert-filter.ts';

interface FilterBarProps {
  readonly filter: AlertFilter;
  readonly onFilter: (filter: AlertFilter) => void;
  /** Null while nothing is known. */
  readonly counts: AlertCounts | null;
  readonly sources: readonly Source[];
  readonly searchRef: RefObject<HTMLInputElement | null>;
  /** The on-call switch. */
  readonly onCall: ReactNode;
}

/** Search, state chips with counts, priorities, the source when there are several, and whether one is on call. */
export function FilterBar({ filter, onFilter, counts, sources, searchRef, onCall }: FilterBarProps) {
  const t = useTexts().window;
  const countOf = (place: Place): number | null => {
    if (counts === null) return null;
    switch (place) {
      case 'open':
        return counts.open.critical + counts.open.medium + counts.open.low;
      case 'acknowledged':
        return counts.acknowledged;
      case 'snoozed':
        return counts.snoozed;
      case 'resolved':
        return null;
    }
  };
  return (
    <search className="filter-bar">
      <SearchField
        label={t.search}
        value={filter.search}
        onChange={(search) => onFilter({ ...filter, search })}
        inputRef={searchRef}
      />
      <div className="chips place-chips" role="group" aria-label={t.filterPlaces}>
        {places.map((place) => {
          const count = countOf(place);
          return (
            <button
              key={place}
              type="button"
              className="chip"
              aria-pressed={filter.places.has(place)}
              onClick={() => onFilter({ ...filter, places: toggled(filter.places, place) })}
            >
              {t.place[place]}
              {count !== null && <span className="chip-count">{count}</span>}
            </button>
          );
        })}
      </div>
      <div className="chips" role="group" aria-label={t.filterPriorities}>
        {priorities.map((priority) => (
          <button
            key={priority}
            type="button"
            className="chip icon-chip"
            aria-pressed={filter.priorities.has(priority)}
            aria-label={t.priority[priority]}
            title={t.priority[priority]}
            onClick={() => onFilter({ ...filter, priorities: toggled(filter.priorities, priority) })}
          >
            <PriorityMark mark={priority} />
          </button>
        ))}
      </div>
      {sources.length > 1 && (
        <SourceSelect
          sources={sources}
          value={filter.sourceId}
          onChange={(sourceId) => onFilter({ ...filter, sourceId })}
        />
      )}
      {onCall}
    </search>
  );
}
