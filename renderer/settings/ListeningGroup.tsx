import { type ReactNode, useEffect, useState } from 'react';
import { defaultSettings } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';
import { parsePort } from './port-number.ts';
import { Choice } from './setting-controls.tsx';
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

/** With a button, because a half-typed number is no port. */
function PortField({ settings, change, portNow }: GroupProps & { readonly portNow: number | null }) {
  const t = useTexts().settings;
  const [text, setText] = useState(String(settings.port));
  const [isSaved, setSaved] = useState(false);
  // A reset, or somebody else, has set another one.
  useEffect(() => setText(String(settings.port)), [settings.port]);
  const port = parsePort(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (port !== null) void change({ port }).then(setSaved);
      }}
    >
      <div className="field-line">
        <input
          className="field"
          inputMode="numeric"
          value={text}
          id="port-control"
          aria-invalid={port === null}
          aria-describedby="port-state port-effect"
          onChange={(event) => {
            setText(event.target.value);
            setSaved(false);
          }}
        />
        <button type="submit" className="button" disabled={port === null || port === settings.port}>
          {t.save}
        </button>
        <span className="quiet" role="status">
          {isSaved ? t.saved : ''}
        </span>
      </div>
      <p id="port-state" className={port === null ? 'warning-text' : 'quiet'}>
        {port === null ? t.portWrong : portNow !== null && t.portNow(portNow)}
      </p>
    </form>
  );
}
