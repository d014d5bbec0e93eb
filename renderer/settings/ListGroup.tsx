import { defaultSettings } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';
import { type GroupProps, SettingRow, SettingsGroup } from './SettingRow.tsx';
import { NumberChoice } from './setting-controls.tsx';

const undoChoices = [5, 8, 15, 30, 60];

/** How the list of alerts behaves. */
export function ListGroup(group: GroupProps) {
  const t = useTexts().settings;
  return (
    <SettingsGroup name={t.groups.list}>
      <SettingRow
        {...group}
        name="undoSeconds"
        label={t.undo}
        effect={t.undoEffect}
        usual={t.seconds(defaultSettings.undoSeconds)}
      >
        <NumberChoice
          name="undoSeconds"
          value={group.settings.undoSeconds}
          options={undoChoices}
          wordsOf={t.seconds}
          onChange={(undoSeconds) => void group.change({ undoSeconds })}
        />
      </SettingRow>
    </SettingsGroup>
  );
}
