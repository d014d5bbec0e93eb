import { useState } from 'react';
import type { SettingsChanges } from '../../shared/settings.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { AppearanceGroup } from './AppearanceGroup.tsx';
import { ListeningGroup } from './ListeningGroup.tsx';
import { ListGroup } from './ListGroup.tsx';
import { NotificationsGroup } from './NotificationsGroup.tsx';
import { StorageSection } from './StorageSection.tsx';
import { SystemGroup } from './SystemGroup.tsx';

interface SettingsScreenProps {
  readonly live: LiveState;
  /** Opens the first run again. */
  readonly onSetup: () => void;
}

/** Every setting there is, in five groups. Changes apply at once. */
export function SettingsScreen({ live, onSetup }: SettingsScreenProps) {
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
            />
            <NotificationsGroup settings={settings} change={change} />
            <ListGroup settings={settings} change={change} />
            <AppearanceGroup settings={settings} change={change} />
            <SystemGroup settings={settings} change={change} onSetup={onSetup} />
          </>
        )}
        <StorageSection />
        {live.health !== null && <p className="quiet">{texts.settings.version(live.health.version)}</p>}
      </div>
    </main>
  );
}
