// application/x-www-form-urlencoded as CloudMonitor writes it (Java's URLEncoder) and as its documentation prints it
// (not encoded at all). By hand, because a pasted documentation sample breaks strict decoders and holds `&` and `=` inside
// values, and because one pass over the bytes is several times faster than decoding pair by pair.

/** Receives one pair, decoded once. */
export type FormPairVisitor = (name: string, value: string) => void;

/** Fields in which people write `&`, and those that hold JSON; a piece that cannot be a pair is taken for the rest of one of these. */
const freeText: ReadonlySet<string> = new Set([
  'alert',
  'alertName',
  'body',
  'content',
  'customLabels',
  'data',
  'dimensions',
  'expression',
  'instanceName',
  'metricName',
  'payload',
  'productGroupName',
]);

/** Stand for the separators once everything else is decoded; the same bytes inside a value become DEL (cleaned away later). */
const pairMark = 1;
const valueMark = 2;
const pairMarkText = String.fromCharCode(pairMark);
const valueMarkText = String.fromCharCode(valueMark);

/**
 * Walks the pairs of a form body in linear time. Each pair is split at its first `=` only, because unencoded values
 * hold more of them (`$Average>=95`). Never throws: a bare `%` stays, broken UTF-8 becomes U+FFFD.
 * Returns whether a raw `&` inside a value had to be tolerated.
 */
export function eachFormPair(body: Uint8Array, visit: FormPairVisitor): { readonly rawAmpersand: boolean } {
  const text = decodeForm(body);
  let rawAmpersand = false;
  let name = '';
  let value = '';
  let gap = '';
  let mark = -1;
  for (let start = 0; start <= text.length; ) {
    let end = text.indexOf(pairMarkText, start);
    if (end === -1) end = text.length;
    // Looked for again only when it is behind: otherwise a megabyte of `&` would be searched once per `&`.
    if (mark < start) mark = text.indexOf(valueMarkText, start);
    if (mark === -1) mark = text.length;
    const nextName = mark < end ? text.slice(start, mark).trim() : '';
    if (isFieldName(nextName)) {
      if (name !== '') visit(name, value);
      name = nextName;
      value = text.slice(mark + 1, end);
      gap = '&';
    } else if (end === start) {
      // An empty piece is half of `&&`, or the end of the body: it counts only when text follows.
      gap += '&';
    } else if (freeText.has(name)) {
      value += gap + text.slice(start, end).replace(valueMarkText, '=');
      gap = '&';
      rawAmpersand = true;
    }
    start = end + 1;
  }
  if (name !== '') visit(name, value);
  return { rawAmpersand };
}

/** As Java's URLEncoder writes it: what CloudMonitor itself sends. */
export function encodeFormText(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** Letters, digits, `_`, `.`, `-`, at most 64; starts with a letter or `_`. Every field seen so far is letters only. */
export function isFieldName(name: string): boolean {
  if (name.length > 64) return false;
  for (let at = 0; at < name.length; at += 1) {
    const code = name.charCodeAt(at);
    const isLetter = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
    if (!isLetter && (at === 0 || !((code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e)))
      return false;
  }
  return name !== '';
}

/** `%XX` and `+` decoded, `&` and the first `=` of each pair replaced by their marks. */
function decodeForm(body: Uint8Array): string {
  const decoded = Buffer.allocUnsafe(body.length);
  let length = 0;
  let inName = true;
  for (let at = 0; at < body.length; at += 1) {
    let byte = body[at] ?? 0;
    if (byte === 0x2b) {
      byte = 0x20;
    } else if (byte === 0x26) {
      byte = pairMark;
      inName = true;
    } else if (byte === 0x3d && inName) {
      byte = valueMark;
      inName = false;
    } else {
      if (byte === 0x25) {
        const high = hexDigits[body[at + 1] ?? 0] ?? -1;
        const low = hexDigits[body[at + 2] ?? 0] ?? -1;
        if (high >= 0 && low >= 0) {
          byte = high * 16 + low;
          at += 2;
        }
      }
      if (byte === pairMark || byte === valueMark) byte = 0x7f;
    }
    decoded[length] = byte;
    length += 1;
  }
  return decoded.toString('utf8', 0, length);
}

/** Value of each ASCII hexadecimal digit, -1 for every other byte. */
const hexDigits: Int8Array = Int8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? -1 : value;
});
