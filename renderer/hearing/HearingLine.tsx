import { Ago } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { ProvenAgo } from '../tunnel/WayInSummary.tsx';
import { hearingView, type Reach } from './hearing-view.ts';

/** "Reachable at host, proven 40 s ago · last delivery 3 min ago"; nothing while we do not hear. */
export function HearingLine({ live }: { readonly live: LiveState }) {
  const t = useTexts().window;
  const view = hearingView(live);
  if (view.kind !== 'listening') return null;
  return (
    <>
      <ReachWords reach={view.reach} />
      {' · '}
      {view.lastDeliveryAt === null ? t.noDeliveryYet : <LastDelivery at={view.lastDeliveryAt} />}
    </>
  );
}

function ReachWords({ reach }: { readonly reach: Reach }) {
  const { tunnelSetup: t, window } = useTexts();
  if (reach.kind === 'local') return t.localOnly(reach.address);
  return (
    <>
      {t.reachableAt(reach.host)}
      {reach.provenAt !== null && (
        <>
          {window.sentenceJoin}
          <ProvenAgo at={reach.provenAt} />
        </>
      )}
      {reach.hasMissed && (
        <>
          {window.sentenceJoin}
          <strong className="warning-text">{t.lastTryFailed}</strong>
        </>
      )}
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
