// On call: one switch that sets the posture of the computer, and ends with a hand-over.
import Type, { type Static } from 'typebox';

const Time = Type.Integer({ description: 'epoch ms' });

/** What a person on call must hear of the computer itself. */
export const OnCallWarning = Type.Union([
  Type.Literal('battery-low', { description: '20 % or less and not on mains' }),
  Type.Literal('on-battery', { description: 'not kept awake: it is not on mains' }),
  Type.Literal('lid-closing', { description: 'the computer goes to sleep while criticals are open' }),
  Type.Literal('network-lost', { description: 'while criticals are open' }),
  Type.Literal('check-refused', { description: 'the outside check does not take our ping' }),
]);
export type OnCallWarning = Static<typeof OnCallWarning>;

/** The switch is on. */
export const OnCall = Type.Object({
  since: Time,
  until: Type.Union([Type.Null(), Time], { description: 'null: until it is switched off' }),
  keptAwake: Type.Boolean(),
  warnings: Type.Array(OnCallWarning),
});
export type OnCall = Readonly<Static<typeof OnCall>>;

/** The end of a shift: what the next one must know, ready to paste. */
export const HandOver = Type.Object({
  from: Time,
  to: Time,
  markdown: Type.String(),
});
export type HandOver = Readonly<Static<typeof HandOver>>;

/** What the computer runs on. `unknown`: the system does not say; nothing is claimed then. */
export interface PowerFacts {
  readonly supply: 'mains' | 'battery' | 'unknown';
  /** Whole percent; null: no battery, or the system does not say. */
  readonly batteryPercent: number | null;
}
