import type { Entry, EntryKind } from '../../shared/alert.ts';
import { useNow } from '../controls/clock.ts';
import { useTexts } from '../controls/texts.ts';
import { exactText, secondText } from '../controls/time-text.ts';
import { entryText, silenceText } from '../../shared/text/entry-text.ts';
import { reasonSentence } from '../../shared/text/reason-text.ts';
import { timelineLines } from './timeline-lines.ts';

/** How an entry is marked at the edge: something happened, somebody acted, or a word about notifying. */
function toneOf(kind: EntryKind): 'event' | 'person' | 'notified' | 'withheld' | 'resolved' {
  switch (kind) {
    case 'opened':
    case 'repeated':
    case 'level-changed':
      return 'event';
    case 'notified':
      return 'notified';
    case 'withheld':
      return 'withheld';
    case 'resolved':
      return 'resolved';
    default:
      return 'person';
  }
}

/** Every change and every decision to disturb or not, newest first, each with its reason. */
export function AlertTimeline({ entries }: { readonly entries: readonly Entry[] }) {
  const texts = useTexts();
  const t = texts.window;
  const now = useNow();
  return (
    <ol className="timeline">
      {timelineLines(entries).map(({ entry, silence }, index) => {
        // A note is its own reason.
        const reason = entry.kind === 'noted' ? '' : reasonSentence(texts.language, entry.reason);
        const text = entryText(texts.language, entry);
        return (
          <li key={index} data-tone={toneOf(entry.kind)}>
            <time title={exactText(texts.language, entry.at)}>
              {secondText(texts.language, entry.at, now)}
            </time>
            <div>
              <p className="entry-kind">
                {t.entry[entry.kind]}
                {entry.times > 1 && (
                  <span className="quiet">
                    {' '}
                    {t.times(entry.times)}, {t.untilLast(secondText(texts.language, entry.lastAt, now))}
                  </span>
                )}
                {silence !== null && (
                  <span className="entry-silence"> · {silenceText(texts.language, silence)}</span>
                )}
              </p>
              {text !== '' && <p className="entry-text">{text}</p>}
              {reason !== '' && <p className="quiet">{reason}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
