// The contract every sender's file fulfils. Pure: bytes in, events out; no clock, no store, no network.
import type { SourceKind } from '../../shared/alert.ts';
import type { PriorityMap } from '../../shared/priority.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import type { AlertEvent } from '../alerts/alert-event.ts';

/** What a parser may look at. The query has lost its secret before it gets here. */
export interface IncomingDelivery {
  readonly method: string;
  readonly contentType: string | null;
  readonly query: string;
  readonly body: Uint8Array;
}

/** The answer that a sender's protocol prescribes instead of ours (PagerDuty: 202 with `dedup_key`). */
export interface DialectReply {
  readonly status: number;
  /** Becomes the JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What one delivery says. A body that is not understood is a value, never an exception. */
export type Reading =
  | {
      readonly kind: 'events';
      readonly events: readonly AlertEvent[];
      /** Oddities worth showing beside the verdict, as stable names, e.g. `level-contradicts-state`. */
      readonly remarks: readonly ReasonName[];
      /** Given only after the commit, like ours. */
      readonly reply?: DialectReply;
    }
  | { readonly kind: 'probe'; readonly reason: ReasonName }
  | { readonly kind: 'not-understood'; readonly reason: ReasonName; readonly reply?: DialectReply };

/** One kind of sender. */
export interface Sender {
  readonly kind: SourceKind;
  readonly defaultPriorityMap: PriorityMap;
  /** Addresses and CIDR ranges that the sender's maker names; a hint beside a delivery, never a wall by themselves. */
  readonly knownAddresses: readonly string[];
  /** A believable request for the README, the first run and the test alert; values are invented. */
  readonly sample: (options: SampleOptions) => Sample;
  /**
   * The delivery without what must not be kept of a person; the same object when there is nothing of that kind. Comes
   * first: nothing else, `read` included, sees what it takes out.
   */
  readonly withoutPersonalData: (delivery: IncomingDelivery) => IncomingDelivery;
  readonly read: (delivery: IncomingDelivery) => Reading;
}

export interface SampleOptions {
  readonly state: 'firing' | 'recovered';
  /** Level word the sample carries. */
  readonly level: string;
  /** Epoch ms. */
  readonly at: number;
  /** Makes the sample's problem and episode its own. */
  readonly name: string;
}

export interface Sample {
  readonly contentType: string;
  readonly body: string;
}
