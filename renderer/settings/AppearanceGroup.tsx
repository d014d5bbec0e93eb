import { useTexts } from '../controls/texts.ts';
import { type GroupProps, SettingRow, SettingsGroup } from './SettingRow.tsx';
import { Choice } from './setting-controls.tsx';

/** How the window looks and speaks. */
export function AppearanceGroup(group: GroupProps) {
  const t = useTexts().settings;
  const { settings, change } = group;
  return (
    <SettingsGroup name={t.groups.appearance}>
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
    </SettingsGroup>
  );
}
