// Pages of the ledger, joined. Pure but for the question itself, which comes in.
import type { Delivery, DeliveryId, SourceId, Verdict } from '../../shared/alert.ts';
import type { BridgeError, BridgeReply, BridgeResult, ListDeliveries } from '../../shared/bridge.ts';

export interface DeliveryFilter {
  readonly sourceId: SourceId | null;
  readonly verdict: Verdict | null;
  readonly search: string;
}
export const noDeliveryFilter: DeliveryFilter = { sourceId: null, verdict: null, search: '' };

export function isNarrowing(filter: DeliveryFilter): boolean {
  return filter.sourceId !== null || filter.verdict !== null || filter.search.trim() !== '';
}

/** The filter as the app is asked. */
export function questionOf({ sourceId, verdict, search }: DeliveryFilter): ListDeliveries {
  const words = search.trim().slice(0, 200);
  return {
    limit: pageSize,
    ...(sourceId === null ? {} : { sourceId }),
    ...(verdict === null ? {} : { verdict }),
    ...(words === '' ? {} : { search: words }),
  };
}

const pageSize = 100;
/** A page of a search may be empty and each costs the listener some 12 ms: so many at a time, then a person decides. */
const mostAsks = 60;

export interface DeliveryPages {
  /** Newest first, without gaps. */
  readonly deliveries: readonly Delivery[];
  /** Where older ones begin; null when there are none. */
  readonly next: string | null;
  readonly error: BridgeError | null;
}
export const noPages: DeliveryPages = { deliveries: [], next: null, error: null };

type Ask = (question: ListDeliveries) => Promise<BridgeReply<BridgeResult<'listDeliveries'>>>;

/**
 * Asks until enough is found, the end is reached or it has asked often enough.
 *
 * @param isStale asked between two questions: true ends the work, nobody waits for it any more
 * @param enough so many found are enough
 */
export async function gather(
  ask: Ask,
  question: ListDeliveries,
  after: string | null,
  isStale: () => boolean,
  enough = pageSize / 2,
): Promise<DeliveryPages> {
  const found: Delivery[] = [];
  let next = after;
  for (let asked = 0; asked < mostAsks && !isStale(); asked += 1) {
    const reply = await ask(next === null ? question : { ...question, after: next });
    if (!reply.ok) return { deliveries: found, next, error: reply.error };
    found.push(...reply.result.deliveries);
    next = reply.result.next;
    if (next === null || found.length >= enough) break;
  }
  return { deliveries: found, next, error: null };
}

/** What has come since: the newest page, held against what is shown. */
export interface News {
  readonly deliveries: readonly Delivery[];
  /** More came than one page holds: what is shown cannot be joined to it. */
  readonly hasGap: boolean;
}
export const noNews: News = { deliveries: [], hasGap: false };

/** `page` is the newest one there is. */
export function newsOf(shown: readonly Delivery[], page: BridgeResult<'listDeliveries'>): News {
  const first = shown[0];
  const newest = first === undefined ? 0 : numberOf(first.id);
  const fresh = page.deliveries.filter(({ id }) => numberOf(id) > newest);
  return { deliveries: fresh, hasGap: page.next !== null && !reaches(page.next, newest) };
}

/** A page reaches down to its cursor. */
function reaches(next: string, newest: number): boolean {
  const number = Number(next.slice(1));
  return Number.isInteger(number) && number <= newest + 1;
}

/** A delivery that was read again takes the place of what it was. */
export function withDelivery(pages: DeliveryPages, changed: Delivery): DeliveryPages {
  return {
    ...pages,
    deliveries: pages.deliveries.map((delivery) => (delivery.id === changed.id ? changed : delivery)),
  };
}

function numberOf(id: DeliveryId): number {
  return Number(id.slice(1));
}
