// A test alert goes the real way: posted to the listener like any other, and taken back by a recovery after a minute.
import { randomInt } from 'node:crypto';
import type { DeliveryId, SourceId } from '../../shared/alert.ts';
import type { Priority, PriorityMap } from '../../shared/priority.ts';
import type { Sample, Sender } from '../sources/source.ts';

/** What a test needs of the source it pretends to be. */
export interface TestTarget {
  readonly sourceId: SourceId;
  readonly sender: Sender;
  readonly priorityMap: PriorityMap;
  /** Where to post, secret included. */
  readonly url: string;
}

export interface TestAlertParts {
  /** Null when there is no such source, or none at all. */
  readonly target: (sourceId: SourceId | null) => TestTarget | null;
  readonly now: () => number;
  /** Runs `work` after `ms`, or when the app stops if that comes first; then the app waits for it. */
  readonly later: (work: () => Promise<void>, ms: number) => void;
  readonly onFault: (error: unknown) => void;
}

/** A test alert clears by itself after this long. */
export const testAlertMs = 60_000;

/** The test could not be sent; the message is a sentence for the person. */
export class TestAlertFailure extends Error {
  readonly code: 'unknown-source' | 'not-received';
  constructor(code: TestAlertFailure['code'], message: string) {
    super(message);
    this.name = 'TestAlertFailure';
    this.code = code;
  }
}

/** Posts a firing sample and answers with the delivery it became. Throws `TestAlertFailure`. */
export async function sendTestAlert(
  parts: TestAlertParts,
  options: { readonly sourceId?: SourceId; readonly priority?: Priority },
): Promise<{ url: string; delivery: DeliveryId }> {
  const target = parts.target(options.sourceId ?? null);
  if (target === null)
    throw new TestAlertFailure('unknown-source', 'There is no source to send a test alert through.');
  const at = parts.now();
  const level = levelFor(target.priorityMap, options.priority ?? 'critical');
  const name = `test-${randomInt(1e9).toString(36)}`;
  const delivery = await post(target.url, target.sender.sample({ state: 'firing', level, at, name }));
  parts.later(async () => {
    const recovered = target.sender.sample({ state: 'recovered', level, at: parts.now(), name });
    await post(target.url, recovered).catch(parts.onFault);
  }, testAlertMs);
  return { url: target.url.replace(/[^/]+$/, '••••'), delivery };
}

async function post(url: string, sample: Sample): Promise<DeliveryId> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': sample.contentType },
      body: sample.body,
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
  } catch {
    throw new TestAlertFailure(
      'not-received',
      'The test alert did not arrive: the webhook listener does not answer.',
    );
  }
  const reply: unknown = response.ok ? await response.json() : null;
  if (
    typeof reply === 'object' &&
    reply !== null &&
    'delivery' in reply &&
    typeof reply.delivery === 'string'
  ) {
    return reply.delivery as DeliveryId;
  }
  throw new TestAlertFailure('not-received', `The test alert was answered with status ${response.status}.`);
}

/** The level word that this source maps to the wanted priority; its own word for "critical" when there is none. */
function levelFor(map: PriorityMap, priority: Priority): string {
  return Object.entries(map).find(([, mapped]) => mapped === priority)?.[0] ?? 'CRITICAL';
}
