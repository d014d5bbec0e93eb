// The way of the test alert, as far as it has come. Pure: told by the delivery's verdict and the notification's record.
import type { Delivery, Entry } from '../../shared/alert.ts';

export type StationName = 'received' | 'understood' | 'stored' | 'shown';

export interface Station {
  readonly name: StationName;
  readonly state: 'waiting' | 'lit' | 'failed';
  /** Where it failed: a named reason, or several. */
  readonly reason: string;
  /** The record of the notification, for the words beside it. */
  readonly entry: Entry | null;
}

/**
 * `delivery` and `timeline` are null until the app has told them. A delivery can be asked for only once it is committed,
 * so reading it back proves that it is stored.
 */
export function stationsOf(
  delivery: Pick<Delivery, 'verdict' | 'reason' | 'alertIds'> | null,
  timeline: readonly Entry[] | null,
): readonly Station[] {
  const station = (name: StationName, state: Station['state'], reason = '', entry: Entry | null = null) => ({
    name,
    state,
    reason,
    entry,
  });
  if (delivery === null) {
    return (['received', 'understood', 'stored', 'shown'] as const).map((name) => station(name, 'waiting'));
  }
  const isUnderstood = delivery.alertIds.length > 0;
  const said = timeline?.find(({ kind }) => kind === 'notified' || kind === 'withheld') ?? null;
  return [
    station('received', 'lit'),
    isUnderstood ? station('understood', 'lit') : station('understood', 'failed', delivery.reason),
    station('stored', 'lit'),
    said === null
      ? station('shown', 'waiting')
      : station('shown', said.kind === 'notified' ? 'lit' : 'failed', said.reason, said),
  ];
}

/** Nothing more will come: each station is lit, or one has failed. */
export function isWayEnded(stations: readonly Station[]): boolean {
  return stations.some(({ state }) => state === 'failed') || stations.every(({ state }) => state === 'lit');
}
