import { useState } from 'react';
import type { Settings, SettingsChanges } from '../../shared/settings.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { StorageSection } from './StorageSection.tsx';

/** Every setting there is. Changes apply at once; the port has a button because a half-typed number is no port. */
export function SettingsScreen({ live }: { readonly live: LiveState }) {
  const t = useTexts().window;
  const [refusal, setRefusal] = useState('');
  const { settings } = live;
  const change = (changes: SettingsChanges): Promise<boolean> =>
    ask('updateSettings', { changes }).then((reply) => {
      setRefusal(reply.ok ? '' : t.refused(reply.error.message));
      return reply.ok;
    });
  return (
    <main className="page">
      <div className="page-column">
        {settings !== null && (
          <section className="card settings" aria-label={t.settings}>
            <Choice
              legend={t.language}
              name="language"
              value={settings.language}
              options={[
                ['system', t.languageSystem],
                ['en', 'English'],
                ['zh-CN', '简体中文'],
              ]}
              onChange={(language) => void change({ language })}
            />
            <Choice
              legend={t.theme}
              name="theme"
              value={settings.theme}
              options={[
                ['system', t.themeSystem],
                ['light', t.themeLight],
                ['dark', t.themeDark],
              ]}
              onChange={(theme) => void change({ theme })}
            />
            <Choice
              legend={t.forwardedHeader}
              name="forwarded-header"
              value={settings.forwardedHeader}
              options={[
                ['none', t.forwardedNone],
                ['x-forwarded-for', 'X-Forwarded-For'],
                ['x-real-ip', 'X-Real-IP'],
                ['cf-connecting-ip', 'CF-Connecting-IP'],
              ]}
              help={t.forwardedHelp}
              onChange={(forwardedHeader) => void change({ forwardedHeader })}
            />
            <PortField settings={settings} portNow={live.health?.listener.port ?? null} onSave={change} />
            <p role="alert">{refusal}</p>
          </section>
        )}
        <StorageSection />
        {live.health !== null && <p className="quiet">{t.version(live.health.version)}</p>}
      </div>
    </main>
  );
}

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly name: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly help?: string;
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { legend, name, value, options, help, onChange } = props;
  return (
    <fieldset className="setting" aria-describedby={help === undefined ? undefined : `${name}-help`}>
      <legend>{legend}</legend>
      <div>
        <div className="segments">
          {options.map(([option, label]) => (
            <label key={option} className="segment">
              <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
              <span>{label}</span>
            </label>
          ))}
        </div>
        {help !== undefined && (
          <p className="quiet" id={`${name}-help`}>
            {help}
          </p>
        )}
      </div>
    </fieldset>
  );
}

/** The number in a port field, or null when it is none. */
export function parsePort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  return port <= 65_535 ? port : null;
}

interface PortFieldProps {
  readonly settings: Settings;
  readonly portNow: number | null;
  readonly onSave: (changes: SettingsChanges) => Promise<boolean>;
}

function PortField({ settings, portNow, onSave }: PortFieldProps) {
  const t = useTexts().window;
  const [text, setText] = useState(String(settings.port));
  const [isSaved, setSaved] = useState(false);
  const port = parsePort(text);
  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        if (port !== null) void onSave({ port }).then(setSaved);
      }}
    >
      <label htmlFor="port">{t.port}</label>
      <div>
        <div className="field-line">
          <input
            id="port"
            className="field"
            inputMode="numeric"
            value={text}
            aria-invalid={port === null}
            aria-describedby="port-help"
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
        <p className="quiet" id="port-help">
          {port === null ? t.portWrong : t.portHelp} {portNow !== null && t.portNow(portNow)}
        </p>
      </div>
    </form>
  );
}
