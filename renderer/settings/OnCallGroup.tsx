import { defaultSettings } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';
import { outsideCheck } from './outside-check.ts';
import { SavedField } from './SavedField.tsx';
import { type GroupProps, SettingRow, SettingsGroup } from './SettingRow.tsx';
import { Switch } from './setting-controls.tsx';

/** What Tocsin does while one is on call. */
export function OnCallGroup(group: GroupProps) {
  const t = useTexts().settings;
  const { settings, change } = group;
  return (
    <SettingsGroup name={t.groups.onCall}>
      <SettingRow
        {...group}
        name="keepAwake"
        label={t.keepAwake}
        effect={t.keepAwakeEffect}
        usual={defaultSettings.keepAwake ? t.on : t.off}
      >
        <Switch
          name="keepAwake"
          isOn={settings.keepAwake}
          onChange={(keepAwake) => void change({ keepAwake })}
        />
      </SettingRow>
      <SettingRow
        {...group}
        name="outsideCheckUrl"
        label={t.outsideCheck}
        effect={t.outsideCheckEffect}
        usual={t.outsideCheckNone}
      >
        <OutsideCheckField {...group} />
      </SettingRow>
    </SettingsGroup>
  );
}

function OutsideCheckField({ settings, change }: GroupProps) {
  const t = useTexts().settings;
  return (
    <SavedField
      name="outsideCheckUrl"
      saved={settings.outsideCheckUrl ?? ''}
      read={outsideCheck}
      save={(outsideCheckUrl) => change({ outsideCheckUrl })}
      state={(isRight) => (isRight ? '' : t.outsideCheckWrong)}
      input={{
        className: 'field wide-field',
        inputMode: 'url',
        spellCheck: false,
        maxLength: 500,
        placeholder: 'https://',
      }}
    />
  );
}
