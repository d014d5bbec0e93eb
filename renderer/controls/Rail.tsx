import Bell from 'lucide-react/icons/bell';
import Cable from 'lucide-react/icons/cable';
import Inbox from 'lucide-react/icons/inbox';
import Settings2 from 'lucide-react/icons/settings-2';
import type { ReactNode } from 'react';
import { useTexts } from './texts.ts';

export type Screen = 'alerts' | 'sources' | 'deliveries' | 'settings';

const icons: Readonly<Record<Screen, ReactNode>> = {
  alerts: <Bell aria-hidden="true" size={18} />,
  sources: <Cable aria-hidden="true" size={18} />,
  deliveries: <Inbox aria-hidden="true" size={18} />,
  settings: <Settings2 aria-hidden="true" size={18} />,
};
const screens: readonly Screen[] = ['alerts', 'sources', 'deliveries', 'settings'];

/** The way between screens. */
export function Rail({
  screen,
  onChange,
}: {
  readonly screen: Screen;
  readonly onChange: (to: Screen) => void;
}) {
  const { window: t, deliveriesScreen } = useTexts();
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
          <span>{to === 'deliveries' ? deliveriesScreen.title : t[to]}</span>
        </button>
      ))}
    </nav>
  );
}
