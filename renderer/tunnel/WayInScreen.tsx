import type { LiveState } from '../live-state.ts';
import { WayIn } from './WayIn.tsx';

interface WayInScreenProps {
  readonly live: LiveState;
  readonly onShowSources: () => void;
}

/** The way in on a page of its own. */
export function WayInScreen({ live, onShowSources }: WayInScreenProps) {
  return (
    <main className="page">
      <div className="page-column guide">
        <WayIn live={live} onShowSources={onShowSources} />
      </div>
    </main>
  );
}
