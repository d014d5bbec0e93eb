import Type, { type Static } from 'typebox';

/** Why we cannot be sure that deliveries reach us; the code is stable for programs, the sentence is in `text/`. */
export const HearingCauseCode = Type.Union([
  Type.Literal('listener-starting'),
  Type.Literal('listener-down'),
  Type.Literal('port-taken'),
  Type.Literal('store-not-writable'),
  Type.Literal('store-damaged'),
  Type.Literal('never-set-up'),
  Type.Literal('all-sources-paused'),
  Type.Literal('tunnel-starting'),
  Type.Literal('tunnel-down'),
  Type.Literal('not-proven', { description: 'no probe has come back yet' }),
  Type.Literal('unreachable', { description: 'the local address answers, the public one does not' }),
  Type.Literal('wrong-answer', { description: "somebody else's page answers at our public address" }),
  Type.Literal('no-network'),
]);
export type HearingCauseCode = Static<typeof HearingCauseCode>;

export const HearingCause = Type.Object({ code: HearingCauseCode, message: Type.String() });
export type HearingCause = Readonly<Static<typeof HearingCause>>;

/** Whether deliveries can reach us. A calm icon is allowed in `hearing` only. */
export const Hearing = Type.Object({
  state: Type.Union([Type.Literal('hearing'), Type.Literal('starting'), Type.Literal('deaf')]),
  causes: Type.Array(HearingCause),
});
export type Hearing = Readonly<Static<typeof Hearing>>;

/**
 * Whether the port is ours. While it is not, another program may have it: whatever is sent to the local address, secret
 * included, would reach that program.
 */
export function isListening(hearing: Hearing): boolean {
  return !hearing.causes.some(
    ({ code }) => code === 'listener-starting' || code === 'listener-down' || code === 'port-taken',
  );
}
