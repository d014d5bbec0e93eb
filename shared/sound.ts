import Type, { type Static } from 'typebox';

/** Our own sounds: the alarm, the soft one, and the one that says that we can no longer hear. */
export const SoundName = Type.Union([Type.Literal('critical'), Type.Literal('medium'), Type.Literal('deaf')]);
export type SoundName = Static<typeof SoundName>;

/**
 * What became of a sound. `played`: the page says that it sounds. `muted`: sounds are off or the volume is 0. `no-device`:
 * the page found nothing to play it on. `no-answer`: the page did not confirm within 2 s.
 */
export const SoundOutcome = Type.Union([
  Type.Literal('played'),
  Type.Literal('muted'),
  Type.Literal('no-device'),
  Type.Literal('no-answer'),
]);
export type SoundOutcome = Static<typeof SoundOutcome>;
