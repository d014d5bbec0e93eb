import { useEffect, useState } from 'react';
import { defaultSettings } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';
import { outsideCheck } from './outside-check.ts';
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

/** With a button, because a half-typed address is none. */
function OutsideCheckField({ settings, change }: GroupProps) {
  const t = useTexts().settings;
  const saved = settings.outsideCheckUrl ?? '';
  const [text, setText] = useState(saved);
  const [isSaved, setSaved] = useState(false);
  // A reset, or somebody else, has set another one.
  useEffect(() => setText(saved), [saved]);
  const address = outsideCheck(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (address !== undefined) void change({ outsideCheckUrl: address }).then(setSaved);
      }}
    >
      <div className="field-line">
        <input
          className="field wide-field"
          inputMode="url"
          spellCheck={false}
          maxLength={500}
          placeholder="https://"
          value={text}
          id="outsideCheckUrl-control"
          aria-invalid={address === undefined}
          aria-describedby="outsideCheckUrl-state outsideCheckUrl-effect"
          onChange={(event) => {
            setText(event.target.value);
            setSaved(false);
          }}
        />
        <button
          type="submit"
          className="button"
          disabled={address === undefined || address === settings.outsideCheckUrl}
        >
          {t.save}
        </button>
        <span className="quiet" role="status">
          {isSaved ? t.saved : ''}
        </span>
      </div>
      <p id="outsideCheckUrl-state" className="warning-text">
        {address === undefined ? t.outsideCheckWrong : ''}
      </p>
    </form>
  );
}
