import { useEffect, useRef, useState } from 'react';
import { ask } from '../bridge.ts';
import { useTexts } from '../controls/texts.ts';
import type { LiveState } from '../live-state.ts';
import { ProofCard } from './ProofCard.tsx';
import { draftOf, problemsOf, setTunnelArgument, type TunnelDraft, wayOf, ways } from './tunnel-draft.ts';
import { useTunnelView } from './use-tunnel-view.ts';
import { WayFields } from './WayFields.tsx';

interface WayInProps {
  readonly live: LiveState;
  /** Leads to the addresses that are pasted at senders; absent where they come next anyway. */
  readonly onShowSources?: () => void;
}

/** Choosing how monitors reach this computer, and seeing it proven. */
export function WayIn({ live, onShowSources }: WayInProps) {
  const texts = useTexts();
  const t = texts.tunnelSetup;
  const tunnel = useTunnelView(live.health?.tunnel?.kind ?? 'none');
  /** Only what was touched; the rest follows the plan. */
  const [edits, setEdits] = useState<Partial<TunnelDraft>>({});
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState('');
  const [savedCount, setSavedCount] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const proof = useRef<HTMLHeadingElement>(null);
  // What comes next is the proof: eye, keyboard and screen reader go there.
  useEffect(() => {
    if (savedCount > 0) proof.current?.focus();
  }, [savedCount]);
  const { view } = tunnel;
  if (view === null) {
    return <p role="alert">{tunnel.refusal === '' ? '' : texts.window.refused(tunnel.refusal)}</p>;
  }

  const draft: TunnelDraft = { ...draftOf(view.plan), ...edits };
  const problems = problemsOf(draft, view);
  const used = wayOf(view.plan);
  const isUsed = draft.way === used;
  const edit = (some: Partial<TunnelDraft>): void => {
    setEdits((before) => ({ ...before, ...some }));
    setRefusal('');
  };
  const save = (): void => {
    const argument = setTunnelArgument(draft, view);
    if (argument === null) {
      setTried(true);
      // The fields say what is wrong once they are drawn again.
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid="true"]')?.focus(),
      );
      return;
    }
    setBusy(true);
    void ask('setTunnel', argument).then((reply) => {
      setBusy(false);
      if (!reply.ok) {
        setRefusal(texts.window.refused(reply.error.message));
        return;
      }
      setRefusal('');
      setTried(false);
      setEdits({});
      tunnel.set(reply.result);
      if (reply.result.plan.kind !== 'none') setSavedCount((count) => count + 1);
    });
  };
  return (
    <>
      {view.plan.kind !== 'none' && (
        <ProofCard
          way={t.ways[used].name}
          tunnel={live.health?.tunnel ?? view.status}
          heading={proof}
          {...(onShowSources === undefined ? {} : { onShowSources })}
        />
      )}
      <form
        ref={form}
        noValidate
        className="card way-in"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <fieldset className="kind-choice way-choice">
          <legend>{t.question}</legend>
          <p className="quiet">{t.intro}</p>
          {ways.map((way) => (
            <label key={way} className="kind" data-chosen={way === draft.way}>
              <input
                type="radio"
                name="way"
                checked={way === draft.way}
                onChange={() => {
                  setTried(false);
                  edit({ way });
                }}
              />
              <strong>
                {t.ways[way].name}
                {way === used && <span className="way-used">{t.inUse}</span>}
              </strong>
              <span className="quiet">{t.ways[way].suits}</span>
            </label>
          ))}
        </fieldset>
        <WayFields
          draft={draft}
          problems={isTried ? problems : {}}
          view={view}
          port={live.health?.listener.port ?? 0}
          onEdit={edit}
          onLookAgain={tunnel.look}
        />
        <div className="rules-end">
          {/* To choose nothing where nothing is chosen needs no button. */}
          {!(isUsed && used === 'none') && (
            <button type="submit" className="button primary" disabled={isBusy}>
              {draft.way === 'none' ? t.turnOff : isUsed ? t.useAgain : t.use}
            </button>
          )}
          <span className="warning-text" role="alert">
            {refusal}
          </span>
        </div>
      </form>
    </>
  );
}
