// Our three sounds, as notes. Made by us, so that there is no file to load and no licence to keep.
import type { SoundName } from '../../shared/sound.ts';

export interface Note {
  /** From the beginning of the sound. */
  readonly atMs: number;
  readonly lengthMs: number;
  readonly hertz: number;
  readonly shape: 'sine' | 'triangle' | 'square';
  /** 0 to 1 of the volume. */
  readonly loudness: number;
}

/** Two notes in turn, four times: hard to sleep through and like no ring tone. */
const alarm: readonly Note[] = [0, 1, 2, 3].flatMap((round) => [
  { atMs: round * 620, lengthMs: 260, hertz: 988, shape: 'square', loudness: 0.8 },
  { atMs: round * 620 + 280, lengthMs: 260, hertz: 740, shape: 'square', loudness: 0.8 },
]);

/** Rising, once. */
const soft: readonly Note[] = [
  { atMs: 0, lengthMs: 320, hertz: 523, shape: 'sine', loudness: 0.3 },
  { atMs: 180, lengthMs: 480, hertz: 659, shape: 'sine', loudness: 0.3 },
];

/** Falling: something has gone silent. */
const falling: readonly Note[] = [
  { atMs: 0, lengthMs: 380, hertz: 587, shape: 'triangle', loudness: 0.5 },
  { atMs: 360, lengthMs: 380, hertz: 466, shape: 'triangle', loudness: 0.5 },
  { atMs: 720, lengthMs: 760, hertz: 349, shape: 'triangle', loudness: 0.5 },
];

export const tones: Readonly<Record<SoundName, readonly Note[]>> = {
  critical: alarm,
  medium: soft,
  deaf: falling,
};
