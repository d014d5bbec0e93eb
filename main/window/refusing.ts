// From what the parts throw to what a caller can understand.
import { UnknownAlert } from '../alerts/actions.ts';
import { BadCursor } from '../alerts/bad-cursor.ts';
import { isDamage, isStorageTrouble } from '../database/open-database.ts';
import { SecretsNotWritable } from '../settings/secrets.ts';
import { BridgeFailure } from './bridge-call.ts';

/** Runs something that may be refused for a reason the caller can understand. */
export function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asFailure(error);
  }
}

/** The same for what takes a while. */
export async function refusingLater<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw asFailure(error);
  }
}

function asFailure(error: unknown): unknown {
  // Whoever guards the handlers knows what to do about it.
  if (isDamage(error)) return error;
  if (error instanceof UnknownAlert) return new BridgeFailure('unknown-alert', error.message);
  if (error instanceof BadCursor) return new BridgeFailure('bad-argument', error.message);
  if (error instanceof SecretsNotWritable) return new BridgeFailure('store-not-writable', error.message);
  if (isStorageTrouble(error)) {
    return new BridgeFailure(
      'store-not-writable',
      'The store cannot be written right now; nothing was changed.',
    );
  }
  return error;
}
