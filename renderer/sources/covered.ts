/** The same text with the secret covered, for the screen: what is copied is the real one. */
export function covered(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, '••••••••');
}
