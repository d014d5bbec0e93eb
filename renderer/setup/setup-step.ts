import type { RefObject } from 'react';
import type { DesktopFacts } from '../../shared/desktop-facts.ts';
import type { LiveState } from '../live-state.ts';

/** What every step of the first run gets. */
export interface StepProps {
  readonly live: LiveState;
  /** Null until they are known. */
  readonly facts: DesktopFacts | null;
  /** Gets the focus when the step begins. */
  readonly heading: RefObject<HTMLHeadingElement | null>;
}
