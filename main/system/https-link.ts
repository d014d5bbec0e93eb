// Which links may leave the app. Pure, apart from the file that opens them, so that it can be tested without a desktop.

export type LinkVerdict =
  | { readonly allowed: true; readonly url: string }
  | {
      readonly allowed: false;
      readonly reason: 'not-a-url' | 'not-https' | 'carries-credentials' | 'no-host';
    };

/**
 * https only, and without a user name or password: `https://bank.example@evil.example/` reads like the first host and
 * goes to the second. `url` is the parsed and re-written form: what was checked is what is opened.
 */
export function judgeLink(text: string): LinkVerdict {
  if (!URL.canParse(text)) return { allowed: false, reason: 'not-a-url' };
  const url = new URL(text);
  if (url.protocol !== 'https:') return { allowed: false, reason: 'not-https' };
  if (url.username !== '' || url.password !== '') return { allowed: false, reason: 'carries-credentials' };
  if (url.hostname === '') return { allowed: false, reason: 'no-host' };
  return { allowed: true, url: url.href };
}
