import { cleanLine } from './plain-text.ts';

const longestTitle = 160;

/** `MySQL is down · db-7`: what, then where, unless the one names the other; at most 160 characters, never empty. */
export function alertTitle(what: string, where: string): string {
  const title = cleanLine(what, longestTitle) || 'Alert';
  return where === '' || title.includes(where) ? title : cleanLine(`${title} · ${where}`, longestTitle);
}
