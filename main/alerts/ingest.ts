// From "this is what the sender said" to "it is on the disk": one transaction, one sync for all that arrive together.
import type { DeliveryId } from '../../shared/alert.ts';
import { isStorageTrouble } from '../database/open-database.ts';
import type { AlertStore } from './alert-store.ts';
import { type Applied, applyContent, type DeliveryContent } from './apply-events.ts';
import { deliveryId, type DeliveryTable, type RawDelivery } from './delivery-table.ts';
import type { EventOrigin } from './episode.ts';
import { endSilence } from './quiet-sources.ts';
import type { Ledger, Transaction } from './transaction.ts';

/** One request, read. */
export interface Submission {
  readonly raw: RawDelivery;
  readonly origin: EventOrigin;
  readonly content: DeliveryContent;
}

/** What became of it. Given only after the commit has reached the disk. */
export interface Stored extends Applied {
  readonly id: DeliveryId;
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
  readonly deliveries: DeliveryTable;
  /** A delivery that could not be applied because of a fault in Tocsin; it is kept all the same. */
  readonly onFault: (error: unknown) => void;
}

/** More than this waiting for one sync means the disk cannot keep up: refuse, so that senders retry later. */
const mostWaiting = 10_000;
const mostWaitingBytes = 64 * 1024 * 1024;

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
    this.#commit(batch);
  }

  #commit(batch: readonly Waiting[]): void {
    const [first] = batch;
    if (first === undefined) return;
    let stored: Stored[];
    try {
      stored = this.#parts.ledger.commit((transaction) =>
        batch.map(({ submission }) => this.#store(transaction, submission)),
      );
    } catch (error) {
      if (isStorageTrouble(error)) {
        this.#refuse(batch, error);
      } else if (batch.length > 1) {
        // One of them is poison. Halves, until it is alone and harms nobody else; what is healthy shares a sync.
        const middle = batch.length >> 1;
        this.#commit(batch.slice(0, middle));
        this.#commit(batch.slice(middle));
      } else {
        this.#keepUnread(first, error);
      }
      return;
    }
    for (const [index, { resolve }] of batch.entries()) resolve(stored[index] as Stored);
  }

  #keepUnread(waiting: Waiting, error: unknown): void {
    this.#parts.onFault(error);
    const { submission, resolve } = waiting;
    const { remarks } = submission.content;
    const kept: Submission = {
      ...submission,
      content: { kind: 'no-events', verdict: 'not-understood', reason: 'fault-in-tocsin', remarks },
    };
    try {
      resolve(this.#parts.ledger.commit((transaction) => this.#store(transaction, kept)));
    } catch (second) {
      this.#refuse([waiting], second);
    }
  }

  #refuse(batch: readonly Waiting[], error: unknown): void {
    for (const { reject } of batch) reject(new StoreRefusal('store-not-writable', error));
  }

  #store(transaction: Transaction, { raw, origin, content }: Submission): Stored {
    const number = transaction.nextDelivery();
    const applied = applyContent(transaction, this.#parts.store, content, origin, raw.receivedAt);
    if (applied.verdict !== 'probe')
      endSilence(transaction, raw.sourceId, deliveryId(number), raw.receivedAt);
    const links = applied.alertIds.map((alert) => ({
      alert,
      before: transaction.linkDelivery(alert, number),
    }));
    this.#parts.deliveries.insert(number, raw, { ...applied, links });
    return { id: deliveryId(number), ...applied };
  }
}
