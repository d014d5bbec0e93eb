import CircleCheck from 'lucide-react/icons/circle-check';
import EarOff from 'lucide-react/icons/ear-off';
import ListFilter from 'lucide-react/icons/list-filter';
import type { ReactNode } from 'react';
import { useTexts } from '../controls/texts.ts';
import { HearingLine } from '../hearing/HearingLine.tsx';
import type { LiveState } from '../live-state.ts';

/** Why the list has no rows. Each is a different screen, because each needs a different next step. */
export type Emptiness = 'filtered' | 'none-resolved' | 'quiet' | 'cannot-hear' | 'unknown';

/** Quiet is said only while we hear: an empty list of a deaf app is no good news. */
export function emptinessOf(
  live: LiveState,
  isNarrowed: boolean,
  hidden: number,
  wantsResolved: boolean,
): Emptiness {
  if (isNarrowed) return wantsResolved && hidden === 0 ? 'none-resolved' : 'filtered';
  if (live.link !== 'live') return 'unknown';
  return live.health?.hearing.state === 'hearing' ? 'quiet' : 'cannot-hear';
}

interface EmptyListProps {
  readonly emptiness: Emptiness;
  readonly live: LiveState;
  readonly hidden: number;
  readonly onShowAll: () => void;
}

export function EmptyList({ emptiness, live, hidden, onShowAll }: EmptyListProps) {
  const t = useTexts().window;
  switch (emptiness) {
    case 'filtered':
      return (
        <Blank icon={<ListFilter aria-hidden="true" size={28} />} title={t.nothingMatches}>
          {hidden > 0 && <p>{t.hiddenByFilter(hidden)}</p>}
          <button type="button" className="button" onClick={onShowAll}>
            {t.showAll}
          </button>
        </Blank>
      );
    case 'none-resolved':
      return (
        <Blank icon={<CircleCheck aria-hidden="true" size={28} />} title={t.noneResolved}>
          <button type="button" className="button" onClick={onShowAll}>
            {t.showAll}
          </button>
        </Blank>
      );
    case 'quiet':
      return (
        <Blank icon={<CircleCheck aria-hidden="true" size={28} />} title={t.allQuiet}>
          <p>
            <HearingLine live={live} />
          </p>
        </Blank>
      );
    case 'unknown':
      // The hearing bar says what is wrong; about alerts nothing can be said.
      return null;
    case 'cannot-hear':
      return (
        <Blank icon={<EarOff aria-hidden="true" size={28} />} title={t.allQuietCannotHear}>
          <p>{t.allQuietDeaf}</p>
        </Blank>
      );
  }
}

interface BlankProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}

/** A screen with one thing to say. */
export function Blank({ icon, title, children }: BlankProps) {
  return (
    <div className="blank">
      {icon}
      <h2>{title}</h2>
      {children}
    </div>
  );
}
