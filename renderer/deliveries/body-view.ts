// A raw body in a form that is easier to read. Pure; bodies are hostile: deep, long, broken.

/** A body that parses. `form`: its fields in their order, decoded. */
export type ReadableBody =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'form'; readonly fields: readonly (readonly [string, string])[] };

/** More depth or length than this is nobody's message, and indenting it would cost more than it tells. */
const deepest = 60;
const longest = 300_000;
const mostFields = 200;

/** Null when the raw text is the best there is. Decided by the content: senders lie about the type. */
export function readableBody(body: string): ReadableBody | null {
  if (body.length > longest) return null;
  const text = body.trim();
  if (text.startsWith('{') || text.startsWith('[')) {
    const json = indented(text);
    return json === null ? null : { kind: 'json', text: json };
  }
  return formFields(text);
}

function indented(text: string): string | null {
  if (depthOf(text) > deepest) return null;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

/** How deep brackets outside of strings go. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (inString) {
      if (letter === '\\') at += 1;
      else if (letter === '"') inString = false;
    } else if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') most = Math.max(most, ++depth);
    else if (letter === '}' || letter === ']') depth -= 1;
  }
  return most;
}

function formFields(text: string): ReadableBody | null {
  // A form has no blanks and no lines; a sentence with a `=` in it is not one.
  if (!/^[^\s=&]{1,100}=[^\n]*$/.test(text) || /\s/.test(text.replace(/=[^&]*/g, ''))) return null;
  const pairs = text.split('&').filter((pair) => pair !== '');
  if (pairs.length > mostFields) return null;
  const fields = pairs.map((pair) => {
    const at = pair.indexOf('=');
    const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    const plain = decoded(value);
    const isNested = /^\s*[{[]/.test(plain);
    return [decoded(name), (isNested ? indented(plain) : null) ?? plain] as const;
  });
  return { kind: 'form', fields };
}

/** What cannot be decoded stays as it is: `unit=%` is real. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
