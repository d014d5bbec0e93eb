// `userInfo` holds the account's e-mail and real name (reference 4.2). It goes before anything else looks at a request, so
// that neither the store nor an alert's labels nor a log can have it. Found in decoded text, cut out of the bytes as they
// came: what stays is not written anew, so numbers, order and encoding stay the sender's own.
import type { IncomingDelivery } from '../source.ts';
import { type Cut, type LookInside, type PersonalName, findPersonalName, trace } from './personal-cut.ts';
import { cutPersonalFields } from './personal-form.ts';
import { cutPersonalMembers } from './personal-json.ts';
import { decodePercent, inOriginal } from './text-origins.ts';

/** Texts in texts; nothing real has more than three (a form, JSON in it, JSON text in that). */
const deepest = 8;

/**
 * The delivery without `userInfo` in body and query; the same object when there is none. JSON, also cut off, JSON text
 * inside of JSON or of form fields, and forms lose the member or field alone; text that is none of these keeps the name and
 * loses all that follows it. Linear time. The name has to be there in plain letters: an escaped letter
 * (`user\u0049nfo`) or a compressed body hides it.
 */
export function withoutPersonalData(delivery: IncomingDelivery): IncomingDelivery {
  const bytes = Buffer.from(delivery.body.buffer, delivery.body.byteOffset, delivery.body.byteLength);
  // One character a byte: every separator is ASCII, and broken UTF-8 comes out as it went in.
  const body = bytes.toString('latin1');
  const cleanBody = clean(body);
  const query = clean(delivery.query);
  if (cleanBody === body && query === delivery.query) return delivery;
  return {
    ...delivery,
    query,
    body: cleanBody === body ? delivery.body : Buffer.from(cleanBody, 'latin1'),
  };
}

function clean(text: string): string {
  const name = findPersonalName(text, 0);
  return name === null ? text : withoutCuts(text, cutsOf(text, name));
}

/** A whole body or query: what is neither JSON nor a form is not understood later either, so too much may go. */
function cutsOf(text: string, name: PersonalName): readonly Cut[] {
  const cuts = /^(?:\u00ef\u00bb\u00bf)?[\t-\r ]*[{[]/.test(text)
    ? cutPersonalMembers(text, insideOf(1))
    : cutPersonalFields(text, insideOf(1));
  return cuts ?? [allAfter(text, name)];
}

/** A text in a text. It may be what a person wrote, so the word alone is not enough: `userInfo service down` stays. */
function insideOf(depth: number): LookInside {
  return (text) => {
    const name = findPersonalName(text, 0);
    if (name === null) return [];
    if (depth > deepest) return [allAfter(text, name)];
    if (/^[\t-\r ]*(?:\{[\t-\r ]*["}]|\[[\t-\r ]*["{[])/.test(text)) {
      return cutPersonalMembers(text, insideOf(depth + 1)) ?? [allAfter(text, name)];
    }
    if (/^%(?:7b|5b|25)/i.test(text)) {
      const decoded = decodePercent(text);
      return inOriginal(insideOf(depth + 1)(decoded.text), decoded, 0);
    }
    return allAfterField(text, name);
  };
}

function allAfter(text: string, name: PersonalName): Cut {
  return { start: name.end, end: text.length, visible: true };
}

/**
 * What a name with a value looks like behind the name, whatever writes it: JSON, a form, YAML, XML, a printed object; also
 * encoded once more or slightly broken. A bracket counts only without a space: `userInfo (orders)` is a person's words.
 */
const beforeValue = /[\w.-]*(?:[[({>]|[\]"'\\,;&|?!/})]*[\t-\r ]*[:={%\0]|&(?:#|[a-z]{2,4};))/iy;
const restOfWord = /[\w.-]*/y;
const address = /@|%(?:25)*40/;

function allAfterField(text: string, first: PersonalName): readonly Cut[] {
  if (address.test(text.slice(first.end))) return [allAfter(text, first)];
  for (let name: PersonalName | null = first; name !== null; ) {
    beforeValue.lastIndex = name.end;
    if (beforeValue.test(text)) return [allAfter(text, name)];
    restOfWord.lastIndex = name.end;
    restOfWord.test(text);
    name = findPersonalName(text, Math.max(name.end, restOfWord.lastIndex));
  }
  return [];
}

function withoutCuts(text: string, cuts: readonly Cut[]): string {
  let kept = '';
  let at = 0;
  for (const { start, end, visible } of cuts) {
    if (end <= at || end <= start) continue;
    kept += text.slice(at, Math.max(at, start));
    if (visible) kept += trace;
    at = end;
  }
  return kept + text.slice(at);
}
