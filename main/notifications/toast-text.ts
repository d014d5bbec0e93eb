// The words of a toast. Plain text: whatever a desktop needs escaped, its presenter escapes.
import type { AlertChange } from '../../shared/alert.ts';
import type { Texts } from '../../shared/text/texts.ts';
import type { Toast } from './presenter.ts';

/**
 * macOS cuts a notification at 256 bytes (Electron's notifications tutorial), in the middle of a word if need be.
 * We cut first, at a character, and everywhere alike: the row has the full text.
 */
const bodyBytes = 256;
const titleBytes = 120;

/** `hasActions`: whether the presenter can show buttons. */
export function toastFor(change: AlertChange, texts: Texts, hasActions: boolean): Toast {
  const words = texts.notification;
  const { alert } = change;
  const lead = leadLine(change, texts);
  const text = oneLine(alert.text) || oneLine(alert.resource);
  const critical = alert.priority === 'critical';
  return {
    alertId: alert.id,
    title: cutToBytes(words.title(words.priority[alert.priority], oneLine(alert.title)), titleBytes),
    body: cutToBytes([lead, text].filter((line) => line !== '').join('\n'), bodyBytes),
    urgency: critical ? 'critical' : 'normal',
    expires: !critical,
    actions: hasActions
      ? [
          { id: 'acknowledge', label: words.acknowledge },
          { id: 'open', label: words.open },
        ]
      : [],
  };
}

/** Why it disturbs now, where the text alone does not say so; empty otherwise. */
function leadLine(change: AlertChange, texts: Texts): string {
  const words = texts.notification;
  const { alert, before } = change;
  if (change.kind === 'level-rose' && before !== null) {
    return words.rise(
      oneLine(before.level ?? words.priority[before.priority]),
      oneLine(alert.level ?? words.priority[alert.priority]),
    );
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
