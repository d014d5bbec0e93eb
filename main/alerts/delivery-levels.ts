// How bad a kept delivery says things are. Pure.
import type { DeliveryLevels } from '../../shared/fired-level.ts';
import type { DeliveryContent } from './apply-events.ts';
import { deliveryId, type KeptDelivery } from './delivery-table.ts';

/** The level of everything that fires in it; `content` is what today's parser makes of it. */
export function levelsOf(
  { number, receivedAt }: Pick<KeptDelivery, 'number' | 'receivedAt'>,
  content: DeliveryContent,
): DeliveryLevels {
  const events = content.kind === 'events' ? content.events : [];
  return {
    id: deliveryId(number),
    receivedAt,
    fired: events.flatMap((event) =>
      event.kind === 'firing' ? [{ level: event.description.level, noData: event.noData }] : [],
    ),
  };
}
