// Ages and times as text, through Intl. Pure: `now` comes in, all times are epoch milliseconds.
import type { Language } from '../../shared/text/language.ts';
import { windowText } from '../../shared/text/window-text.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Formatters are costly to make and there are few of them; the key is language and options.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function unitFormat(language: Language, unit: 'minute' | 'hour' | 'day'): Intl.NumberFormat {
  const key = `${language} ${unit}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' });
    numberFormats.set(key, format);
  }
  return format;
}

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { hourCycle: 'h23', ...options });
    dateFormats.set(key, format);
  }
  return format;
}

/** How long something lasts, in its largest whole unit: `<1 min`, `3 min`, `2 hr`, `5 days`. Clocks that disagree give `<1 min`. */
export function durationText(language: Language, ms: number): string {
  if (ms < minute) return windowText[language].lessThanAMinute;
  if (ms < hour) return unitFormat(language, 'minute').format(Math.floor(ms / minute));
  if (ms < day) return unitFormat(language, 'hour').format(Math.floor(ms / hour));
  return unitFormat(language, 'day').format(Math.floor(ms / day));
}

/** `3 min ago`, `just now`. */
export function agoText(language: Language, at: number, now: number): string {
  const text = windowText[language];
  return now - at < minute ? text.justNow : text.ago(durationText(language, now - at));
}

/** The shortest unmistakable form: time of day today, with the date otherwise. */
export function momentText(language: Language, at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return dateFormat(language, sameDay ? time : { month: 'short', day: 'numeric', ...time }).format(at);
}

const exact: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
};

/** Date and time to the second, by the clock of this computer. */
export function exactText(language: Language, at: number): string {
  return dateFormat(language, exact).format(at);
}

/** The same with the zone, for copies that others read. */
export function zonedText(language: Language, at: number): string {
  return dateFormat(language, { ...exact, timeZoneName: 'short' }).format(at);
}

/** Time of day to the second, with the date when it is another day than `now`. */
export function secondText(language: Language, at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return dateFormat(language, sameDay ? time : { month: 'short', day: 'numeric', ...time }).format(at);
}
