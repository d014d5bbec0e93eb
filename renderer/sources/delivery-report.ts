// One delivery as text for a report about its format: its shape to the letter, but nobody's secrets, addresses or names. Pure.
import type { DeliveryDetail } from '../../shared/bridge.ts';

/** What fits into the clipboard call (shared/bridge.ts) beside the rest. */
const longestBody = 80_000;

/**
 * Facts, headers and body. Gone: the given secrets, whatever stands in an address of a hook or looks like a secret, values
 * of members and words that are called so, credentials in links, e-mail addresses. Replaced by numbered names, the same for
 * the same value: IP addresses, and what members for hosts, clusters and people say, everywhere. Other words stay.
 */
export function deliveryReport(delivery: DeliveryDetail, secrets: readonly string[]): string {
  const headers = Object.entries(delivery.headers).map(([name, value]) => `${name}: ${value}`);
  const facts = [
    `ClusterControl delivery ${delivery.id}, ${new Date(delivery.receivedAt).toISOString()}`,
    `${delivery.method}, ${delivery.contentType ?? 'no content type'}, ${delivery.bytes} bytes`,
    `${delivery.verdict}: ${delivery.reason}`,
  ];
  const body = redacted(`${headers.join('\n')}\n\n${delivery.body}`, secrets);
  const cut =
    body.length <= longestBody
      ? body
      : `${body.slice(0, longestBody)}\n[${body.length - longestBody} more characters]`;
  return `${facts.join('\n')}\n\n${cut}\n`;
}

const secretName =
  '(?:token|secret|passw(?:or)?d|passphrase|pwd|api[_-]?key|access[_-]?key|private[_-]?key|routing[_-]?key|service[_-]?key|credential|authori[sz]ation|cookie|session)[\\w-]{0,40}';

/** In JSON, also in JSON that is text in JSON, in forms and in command lines. */
const namedSecret = new RegExp(
  [
    `(${secretName}\\\\?["']?\\s{0,4}[=:]\\s{0,4})`,
    `(?:"(?:[^"\\\\]|\\\\.)*"|\\\\"(?:[^"\\\\]|\\\\(?!"))*\\\\"|[^\\s"'&,;<>{}[\\]\\\\]+)`,
  ].join(''),
  'gi',
);

const patterns: readonly (readonly [RegExp, string])[] = [
  [/(\/hooks\/[a-z0-9-]{3,40}(?:\/|%2f|\\\/))[^\s"'?#&<>\\]+/gi, '$1[secret]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]'],
  [namedSecret, '$1"[secret]"'],
  [/(\/\/)[^\s/@"]{1,200}@/g, '$1[secret]@'],
  [/(\s-p)(?=\S)[^\s"'\\]+/g, '$1[secret]'],
  // 128 bits as we and others write them: mixed letters and digits, or hexadecimal.
  [/(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{20,}(?![\w-])/g, '[secret]'],
  [/\b[0-9a-f]{32,}\b/gi, '[secret]'],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, '[e-mail]'],
];

/** Names of members that hold a name worth hiding; what it is becomes part of the replacement. */
const namedMembers =
  /\\?"((?:cmon_?)?host_?name|host|server|controller_?id|controller_?url|client|ip_?address|cluster_?name|user_?name|user|group_?name)\\?"\s*:\s*\\?"([^"\\]{2,200})\\?"/gi;

const ipv4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)/g;
const ipv6 =
  /(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?)(?![\w:])/gi;
/** Say nothing about anybody. */
const harmless: ReadonlySet<string> = new Set(['127.0.0.1', '0.0.0.0', '::1', '::', 'localhost']);

function redacted(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets.filter((one) => one.length >= 8)) {
    for (const written of [secret, encodeURIComponent(secret)]) {
      clean = clean.replaceAll(written, '[secret]');
    }
  }
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  clean = withoutNames(clean);
  const numbers = new Map<string, string>();
  const numbered = (address: string): string => {
    if (harmless.has(address)) return address;
    const name = numbers.get(address) ?? `[ip-${numbers.size + 1}]`;
    numbers.set(address, name);
    return name;
  };
  return clean.replace(ipv4, numbered).replace(ipv6, numbered);
}

/** What a member calls a host is called so in the message too. */
function withoutNames(text: string): string {
  const names = new Map<string, string>();
  for (const [, member = '', value = ''] of text.matchAll(namedMembers)) {
    const kind = /user|group/i.test(member) ? 'name' : /cluster/i.test(member) ? 'cluster' : 'host';
    const isNumbered = harmless.has(value) || value.startsWith('[') || /^[\d.]+$/.test(value);
    if (!isNumbered && !names.has(value)) names.set(value, `[${kind}-${names.size + 1}]`);
  }
  if (names.size === 0) return text;
  // One pass for all of them, the longest first: a body may name hundreds.
  const longestFirst = [...names.keys()].toSorted((a, b) => b.length - a.length).slice(0, 500);
  // Whole words, and never the name of a member: `"host": "host"` keeps its shape.
  const anyName = new RegExp(
    `(?<![\\p{L}\\p{N}_-])(?:${longestFirst.map(escaped).join('|')})(?![\\p{L}\\p{N}_-])(?!\\\\?"\\s*:)`,
    'gu',
  );
  return text.replace(anyName, (name) => names.get(name) ?? name);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
