// `userInfo` holds the account's e-mail and real name (reference/cloudmonitor.md 4.2), and clients of PagerDuty and ilert carry
// their key in the body. Both go before anything else looks at a request, so that neither the store nor an alert's labels nor
// a log can have them. Found in decoded text, cut out of the bytes as they
// came: what stays is not written anew, so numbers, order and encoding stay the sender's own.
import { unpacked } from '../compressed-body.ts';
import type { IncomingDelivery } from '../source.ts';
import { type Cut, type LookInside, nameFinder, type PersonalName, trace } from './personal-cut.ts';
import { cutPersonalFields } from './personal-form.ts';
import { cutPersonalMembers } from './personal-json.ts';
import { decodePercent, inOriginal } from './text-origins.ts';

/** Texts in texts; nothing real has more than three (a form, JSON in it, JSON text in that). */
const deepest = 8;

/**
 * The delivery without `userInfo` and keys in body and query; the same object when there is none. JSON, also cut off, JSON
 * text inside of JSON or of form fields, and forms lose the member or field alone; text that is none of these keeps the name
 * and loses all that follows it. Escaped letters (`user\u0049nfo`) hide nothing. A compressed body is unpacked when there is
 * something to take out, and removed when it cannot be unpacked. Linear time.
 */
export function withoutPersonalData(delivery: IncomingDelivery): IncomingDelivery {
  const body = cleanBody(delivery.body);
  const query = clean(delivery.query);
  return body === delivery.body && query === delivery.query ? delivery : { ...delivery, query, body };
}

function cleanBody(body: Uint8Array): Uint8Array {
  const plain = unpacked(body);
  if (plain === null) return Buffer.from(trace);
  // One character a byte: every separator is ASCII, and broken UTF-8 comes out as it went in.
  const text = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString('latin1');
  const cleaned = clean(text);
  return cleaned === text ? body : Buffer.from(cleaned, 'latin1');
}

function clean(text: string): string {
  const name = nameFinder(text)(0);
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
    const name = nameFinder(text)(0);
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
  const findName = nameFinder(text);
  for (let name: PersonalName | null = first; name !== null; ) {
    beforeValue.lastIndex = name.end;
    if (beforeValue.test(text)) return [allAfter(text, name)];
    restOfWord.lastIndex = name.end;
    restOfWord.test(text);
    name = findName(Math.max(name.end, restOfWord.lastIndex));
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
