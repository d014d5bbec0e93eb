import type { AlertLink } from '../../../shared/alert.ts';
import { textOf } from '../json-texts.ts';
import { isJsonObject } from '../json-value.ts';
import { safeLink } from '../plain-text.ts';

const mostLinks = 10;

/** Links of an event as PagerDuty and ilert write them: a list of `{href, text}`; the first ten that are worth showing. */
export function eventLinks(list: unknown): readonly AlertLink[] {
  if (!Array.isArray(list)) return [];
  return (list.slice(0, mostLinks) as readonly unknown[]).flatMap((link) => {
    if (!isJsonObject(link)) return [];
    const href = textOf(link, 'href');
    return href === null ? [] : (safeLink(textOf(link, 'text') ?? '', href) ?? []);
  });
}
