import { useTexts } from '../controls/texts.ts';

interface NextStepsProps {
  readonly port: number;
  readonly hasPublicUrl: boolean;
}

/** What to do in CloudMonitor, in three steps. Says plainly that a local address needs a way in. */
export function NextSteps({ port, hasPublicUrl }: NextStepsProps) {
  const t = useTexts().window;
  return (
    <div className="next-steps">
      <h3>{t.nextSteps}</h3>
      <ol>
        <li>{hasPublicUrl ? t.stepTunnelReady : t.stepTunnel(port)}</li>
        <li>{hasPublicUrl ? t.stepRuleReady : t.stepRule}</li>
        <li>{t.stepTest}</li>
      </ol>
    </div>
  );
}
