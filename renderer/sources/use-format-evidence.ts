import { useEffect, useState } from 'react';
import type { BridgeReply, BridgeResult } from '../../shared/bridge.ts';
import type { Source } from '../../shared/source.ts';
import { ask } from '../bridge.ts';
import { gather } from '../deliveries/delivery-pages.ts';
import { type FormatEvidence, noEvidence, withOlder } from './format-evidence.ts';

const pageSize = 500;
/** Alarms of database clusters are rare; a source that has more than this has long been understood. */
const mostPages = 20;

/** What the deliveries of a source have shown so far; null until it is known. Follows new ones. */
export function useFormatEvidence(source: Source): FormatEvidence | null {
  const [known, setKnown] = useState<{ readonly id: string; readonly evidence: FormatEvidence } | null>(null);
  const { id, counts } = source;
  const confirmedAt = known?.id === id ? known.evidence.confirmedAt : null;
  // The counts say when to ask again, not what.
  useEffect(() => {
    let isStale = false;
    void readEvidence(id, confirmedAt, () => isStale).then((evidence) => {
      if (!isStale) setKnown({ id, evidence });
    });
    return () => {
      isStale = true;
    };
  }, [id, confirmedAt, counts.deliveries, counts.notUnderstood]);
  return known?.id === id ? known.evidence : null;
}

/** Once the beginning is known only the newest page is of interest. */
async function readEvidence(
  sourceId: string,
  confirmedAt: number | null,
  isStale: () => boolean,
): Promise<FormatEvidence> {
  let evidence = noEvidence;
  let after: string | null = null;
  for (let page = 0; page < (confirmedAt === null ? mostPages : 1); page += 1) {
    const reply: BridgeReply<BridgeResult<'listDeliveries'>> = await ask('listDeliveries', {
      sourceId,
      limit: pageSize,
      ...(after === null ? {} : { after }),
    });
    if (!reply.ok) break;
    evidence = withOlder(evidence, reply.result.deliveries);
    after = reply.result.next;
    if (after === null) break;
  }
  if (evidence.unknown === null) {
    // Rare ones may lie far back: a page without any is not the end.
    const question = { sourceId, verdict: 'not-understood', limit: 1 } as const;
    const { deliveries } = await gather((one) => ask('listDeliveries', one), question, null, isStale, 1);
    evidence = { ...evidence, unknown: deliveries[0] ?? null };
  }
  return { ...evidence, confirmedAt: confirmedAt ?? evidence.confirmedAt };
}
