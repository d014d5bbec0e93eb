// Format B of the reference: the URL callback of an old system event rule, one JSON object per step of an event.
import type { Reading } from '../source.ts';
import { readEventTime } from './event-time.ts';
import type { Fields } from './json-fields.ts';
import { readSystemEvent } from './system-event.ts';

/** A name, a product and a time are documented; relays drop fields, so that a name and either a time or a resource will do. */
export function isLegacyEvent(fields: Fields): boolean {
  return fields.text('name') !== null && fields.text('eventtime', 'resourceid') !== null;
}

export function readLegacyEvent(fields: Fields): Reading {
  return readSystemEvent({
    id: fields.text('id'),
    name: fields.text('name') ?? '',
    displayName: null,
    arn: fields.text('resourceid'),
    instanceName: fields.text('instancename'),
    product: fields.text('product'),
    regionId: fields.text('regionid'),
    level: fields.text('level'),
    status: fields.text('status'),
    resolved: false,
    ...readEventTime(fields.text('eventtime')),
    // An object in every sample, a text in the table of fields.
    content: fields.inner('content'),
    labels: [fields],
  });
}
