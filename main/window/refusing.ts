// From what the parts throw to what a caller can understand.
import type { RefusalText } from '../../shared/text/refusal-text.ts';
import { UnknownAlert } from '../alerts/actions.ts';
import { BadCursor } from '../alerts/bad-cursor.ts';
import { isDamage, isStorageTrouble } from '../database/open-database.ts';
import { SecretsNotWritable } from '../settings/secrets.ts';
import { BridgeFailure } from './bridge-call.ts';

/** What to say when the store does not take it. */
type StoreSentence = (text: RefusalText) => string;
const nothingChanged: StoreSentence = (text) => text.notWritten;

export interface Refusing {
  /** Runs something that may be refused for a reason the caller can understand. */
  readonly refusing: <Result>(work: () => Result, sentence?: StoreSentence) => Result;
  /** The same for what takes a while. */
  readonly refusingLater: <Result>(work: Promise<Result>) => Promise<Result>;
}

export function createRefusing(text: () => RefusalText): Refusing {
  const asFailure = (error: unknown, sentence: StoreSentence): unknown => {
    // Whoever guards the handlers knows what to do about it.
    if (isDamage(error)) return error;
    if (error instanceof UnknownAlert) return new BridgeFailure('unknown-alert', error.message);
    if (error instanceof BadCursor) return new BridgeFailure('bad-argument', error.message);
    if (error instanceof SecretsNotWritable)
      return new BridgeFailure('store-not-writable', text().secretsNotWritten);
    return isStorageTrouble(error) ? new BridgeFailure('store-not-writable', sentence(text())) : error;
  };
  return {
    refusing: (work, sentence = nothingChanged) => {
      try {
        return work();
      } catch (error) {
        throw asFailure(error, sentence);
      }
    },
    refusingLater: async (work) => {
      try {
        return await work;
      } catch (error) {
        throw asFailure(error, nothingChanged);
      }
    },
  };
}
