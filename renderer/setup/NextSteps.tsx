import type { SourceKind } from '../../shared/alert.ts';
import { useTexts } from '../controls/texts.ts';

interface NextStepsProps {
  readonly kind: SourceKind;
  readonly port: number;
  readonly hasPublicUrl: boolean;
}

/** What to do at the sender, in three steps. Says plainly that a local address needs a way in. */
export function NextSteps({ kind, port, hasPublicUrl }: NextStepsProps) {
  const t = useTexts().window;
  return (
    <div className="next-steps">
      <h3>{t.nextSteps[kind]}</h3>
      <ol>
        <li>{hasPublicUrl ? t.stepTunnelReady : t.stepTunnel(port)}</li>
        <li>{hasPublicUrl ? t.stepRuleReady[kind] : t.stepRule[kind]}</li>
        <li>{t.stepTest[kind]}</li>
      </ol>
    </div>
  );
}
