// When we could hear and when we could not: the ledger of gaps.
import Type, { type Static } from 'typebox';
import { SourceId } from './alert.ts';
import { HearingCauseCode } from './hearing.ts';

const Time = Type.Integer({ description: 'epoch ms' });

/** Why nothing could be heard: what `hearing` says, or that nobody was there to say it. */
export const GapCause = Type.Union([
  HearingCauseCode,
  Type.Literal('asleep', { description: 'the computer slept' }),
  Type.Literal('frozen', { description: 'the process stood still' }),
  Type.Literal('quit', { description: 'a person ended Tocsin' }),
  Type.Literal('updated', { description: 'it came back as another version' }),
  Type.Literal('crashed', { description: 'it ended without a word' }),
  Type.Literal('computer-off', { description: 'the computer started after the last sign of life' }),
]);
export type GapCause = Static<typeof GapCause>;

/**
 * A stretch in which a delivery would not have reached us, or in which we cannot prove that it would: it begins with the
 * event when there is one, else with the last proof before the first missed probe.
 */
export const Gap = Type.Object({
  id: Type.Integer(),
  startedAt: Time,
  endedAt: Type.Union([Type.Null(), Time], { description: 'null: it lasts' }),
  cause: GapCause,
  /** Later findings within the same gap, oldest first: first asleep, then no network. */
  later: Type.Array(Type.Object({ at: Time, cause: GapCause })),
});
export type Gap = Readonly<Static<typeof Gap>>;

/** How much of the span was missed; what lasts, lasts to its end. */
export function missedMs(gaps: readonly Gap[], from: number, to: number): number {
  return gaps.reduce(
    (sum, gap) => sum + Math.max(0, Math.min(gap.endedAt ?? to, to) - Math.max(gap.startedAt, from)),
    0,
  );
}

export const Coverage = Type.Object({
  /** Since when the ledger is kept; before it nothing is known. */
  since: Time,
  now: Time,
  gaps: Type.Array(Gap, { description: 'that touch the span, newest first' }),
  /** One a calendar day of this computer, oldest first. */
  days: Type.Array(
    Type.Object({
      startsAt: Time,
      endsAt: Time,
      knownMs: Type.Integer({ description: 'of the day, up to now, since the ledger began' }),
      coveredMs: Type.Integer(),
    }),
  ),
  sources: Type.Array(
    Type.Object({ id: SourceId, name: Type.String(), lastHeardAt: Type.Union([Type.Null(), Time]) }),
  ),
});
export type Coverage = Readonly<Static<typeof Coverage>>;
