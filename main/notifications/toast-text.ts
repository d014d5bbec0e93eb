// The words of a toast. Plain text: whatever a desktop needs escaped, its presenter escapes.
import type { Alert, AlertChange } from '../../shared/alert.ts';
import { compareAlerts } from '../../shared/alert-order.ts';
import type { SoundName } from '../../shared/sound.ts';
import type { Texts } from '../../shared/text/texts.ts';
import { type SummaryReason, summaryLeads } from './notification-record.ts';
import type { Toast } from './presenter.ts';

/**
 * macOS cuts a notification at 256 bytes (Electron's notifications tutorial), in the middle of a word if need be.
 * We cut first, at a character, and everywhere alike: the row has the full text.
 */
export const bodyBytes = 256;
export const titleBytes = 120;
/** Of each alert that a summary names, so that all of them fit. */
const namedBytes = 52;
const newestNamed = 3;

export interface ToastStyle {
  readonly texts: Texts;
  /** Whether the presenter can show buttons. */
  readonly hasActions: boolean;
  /** What the desktop itself is to play. */
  readonly sound: SoundName | null;
  /** Nothing that a sender wrote may be on the screen. */
  readonly hideDetails: boolean;
}

export function toastFor(change: AlertChange, style: ToastStyle): Toast {
  return ownToast(change.alert, leadLine(change, style), style);
}

/** `openMs`: for how long it has been open and unacknowledged. */
export function reminderToast(alert: Alert, openMs: number, style: ToastStyle): Toast {
  return ownToast(alert, style.texts.notification.reminder(Math.round(openMs / 60_000)), style);
}

function ownToast(alert: Alert, lead: string, { texts, hasActions, sound, hideDetails }: ToastStyle): Toast {
  const words = texts.notification;
  const title = hideDetails ? words.oneAlert : oneLine(alert.title);
  const text = hideDetails ? '' : oneLine(alert.text) || oneLine(alert.resource);
  const critical = alert.priority === 'critical';
  return {
    id: alert.id,
    title: cutToBytes(words.title(words.priority[alert.priority], title), titleBytes),
    body: bodyOf([lead, text]),
    urgency: critical ? 'critical' : 'normal',
    expires: !critical,
    sound,
    actions: hasActions
      ? [
          { id: 'acknowledge', label: words.acknowledge },
          { id: 'open', label: words.open },
        ]
      : [],
  };
}

/** How many are open, the worst of them and the newest three. `alerts`: at least one, critical or medium. */
export function summaryToast(
  alerts: readonly Alert[],
  reason: SummaryReason,
  { texts, hasActions, sound, hideDetails }: ToastStyle,
): Toast {
  const words = texts.notification;
  const critical = alerts.filter(({ priority }) => priority === 'critical').length;
  const names = hideDetails
    ? []
    : worstAndNewest(alerts).map((alert) =>
        cutToBytes(words.title(words.priority[alert.priority], oneLine(alert.title)), namedBytes),
      );
  return {
    id: 'summary',
    title: words.summary({ critical, medium: alerts.length - critical }),
    body: bodyOf([words.summaryLead[summaryLeads[reason]], ...names]),
    urgency: critical > 0 ? 'critical' : 'normal',
    expires: critical === 0,
    sound,
    actions: hasActions
      ? [
          { id: 'acknowledge', label: words.acknowledgeAll(alerts.length) },
          { id: 'open', label: words.openList },
        ]
      : [],
  };
}

/** The newest, newest first, and before them the worst where it is not among them. */
function worstAndNewest(alerts: readonly Alert[]): readonly Alert[] {
  const newest = alerts
    .toSorted((a, b) => b.openedAt - a.openedAt || compareAlerts(a, b))
    .slice(0, newestNamed);
  const worst = alerts.reduce((a, b) => (compareAlerts(a, b) <= 0 ? a : b));
  return newest.some(({ priority }) => priority === worst.priority) ? newest : [worst, ...newest];
}

function bodyOf(lines: readonly string[]): string {
  return cutToBytes(lines.filter((line) => line !== '').join('\n'), bodyBytes);
}

/** Why it disturbs now, where the text alone does not say so; empty otherwise. */
function leadLine(change: AlertChange, { texts, hideDetails }: ToastStyle): string {
  const words = texts.notification;
  const { alert, before } = change;
  if (change.kind === 'level-rose' && before !== null) {
    // The level words are the sender's.
    const level = (of: Pick<Alert, 'level' | 'priority'>): string =>
      hideDetails || of.level === null ? words.priority[of.priority] : oneLine(of.level);
    return words.rise(level(before), level(alert));
  }
  if (change.kind === 'reopened') return words.reopened;
  if (change.kind === 'snooze-ended') return words.snoozeEnded;
  return alert.noData ? words.noData : '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Whole characters only, as people see them; the ellipsis counts. */
export function cutToBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const room = limit - Buffer.byteLength('…');
  let cut = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > room) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
