import RotateCcw from 'lucide-react/icons/rotate-ccw';
import type { ReactNode } from 'react';
import { defaultSettings, type Settings, type SettingsChanges } from '../../shared/settings.ts';
import { useTexts } from '../controls/texts.ts';

/** What every group of settings gets. */
export interface GroupProps {
  readonly settings: Settings;
  /** Answers whether the app took it; a refusal is said by the screen. */
  readonly change: (changes: SettingsChanges) => Promise<boolean>;
}

/** One group under its name. */
export function SettingsGroup({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className="card settings" aria-label={name}>
      <h2>{name}</h2>
      {children}
    </section>
  );
}

interface SettingRowProps extends GroupProps {
  readonly name: keyof Settings;
  readonly label: string;
  readonly effect: string;
  /** The default in words. */
  readonly usual: string;
  readonly children: ReactNode;
}

/** A setting with what it does, what it is by default, and a way back when it was changed. */
export function SettingRow({ name, label, effect, usual, settings, change, children }: SettingRowProps) {
  const t = useTexts().settings;
  const before = defaultSettings[name];
  const isChanged = JSON.stringify(settings[name]) !== JSON.stringify(before);
  return (
    <PlainRow name={name} label={label} effect={t.withUsual(effect, usual)} control={children}>
      {isChanged && (
        <p className="setting-changed">
          <span>{t.changed}</span>
          <button
            type="button"
            className="text-button"
            aria-label={t.resetNamed(label)}
            onClick={() => void change({ [name]: before })}
          >
            <RotateCcw aria-hidden="true" size={12} />
            {t.reset}
          </button>
        </p>
      )}
    </PlainRow>
  );
}

interface PlainRowProps {
  readonly name: string;
  readonly label: string;
  readonly effect: string;
  readonly control: ReactNode;
  readonly children?: ReactNode;
}

/** A row that is no stored setting. Its control has the id `<name>-control`, its label and explanation have theirs. */
export function PlainRow({ name, label, effect, control, children }: PlainRowProps) {
  return (
    <div className="setting">
      <div className="setting-name">
        <label id={`${name}-label`} htmlFor={`${name}-control`}>
          {label}
        </label>
        {children}
      </div>
      <div className="setting-body">
        {control}
        <p className="quiet" id={`${name}-effect`}>
          {effect}
        </p>
      </div>
    </div>
  );
}
