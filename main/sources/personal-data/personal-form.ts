// Personal data in a form or a query.
import { thresholdFieldNames } from '../cloudmonitor/callback-body.ts';
import { isFieldName } from '../cloudmonitor/form-body.ts';
import { type Cut, type LookInside, nameFinder } from './personal-cut.ts';
import { decodePercent, inOriginal } from './text-origins.ts';

/** What stands beside `userInfo` in a pushed event (reference 4.1). */
const eventFieldNames = [
  'severity',
  'strategyName',
  'subscription',
  'batchId',
  'userId',
  'time',
  'alert',
  'project',
  'groupingId',
] as const;
const nextKnownField = new RegExp(`&\\s*(?:${[...thresholdFieldNames, ...eventFieldNames].join('|')})=`, 'g');
/** Any field; a piece that begins otherwise goes on with the one before (form-body.ts reads it so too). */
const nextField = /&\s*[a-z_][\w.-]{0,63}\s*=/gi;
const onlyEncoded = /^[\w%+.*~!'()-]*$/;

/**
 * What has to go from a form: whole fields by their name, from other fields what `inside` finds in the decoded value, and
 * all of a piece that is no field but names personal data. Null when the text is not a form.
 */
export function cutPersonalFields(text: string, inside: LookInside): readonly Cut[] | null {
  if (!beginsWithField(text)) return null;
  const cuts: Cut[] = [];
  let done = 0;
  const findName = nameFinder(text);
  for (let found = findName(0); found !== null; found = findName(done)) {
    const start = text.lastIndexOf('&', found.start) + 1;
    const piece = text.slice(start, endBefore(nextField, text, found.end));
    // A value that was not encoded may hold `&`, and goes on until a field begins that is known to be one.
    const equals = piece.indexOf('=');
    const isEncoded = onlyEncoded.test(piece.slice(equals + 1));
    const end = isEncoded ? start + piece.length : endBefore(nextKnownField, text, start + piece.length);
    if (equals !== -1 && found.start < start + equals && isFieldName(piece.slice(0, equals).trim())) {
      cuts.push(wholeField(text, start, end, done));
    } else if (equals === -1 || found.start < start + equals) {
      cuts.push({ start: found.end, end, visible: true });
    } else {
      const valueStart = start + equals + 1;
      const value = decodePercent(text.slice(valueStart, end));
      cuts.push(...inOriginal(inside(value.text), value, valueStart));
    }
    done = end;
  }
  return cuts;
}

function beginsWithField(text: string): boolean {
  const first = /^(?:\u00ef\u00bb\u00bf)?[&\t-\r ]*([^=&]*)=/.exec(text)?.[1];
  return first !== undefined && isFieldName(first.trim());
}

/** With the `&` before it; without one that is left, with the one behind. */
function wholeField(text: string, start: number, end: number, done: number): Cut {
  return start > done
    ? { start: start - 1, end, visible: false }
    : { start, end: Math.min(end + 1, text.length), visible: false };
}

function endBefore(next: RegExp, text: string, from: number): number {
  next.lastIndex = from;
  return next.exec(text)?.index ?? text.length;
}
