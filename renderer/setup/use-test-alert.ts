import { useCallback, useEffect, useState } from 'react';
import type { AlertId, Delivery, DeliveryId, Entry } from '../../shared/alert.ts';
import { ask } from '../bridge.ts';
import { isWayEnded, type Station, stationsOf } from './stations.ts';

/** How often the app is asked how far the test alert has come. */
const lookMs = 300;

export interface TestAlert {
  readonly phase: 'unsent' | 'under-way' | 'refused';
  readonly stations: readonly Station[];
  readonly alertId: AlertId | null;
  /** Why it could not be sent; empty otherwise. */
  readonly refusal: string;
  readonly send: () => void;
}

interface Way {
  readonly id: DeliveryId | null;
  readonly delivery: Delivery | null;
  readonly timeline: readonly Entry[] | null;
}

const notYet: Way = { id: null, delivery: null, timeline: null };

/** Sends a critical test alert the real way and follows it. */
export function useTestAlert(): TestAlert {
  const [phase, setPhase] = useState<TestAlert['phase']>('unsent');
  const [refusal, setRefusal] = useState('');
  const [way, setWay] = useState<Way>(notYet);
  const stations = stationsOf(way.delivery, way.timeline);
  const isFollowed = phase === 'under-way' && way.id !== null && !isWayEnded(stations);

  const send = useCallback(() => {
    setPhase('under-way');
    setRefusal('');
    setWay(notYet);
    void ask('sendTestAlert', { priority: 'critical' }).then((reply) => {
      if (reply.ok) setWay({ ...notYet, id: reply.result.delivery });
      else {
        setPhase('refused');
        setRefusal(reply.error.message);
      }
    });
  }, []);

  const { id } = way;
  useEffect(() => {
    if (!isFollowed || id === null) return undefined;
    let isStale = false;
    const look = async (): Promise<void> => {
      const next = await askWay(id);
      if (isStale) return;
      if (next !== null) setWay(next);
      timer = setTimeout(() => void look(), lookMs);
    };
    let timer = setTimeout(() => void look(), 0);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [isFollowed, id]);

  return { phase, stations, alertId: way.delivery?.alertIds[0] ?? null, refusal, send };
}

/** Null: the app did not answer. */
async function askWay(id: DeliveryId): Promise<Way | null> {
  const delivery = await ask('getDelivery', { id });
  if (!delivery.ok) return null;
  const alertId = delivery.result.alertIds[0];
  if (alertId === undefined) return { id, delivery: delivery.result, timeline: null };
  const alert = await ask('getAlert', { id: alertId });
  return { id, delivery: delivery.result, timeline: alert.ok ? alert.result.timeline : null };
}
