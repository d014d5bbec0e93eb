import Bell from 'lucide-react/icons/bell';
import Cable from 'lucide-react/icons/cable';
import ChartNoAxesGantt from 'lucide-react/icons/chart-no-axes-gantt';
import Inbox from 'lucide-react/icons/inbox';
import Settings2 from 'lucide-react/icons/settings-2';
import type { ReactNode } from 'react';
import { useTexts } from './texts.ts';

export type RailScreen = 'alerts' | 'sources' | 'deliveries' | 'coverage' | 'settings';

const icons: Readonly<Record<RailScreen, ReactNode>> = {
  alerts: <Bell aria-hidden="true" size={18} />,
  sources: <Cable aria-hidden="true" size={18} />,
  deliveries: <Inbox aria-hidden="true" size={18} />,
  coverage: <ChartNoAxesGantt aria-hidden="true" size={18} />,
  settings: <Settings2 aria-hidden="true" size={18} />,
};
const screens: readonly RailScreen[] = ['alerts', 'sources', 'deliveries', 'coverage', 'settings'];

/** The way between screens. */
export function Rail({
  screen,
  onChange,
}: {
  readonly screen: RailScreen;
  readonly onChange: (to: RailScreen) => void;
}) {
  const { window: t, deliveriesScreen, coverageScreen } = useTexts();
  const nameOf = (to: RailScreen): string => {
    if (to === 'deliveries') return deliveriesScreen.title;
    return to === 'coverage' ? coverageScreen.title : t[to];
  };
  return (
    <nav className="rail" aria-label={t.screens}>
      {screens.map((to) => (
        <button
          key={to}
          type="button"
          className="rail-item"
          aria-current={to === screen ? 'page' : undefined}
          onClick={() => onChange(to)}
        >
          {icons[to]}
          <span>{nameOf(to)}</span>
        </button>
      ))}
    </nav>
  );
}
