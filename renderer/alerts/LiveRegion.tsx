import { useEffect, useState } from 'react';
import { useTexts } from '../controls/texts.ts';
import type { LiveStore } from '../live-store.ts';
import { type Announcement, announcementOf } from './announcement.ts';

/** Speaks new alerts to screen readers without moving the focus. */
export function LiveRegion({ store }: { readonly store: LiveStore }) {
  const { window: t } = useTexts();
  const [said, setSaid] = useState<Announcement | null>(null);
  useEffect(
    () =>
      store.onChanges((changes) => {
        const next = announcementOf(changes, t);
        if (next !== null) setSaid(next);
      }),
    [store, t],
  );
  return (
    <div className="visually-hidden">
      <p aria-live="assertive">{said?.urgency === 'assertive' ? said.sentence : ''}</p>
      <p aria-live="polite">{said?.urgency === 'polite' ? said.sentence : ''}</p>
    </div>
  );
}
