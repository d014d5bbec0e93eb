import { useTexts } from '../controls/texts.ts';
import { WayIn } from '../tunnel/WayIn.tsx';
import type { StepProps } from './setup-step.ts';

/** How monitors get here: may be left for later, then only programs on this computer can call. */
export function WayInStep({ live, heading }: StepProps) {
  const { tunnelSetup: t } = useTexts();
  return (
    <>
      <header className="welcome">
        <h1 ref={heading} tabIndex={-1}>
          {t.setupStep}
        </h1>
        <p className="quiet">{t.setupStepText}</p>
      </header>
      <WayIn live={live} />
    </>
  );
}
