import { useEffect, useState } from 'react';
import type { AlertChange } from '../../shared/alert.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveStore } from '../live-store.ts';
import { type Announcement, announcementOf } from './announcement.ts';

/** What comes so soon after an announcement is gathered into the next one: a storm is not read out alert by alert. */
const gatherMs = 1000;

/** Speaks new alerts to screen readers without moving the focus. */
export function LiveRegion({ store }: { readonly store: LiveStore }) {
  const { window: t } = useTexts();
  const [said, setSaid] = useState<(Announcement & { readonly number: number }) | null>(null);
  useEffect(() => {
    let gathered: AlertChange[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      timer = undefined;
      const next = announcementOf(gathered, t);
      gathered = [];
      if (next === null) return;
      setSaid((before) => ({ ...next, number: (before?.number ?? 0) + 1 }));
      timer = setTimeout(say, gatherMs);
    };
    const forget = store.onChanges((changes) => {
      gathered.push(...changes);
      if (timer === undefined) say();
    });
    return () => {
      forget();
      clearTimeout(timer);
    };
  }, [store, t]);
  // A new element for each: the same words a second time are spoken a second time.
  const words = <span key={said?.number}>{said?.sentence}</span>;
  return (
    <div className="visually-hidden">
      <p aria-live="assertive">{said?.urgency === 'assertive' && words}</p>
      <p aria-live="polite">{said?.urgency === 'polite' && words}</p>
    </div>
  );
}
