// Who makes the sound: our own page, or the toast where the page does not confirm that it plays. Muted never sounds, and
// what comes close together sounds once.
import type { Settings } from '../../shared/settings.ts';
import type { SoundName, SoundOutcome } from '../../shared/sound.ts';
import { within } from './time-limit.ts';

/** Plays one of our sounds. Rejecting is as good as `no-answer`. */
export type PlaySound = (name: SoundName, volume: number) => Promise<SoundOutcome>;

export interface SoundDeskParts {
  readonly settings: () => Pick<Settings, 'sounds' | 'volume'>;
  /** Null: there is nothing to play it with (headless). */
  readonly play: PlaySound | null;
  readonly now: () => number;
}

/** A sound that was begun or not. */
export interface StartedSound {
  /** What the toast itself is to play. */
  readonly inToast: SoundName | null;
  /** What the toast is to play after all, once the page has failed; else null. Never rejects. */
  readonly missed: Promise<SoundName | null>;
}

/** Our page has so long to say that it plays. */
const confirmMs = 2000;
/** What follows within this time sounds with it. */
const togetherMs = 5000;
/** A page that failed is not asked again for so long; toasts bring the sound themselves meanwhile. */
const distrustMs = 10 * 60_000;

/** Softer first. */
const loudness: readonly SoundName[] = ['medium', 'deaf', 'critical'];

const silence: StartedSound = { inToast: null, missed: Promise.resolve(null) };

export class SoundDesk {
  readonly #parts: SoundDeskParts;
  #last: { readonly name: SoundName; readonly at: number } | null = null;
  #distrustedUntil = 0;

  constructor(parts: SoundDeskParts) {
    this.#parts = parts;
  }

  /** `inStorm`: as long as the storm goes on, only a louder sound than the one before is heard. */
  start(name: SoundName | null, inStorm = false): StartedSound {
    const { play, now } = this.#parts;
    if (name === null || play === null || this.#isMuted()) return silence;
    const at = now();
    const last = this.#last;
    if (last !== null && at - last.at < togetherMs && loudness.indexOf(name) <= loudness.indexOf(last.name)) {
      if (inStorm) this.#last = { ...last, at };
      return silence;
    }
    this.#last = { name, at };
    if (at < this.#distrustedUntil) return { inToast: name, missed: Promise.resolve(null) };
    return {
      inToast: null,
      missed: this.#ask(play, name).then((outcome) => (outcome === 'played' ? null : name)),
    };
  }

  /** Plays it now, for whoever wants to hear what it is like. */
  preview(name: SoundName): Promise<SoundOutcome> {
    const { play } = this.#parts;
    if (play === null) return Promise.resolve('no-device');
    return this.#isMuted() ? Promise.resolve('muted') : this.#ask(play, name);
  }

  async #ask(play: PlaySound, name: SoundName): Promise<SoundOutcome> {
    const outcome = await within(
      confirmMs,
      'no confirmation',
      play(name, this.#parts.settings().volume),
    ).catch((): SoundOutcome => 'no-answer');
    this.#distrustedUntil = outcome === 'played' ? 0 : this.#parts.now() + distrustMs;
    return outcome;
  }

  #isMuted(): boolean {
    const { sounds, volume } = this.#parts.settings();
    return !sounds || volume === 0;
  }
}
