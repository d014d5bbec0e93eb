// Times that tick. Small components, so that a tick redraws a few letters and nothing else.
import { useNow } from './clock.ts';
import { useTexts } from './texts.ts';
import { agoText, durationText, exactText, momentText } from './time-text.ts';

/** How old something is: `3 min`. */
export function Age({ at }: { readonly at: number }) {
  const { language } = useTexts();
  return <time title={exactText(language, at)}>{durationText(language, useNow() - at)}</time>;
}

/** `3 min ago`. */
export function Ago({ at }: { readonly at: number }) {
  const { language } = useTexts();
  return <time title={exactText(language, at)}>{agoText(language, at, useNow())}</time>;
}

/** Time of day today, date and time otherwise. */
export function Moment({ at }: { readonly at: number }) {
  const { language } = useTexts();
  return <time title={exactText(language, at)}>{momentText(language, at, useNow())}</time>;
}
