// Everything a sender wrote is plain text here and stays plain text: what could move, hide or reorder what a person
// reads is taken out once, at the door, so that no later file has to think of it.
import type { AlertLink } from '../../shared/alert.ts';

/**
 * What must not reach a screen: C0 and C1 controls, soft hyphen, bidirectional marks, overrides and isolates,
 * zero-width characters and fillers, line and paragraph separators, annotation and tag characters, the byte order mark.
 * Half surrogate pairs are in it as well, because they do not survive UTF-8.
 */
const unwanted =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\p{Surrogate}\u{e0000}-\u{e007f}]/u;
/** A quick first look: nothing outside of this needs the slow expression above. */
const unusual = /[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u3001-\u312f\u3190-\ud7ff\uff01-\uff9f]/;
const everyUnwanted = new RegExp(unwanted.source, 'gu');
const everyBreak = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const wideSpace = /\s\s|[^\S ]/;
const everySpace = /\s+/g;
const emoji = /\p{Extended_Pictographic}/u;
const beforeJoiner = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]$/u;
const joiner = '\u200d';

/** True when the text holds a character that `cleanLine` would remove or replace. */
export function hasUnwantedCharacters(text: string): boolean {
  return unusual.test(text) && unwanted.test(text);
}

/**
 * One line of plain text: unwanted characters gone, line breaks and runs of space turned into one space, trimmed, at
 * most `maxLength` UTF-16 units (an ellipsis marks a cut, a character is never cut in two).
 */
export function cleanLine(text: string, maxLength: number): string {
  // Whatever lies far beyond the limit cannot show; cutting first keeps a megabyte of junk cheap.
  if (isPlain(text)) return cut(text, maxLength);
  let line = text.length > maxLength * 4 + 64 ? text.slice(0, maxLength * 4 + 64) : text;
  if (unwanted.test(line)) line = withoutUnwanted(line.replace(everyBreak, ' '));
  if (wideSpace.test(line)) line = line.replace(everySpace, ' ');
  return cut(line.trim(), maxLength);
}

/** As `cleanLine`, but keeps line breaks (as `\n`, at most two in a row). */
export function cleanText(text: string, maxLength: number): string {
  const head = text.length > maxLength * 4 + 64 ? text.slice(0, maxLength * 4 + 64) : text;
  const lines = head
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .split('\n')
    .map((line) => cleanLine(line, maxLength));
  return cut(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
    maxLength,
  );
}

/** Cuts to `maxLength` UTF-16 units, ellipsis included, without leaving half a surrogate pair. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, wholeCharacters(text, maxLength - 1)).trimEnd()}…`;
}

/** The largest length up to `length` that does not end inside a surrogate pair. */
export function wholeCharacters(text: string, length: number): number {
  const last = text.charCodeAt(length - 1);
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
}

/** A link worth showing, or null: https only, with a host, without credentials, at most 2048 characters. */
export function safeLink(label: string, url: string): AlertLink | null {
  if (url.length > 2048 || hasUnwantedCharacters(url)) return null;
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' || parsed.host === '') return null;
  if (parsed.username !== '' || parsed.password !== '') return null;
  const cleanLabel = cleanLine(label, 80);
  return { label: cleanLabel === '' ? parsed.host : cleanLabel, url: parsed.href, host: parsed.host };
}

/**
 * Whether a text is nothing but Latin, Chinese, Japanese, Korean and full-width characters with single spaces
 * between them: nearly every value is, and nothing in it needs cleaning. Several times faster than the expressions above;
 * false only means that those have to look.
 */
function isPlain(text: string): boolean {
  return !unusual.test(text) && !text.includes('  ') && !text.startsWith(' ') && !text.endsWith(' ');
}

function withoutUnwanted(text: string): string {
  return text.replace(everyUnwanted, (character, offset: number) => {
    if (character === joiner && joinsEmoji(text, offset)) return joiner;
    // A half pair would become U+FFFD on its way through UTF-8; do it now, so that text is equal before and after.
    const code = character.charCodeAt(0);
    return character.length === 1 && code >= 0xd800 && code <= 0xdfff ? '\ufffd' : '';
  });
}

/** A zero-width joiner builds one picture out of two emoji; anywhere else it only hides. */
function joinsEmoji(text: string, offset: number): boolean {
  const after = text.codePointAt(offset + 1);
  return (
    after !== undefined &&
    emoji.test(String.fromCodePoint(after)) &&
    beforeJoiner.test(text.slice(Math.max(0, offset - 2), offset))
  );
}
