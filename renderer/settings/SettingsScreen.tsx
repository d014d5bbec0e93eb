import { useState } from 'react';
import type { SettingsChanges } from '../../shared/settings.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { WayInSummary } from '../tunnel/WayInSummary.tsx';
import { WindowGroup } from './WindowGroup.tsx';
import { ListeningGroup } from './ListeningGroup.tsx';
import { NotificationsGroup } from './NotificationsGroup.tsx';
import { OnCallGroup } from './OnCallGroup.tsx';
import { StorageSection } from './StorageSection.tsx';
import { SystemGroup } from './SystemGroup.tsx';

interface SettingsScreenProps {
  readonly live: LiveState;
  /** Opens the first run again. */
  readonly onSetup: () => void;
  /** Leads to choosing how monitors reach this computer. */
  readonly onWayIn: () => void;
}

/** Every setting there is, in six groups. Changes apply at once. */
export function SettingsScreen({ live, onSetup, onWayIn }: SettingsScreenProps) {
  const texts = useTexts();
  const [refusal, setRefusal] = useState('');
  const { settings } = live;
  const change = (changes: SettingsChanges): Promise<boolean> =>
    ask('updateSettings', { changes }).then((reply) => {
      setRefusal(reply.ok ? '' : texts.window.refused(reply.error.message));
      return reply.ok;
    });
  return (
    <main className="page">
      <div className="page-column">
        <p className="refusal" role="alert">
          {refusal}
        </p>
        {settings !== null && (
          <>
            <ListeningGroup
              settings={settings}
              change={change}
              portNow={live.health?.listener.port ?? null}
              wayIn={<WayInSummary live={live} onOpen={onWayIn} />}
            />
            <OnCallGroup settings={settings} change={change} />
            <NotificationsGroup settings={settings} change={change} />
            <WindowGroup settings={settings} change={change} />
            <SystemGroup settings={settings} change={change} onSetup={onSetup} />
          </>
        )}
        <StorageSection />
        {live.health !== null && <p className="quiet">{texts.settings.version(live.health.version)}</p>}
      </div>
    </main>
  );
}
