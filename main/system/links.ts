import { shell } from 'electron';
import { judgeLink } from './https-link.ts';

/** Opens a link in the person's browser (security checklist 15). Throws for anything but a plain https link. */
export async function openLink(text: string): Promise<void> {
  const verdict = judgeLink(text);
  if (!verdict.allowed) throw new Error(`Link not opened: ${verdict.reason}.`);
  await shell.openExternal(verdict.url);
}
