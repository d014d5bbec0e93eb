// The controller writes HTML into its texts (reference 4, slips). Nothing here makes it safe to draw as HTML: it is made into
// plain text and stays that.

/** Tags of HTML and nothing else in angle brackets: `<none>`, `<binlog.000001>` and `<root@db-1>` are a database's words. */
const tag =
  /<(\/?)(a|abbr|article|b|big|blockquote|body|br|button|caption|center|code|col|dd|div|dl|dt|em|embed|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|mark|meta|object|ol|p|pre|s|samp|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video)(?:\s[^<>]{0,2000})?\/?>/gi;

/** After these a reader goes on in the next line. */
const breaking =
  /^(?:article|blockquote|br|caption|dd|div|dl|dt|footer|form|h[1-6]|header|hr|li|ol|p|pre|section|table|tr|ul)$/;
/** What stands between such a tag and its end is no text. */
const unread = /^(?:script|style|head|svg|title|object|iframe)$/;

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The text a reader would have seen: tags gone, their line breaks kept, entities decoded once. Linear time. */
export function withoutMarkup(text: string): string {
  return decodeEntities(withoutTags(text));
}

function withoutTags(text: string): string {
  if (!text.includes('<')) return text;
  let kept = '';
  let at = 0;
  let inside: string | null = null;
  for (const found of text.matchAll(tag)) {
    const name = (found[2] ?? '').toLowerCase();
    const isEnd = found[1] === '/';
    if (inside === null) {
      kept += text.slice(at, found.index);
      if (breaking.test(name)) kept += '\n';
      else if (/^t[dh]$/.test(name)) kept += ' ';
      if (!isEnd && unread.test(name) && !found[0].endsWith('/>')) inside = name;
    } else if (isEnd && name === inside) {
      inside = null;
    }
    at = found.index + found[0].length;
  }
  // What was never closed may be a person's words after all.
  return kept + text.slice(at);
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) {
        const plain = name.toLowerCase();
        return Object.hasOwn(entities, plain) ? (entities[plain] ?? whole) : whole;
      }
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
