import { useState } from 'react';
import { ask } from '../bridge.ts';
import { readClock } from '../controls/clock.ts';
import { useTexts } from '../controls/texts.ts';
import { type OnCallChoice, onCallUntil } from './on-call-choice.ts';

export interface OnCallSwitch {
  readonly goOn: (choice: OnCallChoice) => void;
  readonly switchOff: () => void;
  /** Why the last change was refused; empty otherwise. */
  readonly refusal: string;
}

export function useOnCallSwitch(): OnCallSwitch {
  const { window } = useTexts();
  const [refusal, setRefusal] = useState('');
  const set = (argument: { on: boolean; until?: number | null }): void =>
    void ask('setOnCall', argument).then((reply) =>
      setRefusal(reply.ok ? '' : window.refused(reply.error.message)),
    );
  return {
    goOn: (choice) => set({ on: true, until: onCallUntil(choice, readClock()) }),
    switchOff: () => set({ on: false }),
    refusal,
  };
}
