// What "Copy" puts on the clipboard. Pure.
import type { Alert } from '../../shared/alert.ts';
import { placeOf } from '../../shared/alert-order.ts';
import type { WindowText } from '../../shared/text/window-text.ts';

/** An alert as lines for a chat or a ticket; plain text that also reads well as Markdown. */
export function alertAsText(alert: Alert, text: WindowText, dateTime: (at: number) => string): string {
  const lines = [
    `**${text.priority[alert.priority]}: ${alert.title === '' ? text.noTitle : alert.title}** (${alert.id}, ${text.place[placeOf(alert)]})`,
    alert.text,
    field(text.resource, alert.resource),
    field(text.value, alert.value),
    field(text.condition, alert.condition),
    field(text.since, dateTime(alert.openedAt)),
    field(text.place.resolved, alert.resolvedAt === null ? null : dateTime(alert.resolvedAt)),
    field(text.occurrences, alert.count > 1 ? String(alert.count) : null),
    field(text.source, alert.sourceName),
    ...Object.entries(alert.labels).map(([name, value]) => field(name, value)),
    ...alert.links.map((link) => field(link.label === '' ? link.host : link.label, link.url)),
    field(text.key, `\`${alert.key}\``),
  ];
  return lines.filter((line) => line !== null && line !== '').join('\n');
}

function field(name: string, value: string | null): string | null {
  return value === null || value === '' ? null : `- ${name}: ${value}`;
}

/** An alert as JSON, exactly as the bridge gave it. */
export function alertAsJson(alert: Alert): string {
  return JSON.stringify(alert, null, 2);
}
