import { defaultSettings } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';
import { type GroupProps, SettingRow, SettingsGroup } from './SettingRow.tsx';
import { NumberChoice, Switch } from './setting-controls.tsx';
import { VolumeField } from './VolumeField.tsx';

const reminderChoices = [0, 1, 2, 5, 10, 15, 30, 60];

/** When and how loudly to disturb. */
export function NotificationsGroup(group: GroupProps) {
  const t = useTexts().settings;
  const { settings, change } = group;
  const onOff = (isOn: boolean): string => (isOn ? t.on : t.off);
  const remindersWords = (minutes: number): string =>
    minutes === 0 ? t.remindersNever : t.remindersEvery(minutes);
  return (
    <SettingsGroup name={t.groups.notifications}>
      <SettingRow
        {...group}
        name="quietHours"
        label={t.quietHours}
        effect={t.quietHoursEffect}
        usual={t.quietHoursUsual(defaultSettings.quietHours.from, defaultSettings.quietHours.to)}
      >
        <QuietHoursField {...group} />
      </SettingRow>
      <SettingRow
        {...group}
        name="criticalInQuietHours"
        label={t.critical}
        effect={t.criticalEffect}
        usual={onOff(defaultSettings.criticalInQuietHours)}
      >
        <Switch
          name="criticalInQuietHours"
          isOn={settings.criticalInQuietHours}
          onChange={(criticalInQuietHours) => void change({ criticalInQuietHours })}
        />
        <p className="warning-text" role="status">
          {settings.criticalInQuietHours ? '' : t.criticalWarning}
        </p>
      </SettingRow>
      <SettingRow
        {...group}
        name="reminderMinutes"
        label={t.reminders}
        effect={t.remindersEffect}
        usual={remindersWords(defaultSettings.reminderMinutes)}
      >
        <NumberChoice
          name="reminderMinutes"
          value={settings.reminderMinutes}
          options={reminderChoices}
          wordsOf={remindersWords}
          onChange={(reminderMinutes) => void change({ reminderMinutes })}
        />
      </SettingRow>
      <SettingRow
        {...group}
        name="sounds"
        label={t.sounds}
        effect={t.soundsEffect}
        usual={onOff(defaultSettings.sounds)}
      >
        <Switch name="sounds" isOn={settings.sounds} onChange={(sounds) => void change({ sounds })} />
      </SettingRow>
      <SettingRow
        {...group}
        name="volume"
        label={t.volume}
        effect={t.volumeEffect}
        usual={t.percent(defaultSettings.volume)}
      >
        <VolumeField {...group} />
      </SettingRow>
      <SettingRow
        {...group}
        name="hideDetailsInToasts"
        label={t.hideDetails}
        effect={t.hideDetailsEffect}
        usual={onOff(defaultSettings.hideDetailsInToasts)}
      >
        <Switch
          name="hideDetailsInToasts"
          isOn={settings.hideDetailsInToasts}
          onChange={(hideDetailsInToasts) => void change({ hideDetailsInToasts })}
        />
      </SettingRow>
    </SettingsGroup>
  );
}

function QuietHoursField({ settings, change }: GroupProps) {
  const t = useTexts().settings;
  const { quietHours } = settings;
  const set = (part: Partial<typeof quietHours>): void =>
    void change({ quietHours: { ...quietHours, ...part } });
  return (
    <div className="field-line">
      <Switch name="quietHours" isOn={quietHours.enabled} onChange={(enabled) => set({ enabled })} />
      {(['from', 'to'] as const).map((end) => (
        <span key={end} className="time-field">
          <label htmlFor={`quietHours-${end}`}>{t[end]}</label>
          <select
            id={`quietHours-${end}`}
            className="select"
            value={quietHours[end]}
            onChange={({ target }) => set({ [end]: target.value })}
          >
            {timesWith(quietHours[end]).map((time) => (
              <option key={time}>{time}</option>
            ))}
          </select>
        </span>
      ))}
    </div>
  );
}

/** Every half hour of the day, and one between that a script has set. */
function timesWith(chosen: string): readonly string[] {
  const times = Array.from({ length: 48 }, (_, half) => {
    const hour = String(Math.floor(half / 2)).padStart(2, '0');
    return `${hour}:${half % 2 === 0 ? '00' : '30'}`;
  });
  return times.includes(chosen) ? times : [...times, chosen].toSorted();
}
