// What our own calls say so far, and when the next one is due. Pure. Moments are milliseconds since the computer started,
// sleep included.
import type { ProbeFinding } from '../../shared/tunnel.ts';
import type { ProbeOutcome } from './probe-call.ts';

export interface ProbeRecord {
  /** False until a call came back by the way that stands now: after a start, a wake, another address. */
  readonly believed: boolean;
  readonly reachedAt: number | null;
  readonly roundTripMs: number | null;
  /** In a row, the newest among them. */
  readonly misses: number;
  /** From the third miss, or from one that was certain, until a call comes back. */
  readonly deaf: boolean;
  /** The last proof before the first miss, until the next proof: since then nobody knows. */
  readonly doubtedFrom: number | null;
  readonly newest: Pick<ProbeOutcome, 'finding' | 'detail'> | null;
  /** When the newest call was over. */
  readonly askedAt: number | null;
}

export const noRecord: ProbeRecord = {
  believed: false,
  reachedAt: null,
  roundTripMs: null,
  misses: 0,
  deaf: false,
  doubtedFrom: null,
  newest: null,
  askedAt: null,
};

/** Before it a miss is a hiccup of the network. */
const deafFromMiss = 3;

export function recordOutcome(record: ProbeRecord, outcome: ProbeOutcome, at: number): ProbeRecord {
  const { finding, certain, detail, roundTripMs } = outcome;
  if (finding === 'reached') return { ...recordDelivery(record, at), roundTripMs };
  const misses = record.misses + 1;
  const deaf = record.deaf || certain || misses >= deafFromMiss;
  // When the network went is known better than by our calls.
  const doubtedFrom = record.doubtedFrom ?? (finding === 'no-network' ? null : record.reachedAt);
  return { ...record, misses, deaf, doubtedFrom, newest: { finding, detail }, askedAt: at };
}

/** A sender came in by our public address, which proves as much as a call of our own. */
export function recordDelivery(record: ProbeRecord, at: number): ProbeRecord {
  const newest = { finding: 'reached', detail: null } as const;
  const { roundTripMs } = record;
  return { ...noRecord, believed: true, reachedAt: at, roundTripMs, newest, askedAt: at };
}

/** What was proven is no longer believed, and is asked again at once; when it was stays known. */
export function disbelieve({ reachedAt, roundTripMs, doubtedFrom }: ProbeRecord): ProbeRecord {
  return { ...noRecord, reachedAt, roundTripMs, doubtedFrom };
}

/** Nothing is known of another address, but it does not end a doubt. */
export function forAnotherAddress({ doubtedFrom }: ProbeRecord): ProbeRecord {
  return { ...noRecord, doubtedFrom };
}

/** What is certain of the public address: `pending` is nothing yet. */
export type ProbeStanding =
  | 'pending'
  | 'proven'
  | 'unreachable'
  | 'wrong-answer'
  | 'no-network'
  | 'listener-silent';

export function standingOf({ believed, deaf, newest }: ProbeRecord): ProbeStanding {
  if (deaf && newest !== null) return standingFor(newest.finding);
  return believed ? 'proven' : 'pending';
}

function standingFor(finding: ProbeFinding): ProbeStanding {
  switch (finding) {
    case 'wrong-answer':
    case 'no-network':
    case 'listener-silent':
      return finding;
    case 'reached':
      return 'proven';
    case 'timeout':
    case 'refused':
    case 'name-unknown':
    case 'certificate':
      return 'unreachable';
  }
}

const onCallMs = 60_000;
const usualMs = 300_000;
const afterMissMs = 10_000;
const whileDeafMs = 30_000;

/** When to call again; null: now. */
export function nextCallAt({ misses, askedAt }: ProbeRecord, isOnCall: boolean): number | null {
  if (askedAt === null) return null;
  if (misses === 0) return askedAt + (isOnCall ? onCallMs : usualMs);
  return askedAt + (misses < deafFromMiss ? afterMissMs : whileDeafMs);
}
