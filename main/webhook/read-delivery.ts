// What a delivery says: on its way in, and again when a person has an old one read by today's parser. The same rules both
// times.
import type { Submission } from '../alerts/ingest.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import { tryName } from '../../shared/try-it.ts';
import type { IncomingDelivery, Reading, Sender } from '../sources/source.ts';
import { isTestAlert } from './test-alert.ts';

/** A delivery without what must not be kept of a person, and the remark that says so. */
export interface CleanDelivery {
  readonly incoming: IncomingDelivery;
  readonly remarks: readonly ReasonName[];
}

/** From here on nobody sees what must not be kept of a person. When that cannot be told apart, nothing is kept. */
export function takeOutPersonalData(
  sender: Sender,
  incoming: IncomingDelivery,
  onFault: (error: unknown) => void,
): CleanDelivery {
  try {
    const clean = sender.withoutPersonalData(incoming);
    return { incoming: clean, remarks: clean === incoming ? [] : ['personal-data-removed'] };
  } catch (error) {
    onFault(error);
    const removed = Buffer.from('[removed]');
    return { incoming: { ...incoming, query: '', body: removed }, remarks: ['personal-data-removed'] };
  }
}

/** Fields of a script's message, one of them missing or mistyped. */
const nearlyMessages: ReadonlySet<ReasonName> = new Set(['no-status', 'no-title', 'unknown-status-word']);

/** A parser that breaks must not cost a delivery: the body is kept as not understood and the fault is logged. */
export function readSafely(
  sender: Sender,
  incoming: IncomingDelivery,
  onFault: (error: unknown) => void,
): Reading {
  // Some senders deliver by GET (reference/cloudmonitor.md 4.2); without a query there is nothing to deliver.
  if (incoming.method === 'HEAD' || (incoming.method === 'GET' && incoming.query === ''))
    return { kind: 'probe', reason: 'address-check' };
  try {
    const reading = sender.read(incoming);
    // Whoever looks at the address with a query of his own delivers nothing; what is nearly a message is no look.
    const isLook = reading.kind !== 'events' && !nearlyMessages.has(reading.reason);
    return incoming.method === 'GET' && isLook ? { kind: 'probe', reason: 'address-check' } : reading;
  } catch (error) {
    onFault(error);
    return { kind: 'not-understood', reason: 'fault-in-tocsin' };
  }
}

/** A delivery from the store. What is to be kept of it was decided when it came. */
export function readAgain(
  source: { readonly paused: boolean; readonly sender: Sender },
  kept: IncomingDelivery,
  onFault: (error: unknown) => void,
): Submission['content'] {
  const { incoming } = takeOutPersonalData(source.sender, kept, onFault);
  return contentOf(readSafely(source.sender, incoming, onFault), source, []);
}

/** What of a reading counts for a source as it is now; `remarks` are those of the way it came in. */
export function contentOf(
  reading: Reading,
  source: { readonly paused: boolean },
  remarks: readonly ReasonName[],
): Submission['content'] {
  if (reading.kind !== 'events') {
    return { kind: 'no-events', verdict: reading.kind, reason: reading.reason, remarks };
  }
  // A recovery counts in every mode (product: life of an alert, 4): what was open before the pause must be able to clear.
  const events = source.paused
    ? reading.events.filter((event) => event.kind === 'recovered')
    : reading.events;
  if (source.paused && events.length === 0)
    return { kind: 'no-events', verdict: 'ignored', reason: 'source-paused', remarks };
  const isOwn = !reading.remarks.includes('own-test') && events.some(isOwnTest);
  const own: readonly ReasonName[] = isOwn ? ['own-test'] : [];
  return { kind: 'events', events, remarks: [...reading.remarks, ...own, ...remarks] };
}

/** Made by Tocsin, not by a sender: "Send test alert" and the commands to try a source. They prove nothing about a sender. */
function isOwnTest({ key, description }: Extract<Reading, { kind: 'events' }>['events'][number]): boolean {
  return isTestAlert(description) || key.includes(tryName);
}
