import { defaultSettings } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';
import { type GroupProps, SettingRow, SettingsGroup } from './SettingRow.tsx';
import { Choice, NumberChoice } from './setting-controls.tsx';

const undoChoices = [5, 8, 15, 30, 60];

/** How the window looks, speaks and behaves. */
export function WindowGroup(group: GroupProps) {
  const t = useTexts().settings;
  const { settings, change } = group;
  return (
    <SettingsGroup name={t.groups.window}>
      <SettingRow
        {...group}
        name="language"
        label={t.language}
        effect={t.languageEffect}
        usual={t.languageSystem}
      >
        <Choice
          name="language"
          value={settings.language}
          options={[
            ['system', t.languageSystem],
            ['en', 'English'],
            ['zh-CN', '简体中文'],
          ]}
          onChange={(language) => void change({ language })}
        />
      </SettingRow>
      <SettingRow {...group} name="theme" label={t.theme} effect={t.themeEffect} usual={t.themeSystem}>
        <Choice
          name="theme"
          value={settings.theme}
          options={[
            ['system', t.themeSystem],
            ['light', t.themeLight],
            ['dark', t.themeDark],
          ]}
          onChange={(theme) => void change({ theme })}
        />
      </SettingRow>
      <SettingRow
        {...group}
        name="undoSeconds"
        label={t.undo}
        effect={t.undoEffect}
        usual={t.seconds(defaultSettings.undoSeconds)}
      >
        <NumberChoice
          name="undoSeconds"
          value={settings.undoSeconds}
          options={undoChoices}
          wordsOf={t.seconds}
          onChange={(undoSeconds) => void change({ undoSeconds })}
        />
      </SettingRow>
    </SettingsGroup>
  );
}
