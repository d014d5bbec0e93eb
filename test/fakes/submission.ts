import { createHash } from 'node:crypto';
import type { AlertEvent } from '../../main/alerts/alert-event.ts';
import type { Submission } from '../../main/alerts/ingest.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import { origin } from './ledger.ts';

/** One request as the route hands it to the intake; `body` is what is kept. */
export function submission(
  events: readonly AlertEvent[],
  given: { readonly body?: Uint8Array; readonly at?: number; readonly remarks?: readonly ReasonName[] } = {},
): Submission {
  const body = given.body ?? Buffer.from(`body ${events.length}`);
  return {
    raw: {
      sourceId: origin.sourceId,
      receivedAt: given.at ?? 1_000_000,
      method: 'POST',
      contentType: 'application/x-www-form-urlencoded',
      remoteAddress: '127.0.0.1',
      headers: { 'user-agent': 'a sender' },
      query: '',
      body,
      bodyHash: createHash('sha256').update(body).digest(),
    },
    origin,
    content: { kind: 'events', events, remarks: given.remarks ?? [] },
  };
}
