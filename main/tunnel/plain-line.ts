/** What a program printed, as one line of plain text: no colours, no control characters. */
export function plainLine(text: string): string {
  return text
    .replace(/\p{Cc}\[[0-9;]*[A-Za-z]/gu, '')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** The same for a person to read: secrets taken out, and short. Null when nothing is left. */
export function detailOf(text: string, secrets: readonly string[]): string | null {
  const safe = secrets
    .filter((secret) => secret !== '')
    .reduce((left, secret) => left.replaceAll(secret, '…'), text);
  return plainLine(safe).slice(0, longestDetail) || null;
}
const longestDetail = 300;
