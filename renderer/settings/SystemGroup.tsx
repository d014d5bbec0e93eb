import { useState } from 'react';
import type { StartAtLogin } from '../../shared/desktop-facts.ts';
import type { SettingsText } from '../../shared/text/settings-text.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import { DiagnosticsRow } from './DiagnosticsRow.tsx';
import { type GroupProps, PlainRow, SettingRow, SettingsGroup } from './SettingRow.tsx';
import { ShortcutField } from './ShortcutField.tsx';
import { Switch } from './setting-controls.tsx';
import { useDesktopFacts } from './use-desktop-facts.ts';

/** What Tocsin asks of the computer, and help when something is wrong. */
export function SystemGroup({ onSetup, ...group }: GroupProps & { readonly onSetup: () => void }) {
  const t = useTexts().settings;
  const { settings, change } = group;
  const [facts, look] = useDesktopFacts();
  const start = facts?.startAtLogin ?? null;
  const missing = start === null ? null : missingWords(start, t);
  return (
    <SettingsGroup name={t.groups.system}>
      {start !== null && missing === null && <StartRow start={start} onChanged={look} />}
      <SettingRow
        {...group}
        name="shortcut"
        label={t.shortcut}
        effect={t.shortcutEffect}
        usual={t.shortcutNone}
      >
        <ShortcutField keys={settings.shortcut} onKeys={(shortcut) => void change({ shortcut })} />
      </SettingRow>
      <PlainRow
        name="setup"
        label={t.setup}
        effect={t.setupEffect}
        control={
          <button type="button" className="button" aria-describedby="setup-effect" onClick={onSetup}>
            {t.setupOpen}
          </button>
        }
      />
      <DiagnosticsRow />
      {missing !== null && (
        <div className="setting-missing">
          <h3>{t.unavailable}</h3>
          <p className="quiet">{missing}</p>
        </div>
      )}
    </SettingsGroup>
  );
}

/** Why it cannot be had here; null: it can. */
function missingWords(start: StartAtLogin, t: SettingsText): string | null {
  if (start.state === 'sandboxed') return t.startSandboxed;
  return start.state === 'not-installed' ? t.startNotInstalled : null;
}

/** Shows what the system says, not what was asked of it. */
function StartRow({ start, onChanged }: { readonly start: StartAtLogin; readonly onChanged: () => void }) {
  const texts = useTexts();
  const t = texts.settings;
  const [refusal, setRefusal] = useState('');
  const set = (on: boolean): void =>
    void ask('setStartAtLogin', { on }).then((reply) => {
      setRefusal(reply.ok ? '' : texts.window.refused(reply.error.message));
      onChanged();
    });
  return (
    <PlainRow
      name="startAtLogin"
      label={t.startAtLogin}
      effect={t.withUsual(t.startAtLoginEffect, t.off)}
      control={
        <>
          <Switch name="startAtLogin" isOn={start.state === 'on'} onChange={set} />
          <p className="warning-text" role="status">
            {start.state === 'elsewhere' && t.startElsewhere(start.program ?? '')}
            {start.state === 'needs-approval' && t.startNeedsApproval}
            {refusal}
          </p>
        </>
      }
    />
  );
}
