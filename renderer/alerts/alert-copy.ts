// What "Copy" puts on the clipboard. Pure.
import type { Alert } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { WindowText } from '../../shared/text/window-text.ts';

export type CopyForm = 'text' | 'markdown' | 'json';

/** One alert or several, one after the other. JSON is what the bridge gave: an object for one, an array for several. */
export function copyOf(
  alerts: readonly Alert[],
  form: CopyForm,
  text: WindowText,
  dateTime: (at: number) => string,
): string {
  switch (form) {
    case 'text':
      return alerts.map((alert) => asText(alert, text, dateTime)).join('\n\n');
    case 'markdown':
      return alerts.map((alert) => asMarkdown(alert, text, dateTime)).join('\n\n');
    case 'json':
      return JSON.stringify(alerts.length === 1 ? alerts[0] : alerts, null, 2);
    default:
      return assertNever(form);
  }
}

/** For a chat or a terminal: nothing but words. */
function asText(alert: Alert, text: WindowText, dateTime: (at: number) => string): string {
  return [
    headline(alert, text),
    ...(alert.text === '' ? [] : [alert.text]),
    ...factsOf(alert, text, dateTime).map(([name, value]) => `${name}: ${value}`),
    ...alert.links.map((link) => `${link.label === '' ? link.host : link.label}: ${link.url}`),
    `${text.key}: ${alert.key}`,
  ].join('\n');
}

/** For a ticket. What the sender wrote stays words: nothing in it becomes a link, a heading or HTML. */
function asMarkdown(alert: Alert, text: WindowText, dateTime: (at: number) => string): string {
  return [
    `**${escaped(headline(alert, text))}**`,
    ...(alert.text === '' ? [] : ['', ...alert.text.split('\n').map(escaped)]),
    '',
    ...factsOf(alert, text, dateTime).map(([name, value]) => `- ${escaped(name)}: ${escaped(value)}`),
    ...alert.links.map(
      (link) =>
        `- [${escaped(link.label === '' ? link.host : link.label)}](<${link.url.replace(/[<>\\\s]/g, '')}>)`,
    ),
    `- ${text.key}: ${asCode(alert.key)}`,
  ].join('\n');
}

function headline(alert: Alert, text: WindowText): string {
  const title = alert.title === '' ? text.noTitle : alert.title;
  return `${text.priority[alert.priority]}: ${title} (${alert.id}, ${text.place[placeOf(alert)]})`;
}

/** Name and value, without those that have none. */
function factsOf(
  alert: Alert,
  text: WindowText,
  dateTime: (at: number) => string,
): readonly (readonly [string, string])[] {
  const facts: readonly (readonly [string, string | null])[] = [
    [text.resource, alert.resource],
    [text.value, alert.value],
    [text.condition, alert.condition],
    [text.since, dateTime(alert.openedAt)],
    [text.place.resolved, alert.resolvedAt === null ? null : dateTime(alert.resolvedAt)],
    [text.occurrences, alert.count > 1 ? String(alert.count) : null],
    [text.source, alert.sourceName],
    ...Object.entries(alert.labels),
  ];
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]));
}

function escaped(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*_~|[\]<>#]/g, String.raw`\$&`)
    .replace(/^(\s*)([-+=]|\d+(?=[.)]))/, String.raw`$1\$2`);
}

/** A fence longer than any run of backticks inside. */
function asCode(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}
