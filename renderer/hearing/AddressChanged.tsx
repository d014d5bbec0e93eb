import Link2Off from 'lucide-react/icons/link-2-off';
import { useState } from 'react';
import { ask } from '../bridge.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { Moment } from '../controls/TimeText.tsx';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';

/** Of the former addresses; an address that changes at every start leaves many. */
const mostShown = 3;

/** Old and new public address, loud until a person says that the new one is pasted everywhere. */
export function AddressChanged({ live }: { readonly live: LiveState }) {
  const { tunnelSetup: t, window } = useTexts();
  const [refusal, setRefusal] = useState('');
  const tunnel = live.health?.tunnel ?? null;
  if (tunnel === null || tunnel.formerUrls.length === 0) return null;
  const { publicUrl } = tunnel;
  const formerUrls = tunnel.formerUrls.toSorted((a, b) => b.until - a.until).slice(0, mostShown);
  const pasted = (): void =>
    void ask('addressPasted', {}).then((reply) =>
      setRefusal(reply.ok ? '' : window.refused(reply.error.message)),
    );
  return (
    <section className="hearing" data-tone="loud" aria-label={t.changed}>
      <Link2Off aria-hidden="true" size={18} />
      <div role="alert">
        <p>
          <strong>{t.changed}</strong>
        </p>
        <p>{t.changedText}</p>
        <dl className="addresses">
          {formerUrls.map(({ url, until }) => (
            <div key={`${url} ${until}`}>
              <dt>{t.changedOld}</dt>
              <dd>
                <s className="code-word">{url}</s> <UntilMoment at={until} />
              </dd>
            </div>
          ))}
          <div>
            <dt>{t.changedNew}</dt>
            <dd>
              <strong className="code-word">{publicUrl ?? t.changedWaits}</strong>
            </dd>
          </div>
        </dl>
        {refusal !== '' && <p>{refusal}</p>}
      </div>
      {publicUrl !== null && (
        <div className="hearing-acts">
          <CopyButton label={t.copyAddress} text={publicUrl} />
          <button type="button" className="button" onClick={pasted}>
            {t.pasted}
          </button>
        </div>
      )}
    </section>
  );
}

function UntilMoment({ at }: { readonly at: number }) {
  const { tunnelSetup: t } = useTexts();
  const [before, after] = t.changedUntil('\u0000').split('\u0000');
  return (
    <span>
      {before}
      <Moment at={at} />
      {after}
    </span>
  );
}
