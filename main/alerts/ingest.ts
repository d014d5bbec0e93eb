// From "this is what the sender said" to "it is on the disk": one transaction, one sync for all that arrive together.
import { hash } from 'node:crypto';
import type { AlertId, DeliveryId, Verdict } from '../../shared/alert.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import { isStorageTrouble } from '../database/open-database.ts';
import type { AlertEvent } from './alert-event.ts';
import { type AlertStore, deliveryId, type RawDelivery } from './alert-store.ts';
import type { EventOrigin, Outcome } from './episode.ts';
import { applyEvent, applyRetry, touchedAlerts } from './lifecycle.ts';
import type { Ledger, Transaction } from './transaction.ts';

/** One request, read. */
export interface Submission {
  readonly raw: RawDelivery;
  readonly origin: EventOrigin;
  readonly content:
    | {
        readonly kind: 'events';
        readonly events: readonly AlertEvent[];
        readonly remarks: readonly ReasonName[];
      }
    | {
        readonly kind: 'no-events';
        readonly verdict: Verdict;
        readonly reason: ReasonName;
        readonly remarks: readonly ReasonName[];
      };
}

/** What became of it. Given only after the commit has reached the disk. */
export interface Stored {
  readonly id: DeliveryId;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly alertIds: readonly AlertId[];
}

/** The store does not take it now; the sender is asked to try again. `code`: `store-not-writable` | `store-busy`. */
export class StoreRefusal extends Error {
  readonly code: 'store-not-writable' | 'store-busy';
  constructor(code: StoreRefusal['code'], cause?: unknown) {
    super(code, { cause });
    this.name = 'StoreRefusal';
    this.code = code;
  }
}

export interface IngestParts {
  readonly ledger: Ledger;
  readonly store: AlertStore;
  /** A delivery that could not be applied because of a fault in Tocsin; it is kept all the same. */
  readonly onFault: (error: unknown) => void;
}

/** More than this waiting for one sync means the disk cannot keep up: refuse, so that senders retry later. */
const mostWaiting = 10_000;
const mostWaitingBytes = 64 * 1024 * 1024;
/** A sender's clock may be wrong; a time this far ahead of ours would make every later message look old. */
const farAheadMs = 5 * 60 * 1000;

interface Waiting {
  readonly submission: Submission;
  readonly resolve: (stored: Stored) => void;
  readonly reject: (refusal: StoreRefusal) => void;
}

/** Group commit: everything that arrived in two turns of the event loop shares one transaction and one sync. */
export class Ingest {
  readonly #parts: IngestParts;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;

  constructor(parts: IngestParts) {
    this.#parts = parts;
  }

  /** Resolves when the delivery is on the disk; rejects with `StoreRefusal`. */
  submit(submission: Submission): Promise<Stored> {
    return new Promise((resolve, reject) => {
      this.#waitingBytes += submission.raw.body.byteLength;
      if (this.#waiting.length >= mostWaiting || this.#waitingBytes > mostWaitingBytes) {
        this.#waitingBytes -= submission.raw.body.byteLength;
        reject(new StoreRefusal('store-busy'));
        return;
      }
      this.#waiting.push({ submission, resolve, reject });
      // Two turns: what arrived while the last replies were written comes along, which saves every third sync under load.
      if (this.#waiting.length === 1) setImmediate(() => setImmediate(() => this.flush()));
    });
  }

  /** Commits what waits, now. */
  flush(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (batch.length === 0) return;
    let stored: Stored[];
    try {
      stored = this.#parts.ledger.commit((transaction) =>
        batch.map(({ submission }) => this.#store(transaction, submission)),
      );
    } catch (error) {
      if (isStorageTrouble(error)) {
        this.#refuse(batch, error);
        return;
      }
      // One of them is poison. Each alone, so that it harms nobody else.
      for (const waiting of batch) this.#storeAlone(waiting);
      return;
    }
    for (const [index, { resolve }] of batch.entries()) resolve(stored[index] as Stored);
  }

  #storeAlone({ submission, resolve, reject }: Waiting): void {
    try {
      resolve(this.#parts.ledger.commit((transaction) => this.#store(transaction, submission)));
    } catch (error) {
      if (isStorageTrouble(error)) {
        this.#refuse([{ submission, resolve, reject }], error);
        return;
      }
      this.#parts.onFault(error);
      const kept: Submission = {
        ...submission,
        content: {
          kind: 'no-events',
          verdict: 'not-understood',
          reason: 'fault-in-tocsin',
          remarks: submission.content.remarks,
        },
      };
      try {
        resolve(this.#parts.ledger.commit((transaction) => this.#store(transaction, kept)));
      } catch (second) {
        this.#refuse([{ submission, resolve, reject }], second);
      }
    }
  }

  #refuse(batch: readonly Waiting[], error: unknown): void {
    for (const { reject } of batch) reject(new StoreRefusal('store-not-writable', error));
  }

  #store(transaction: Transaction, { raw, origin, content }: Submission): Stored {
    const number = transaction.nextDelivery();
    const read =
      content.kind === 'no-events'
        ? { verdict: content.verdict, reason: [content.reason, ...content.remarks].join(', '), alertIds: [] }
        : this.#applyAll(transaction, content.events, content.remarks, origin, raw.receivedAt);
    const links = read.alertIds.map((alert) => ({ alert, before: transaction.linkDelivery(alert, number) }));
    this.#parts.store.insertDelivery(number, raw, read.verdict, read.reason, links);
    return { id: deliveryId(number), ...read };
  }

  #applyAll(
    transaction: Transaction,
    events: readonly AlertEvent[],
    remarks: readonly ReasonName[],
    origin: EventOrigin,
    now: number,
  ): Omit<Stored, 'id'> {
    const outcomes = events.map((event) => this.#applyOne(transaction, event, origin, now));
    const verdicts = new Set(outcomes.map((outcome) => outcome.verdict));
    const reasons = new Set([...outcomes.map((outcome) => outcome.reason), ...remarks]);
    return {
      verdict:
        verdicts.size === 1 ? (outcomes[0] as Outcome).verdict : verdicts.size === 0 ? 'ignored' : 'mixed',
      reason: reasons.size === 0 ? 'no-events' : [...reasons].join(', '),
      alertIds: [...new Set(outcomes.flatMap(touchedAlerts))],
    };
  }

  #applyOne(transaction: Transaction, event: AlertEvent, origin: EventOrigin, now: number): Outcome {
    const problem = transaction.problem(origin.sourceId, event.key);
    // Without a sender time a retry cannot be told from a repeat; then it counts as a repeat, which is silent too.
    const isNew =
      event.sentAt === null ||
      this.#parts.store.rememberEvent(event.sentAt, identityOf(event, origin.sourceId));
    const outcome = isNew
      ? applyEvent(problem, trustTime(event, now), origin, now, transaction.nextAlert)
      : applyRetry(problem, now);
    transaction.apply(outcome.problem, outcome.steps);
    return outcome;
  }
}

/** Product: same key, state, level and sender time is the same delivery again; the time stands beside it. */
function identityOf(event: AlertEvent, sourceId: string): Uint8Array {
  const state = event.kind === 'firing' && event.noData ? 'no-data' : event.kind;
  return hash(
    'sha256',
    [sourceId, event.key, state, event.description.level ?? ''].join('\n'),
    'buffer',
  ).subarray(0, 16);
}

function trustTime(event: AlertEvent, now: number): AlertEvent {
  return event.sentAt !== null && event.sentAt > now + farAheadMs ? { ...event, sentAt: now } : event;
}
