// Ages and times as text, through Intl. Pure: `now` comes in, all times are epoch milliseconds.
import type { Language } from '../../shared/text/language.ts';
import { windowText } from '../../shared/text/window-text.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// Formatters are costly to make and there are few of them; the key is language and options.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function unitFormat(language: Language, unit: 'second' | 'minute' | 'hour' | 'day'): Intl.NumberFormat {
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

/** `40 sec ago`: for what is proven every minute. Clocks that tick apart give `just now`. */
export function preciseAgoText(language: Language, at: number, now: number): string {
  const age = now - at;
  if (age < 5 * second || age >= minute) return agoText(language, at, now);
  return windowText[language].ago(unitFormat(language, 'second').format(Math.floor(age / second)));
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

/** The end of something, as short as can be: time of day within a day from `now`, else the date. */
export function untilText(language: Language, at: number, now: number): string {
  return at - now < day
    ? clockText(language, at)
    : dateFormat(language, { month: 'short', day: 'numeric' }).format(at);
}

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

/** Time of day without the date. */
export function clockText(language: Language, at: number): string {
  return dateFormat(language, { hour: '2-digit', minute: '2-digit' }).format(at);
}

/** Weekday and day of the month. */
export function dayText(language: Language, at: number): string {
  return dateFormat(language, { weekday: 'short', month: 'short', day: 'numeric' }).format(at);
}

/** A count with its thousands marked. */
export function countText(language: Language, count: number): string {
  return new Intl.NumberFormat(language).format(count);
}

/** A share of 0 to 1 in percent, to a tenth. */
export function percentText(language: Language, share: number): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}
