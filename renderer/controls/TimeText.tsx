// Times that tick. Small components, so that a tick redraws a few letters and nothing else.
import { useNow } from './clock.ts';
import { useTexts } from './texts.ts';
import { agoText, durationText, exactText, momentText, preciseAgoText } from './time-text.ts';

/** How old something is: `3 min`. */
export function Age({ at }: { readonly at: number }) {
  const { language } = useTexts();
  return <time title={exactText(language, at)}>{durationText(language, useNow() - at)}</time>;
}

/** `3 min ago`. `isPrecise`: also the seconds of the first minute. */
export function Ago({ at, isPrecise = false }: { readonly at: number; readonly isPrecise?: boolean }) {
  const { language } = useTexts();
  const now = useNow();
  const text = isPrecise ? preciseAgoText(language, at, now) : agoText(language, at, now);
  return <time title={exactText(language, at)}>{text}</time>;
}

/** Time of day today, date and time otherwise. */
export function Moment({ at }: { readonly at: number }) {
  const { language } = useTexts();
  return <time title={exactText(language, at)}>{momentText(language, at, useNow())}</time>;
}
