import { clipboard } from 'electron';

/** Puts plain text on the clipboard. Electron answers at once up to 43, with a promise from 44 on. */
export async function copyText(text: string): Promise<void> {
  await Promise.resolve(clipboard.writeText(text));
}
