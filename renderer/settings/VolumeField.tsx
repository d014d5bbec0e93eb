import Volume2 from 'lucide-react/icons/volume-2';
import { useEffect, useState } from 'react';
import type { SoundName } from '../../shared/sound.ts';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { GroupProps } from './SettingRow.tsx';

const soundNames: readonly SoundName[] = ['critical', 'medium', 'deaf'];

/** How loud, and each sound to listen to. */
export function VolumeField({ settings, change }: GroupProps) {
  const texts = useTexts();
  const t = texts.settings;
  const [volume, setVolume] = useState(settings.volume);
  const [outcome, setOutcome] = useState('');
  useEffect(() => setVolume(settings.volume), [settings.volume]);
  // Saved when it is let go of: a drag passes a hundred values.
  const save = (): Promise<unknown> => (volume === settings.volume ? Promise.resolve() : change({ volume }));
  const play = async (name: SoundName): Promise<void> => {
    setOutcome('');
    await save();
    const reply = await ask('playSound', { name });
    setOutcome(reply.ok ? t.soundOutcome[reply.result] : texts.window.refused(reply.error.message));
  };
  return (
    <div className="volume">
      <div className="field-line">
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={volume}
          disabled={!settings.sounds}
          id="volume-control"
          aria-describedby="volume-effect"
          aria-valuetext={t.percent(volume)}
          onChange={(event) => setVolume(Number(event.target.value))}
          onPointerUp={() => void save()}
          onKeyUp={() => void save()}
          onBlur={() => void save()}
        />
        <output>{t.percent(volume)}</output>
      </div>
      <div className="field-line">
        {soundNames.map((name) => (
          <button
            key={name}
            type="button"
            className="button"
            aria-label={t.playNamed(t.sound[name])}
            onClick={() => void play(name)}
          >
            <Volume2 aria-hidden="true" size={14} />
            {t.sound[name]}
          </button>
        ))}
      </div>
      <p className="quiet" role="status">
        {outcome}
      </p>
    </div>
  );
}
