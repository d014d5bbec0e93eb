import { Ago } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { hearingView } from './hearing-view.ts';

/** "Listening at 127.0.0.1:9797 · last delivery 3 min ago"; nothing while we do not hear. */
export function HearingLine({ live }: { readonly live: LiveState }) {
  const t = useTexts().window;
  const view = hearingView(live);
  if (view.kind !== 'listening') return null;
  return (
    <>
      {t.listeningAt(view.address)}
      {' · '}
      {view.lastDeliveryAt === null ? t.noDeliveryYet : <LastDelivery at={view.lastDeliveryAt} />}
    </>
  );
}

/** "last delivery 3 min ago", ticking. */
export function LastDelivery({ at }: { readonly at: number }) {
  const t = useTexts().window;
  // The sentence is the catalogue's; only the ticking part inside it is an element.
  const [before, after] = t.lastDelivery('\u0000').split('\u0000');
  return (
    <>
      {before}
      <Ago at={at} />
      {after}
    </>
  );
}
