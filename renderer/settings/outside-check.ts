/** The address in the field of the outside check; null: none is wanted; undefined: it is no address. */
export function outsideCheck(text: string): string | null | undefined {
  const address = text.trim();
  if (address === '') return null;
  return /^https:\/\/[^\s]+$/.test(address) && URL.canParse(address) ? address : undefined;
}
