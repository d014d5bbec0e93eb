import type { ReactNode } from 'react';
import { defaultSettings } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';
import { parsePort } from './port-number.ts';
import { Choice } from './setting-controls.tsx';
import { SavedField } from './SavedField.tsx';
import { type GroupProps, PlainRow, SettingRow, SettingsGroup } from './SettingRow.tsx';

interface ListeningGroupProps extends GroupProps {
  /** What is listened on; null: not known. */
  readonly portNow: number | null;
  /** The way in from outside, and the way to change it. */
  readonly wayIn: ReactNode;
}

/** Where webhooks come in. */
export function ListeningGroup({ portNow, wayIn, ...group }: ListeningGroupProps) {
  const { settings: t, tunnelSetup } = useTexts();
  return (
    <SettingsGroup name={t.groups.listening}>
      <PlainRow name="way-in" label={tunnelSetup.summary} effect={t.wayInEffect} control={wayIn} />
      <SettingRow
        {...group}
        name="port"
        label={t.port}
        effect={t.portEffect}
        usual={String(defaultSettings.port)}
      >
        <PortField {...group} portNow={portNow} />
      </SettingRow>
      <SettingRow
        {...group}
        name="forwardedHeader"
        label={t.forwardedHeader}
        effect={t.forwardedHeaderEffect}
        usual={t.forwardedNone}
      >
        <Choice
          name="forwardedHeader"
          value={group.settings.forwardedHeader}
          options={[
            ['none', t.forwardedNone],
            ['x-forwarded-for', 'X-Forwarded-For'],
            ['x-real-ip', 'X-Real-IP'],
            ['cf-connecting-ip', 'CF-Connecting-IP'],
          ]}
          onChange={(forwardedHeader) => void group.change({ forwardedHeader })}
        />
      </SettingRow>
    </SettingsGroup>
  );
}

function PortField({ settings, change, portNow }: GroupProps & { readonly portNow: number | null }) {
  const t = useTexts().settings;
  return (
    <SavedField
      name="port"
      saved={String(settings.port)}
      read={(text) => parsePort(text) ?? undefined}
      save={(port) => change({ port })}
      state={(isRight) => (isRight ? portNow !== null && t.portNow(portNow) : t.portWrong)}
      input={{ className: 'field', inputMode: 'numeric' }}
    />
  );
}
