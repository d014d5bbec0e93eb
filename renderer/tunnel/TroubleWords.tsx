import type { ProbeFinding, TunnelStatus } from '../../shared/tunnel.ts';
import { useTexts } from '../controls/texts.ts';

/** Why the tunnel is not up, what to do, and what it said itself. */
export function TroubleWords({ tunnel }: { readonly tunnel: TunnelStatus }) {
  const { tunnel: t, tunnelSetup } = useTexts();
  if (tunnel.trouble === null) return null;
  const { code, detail } = tunnel.trouble;
  return (
    <>
      <p>
        <strong>{t.trouble[code]}</strong> {t.remedy[code]}
      </p>
      {detail !== null && <p className="foreign">{tunnelSetup.says(detail)}</p>}
    </>
  );
}

interface FindingWordsProps {
  readonly finding: ProbeFinding;
  /** In the words of the network. */
  readonly detail: string | null;
}

/** What our call to our own public address found, and what to do. */
export function FindingWords({ finding, detail }: FindingWordsProps) {
  const { tunnelSetup: t } = useTexts();
  return (
    <>
      <p>
        <strong>{t.finding[finding]}</strong> {t.findingRemedy[finding]}
      </p>
      {detail !== null && <p className="foreign">{t.says(detail)}</p>}
    </>
  );
}
