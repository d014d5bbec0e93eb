// What the tests of this folder send, and what they expect to get back.
import { readFileSync } from 'node:fs';
import type { AlertEvent } from '../../../../main/alerts/alert-event.ts';
import { cloudmonitor } from '../../../../main/sources/cloudmonitor/cloudmonitor.ts';
import { encodeFormText } from '../../../../main/sources/cloudmonitor/form-body.ts';
import type { IncomingDelivery, Reading } from '../../../../main/sources/source.ts';

const fixtures = new URL('../../../fixtures/cloudmonitor/', import.meta.url);

export function fixture(file: string): Buffer {
  return readFileSync(new URL(file, fixtures));
}

/** A body as a POST without a content type: recognition is by content. */
export function delivery(body: string | Uint8Array, query = ''): IncomingDelivery {
  return {
    method: 'POST',
    contentType: null,
    query,
    body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
  };
}

/** Reads a body the way the hook does. */
export function read(body: string | Uint8Array): Reading {
  return cloudmonitor.read(cloudmonitor.withoutPersonalData(delivery(body)));
}

/** Reads a request that delivers by GET: everything is in the query. */
export function readQuery(query: string): Reading {
  return cloudmonitor.read(
    cloudmonitor.withoutPersonalData({ method: 'GET', contentType: null, query, body: new Uint8Array() }),
  );
}

export type EventsReading = Extract<Reading, { kind: 'events' }>;

/** The reading, which must hold events. */
export function readEvents(body: string | Uint8Array): EventsReading {
  const reading = read(body);
  if (reading.kind !== 'events') throw new Error(`expected events, got ${reading.kind}: ${reading.reason}`);
  return reading;
}

/** The one event of a body. */
export function readEvent(body: string | Uint8Array): AlertEvent {
  const { events } = readEvents(body);
  const [event] = events;
  if (event === undefined || events.length !== 1) throw new Error(`expected one event, got ${events.length}`);
  return event;
}

/** A firing callback with these fields on top; null takes a field away. */
export function form(changes: Readonly<Record<string, string | null>> = {}): string {
  const fields: Record<string, string | null> = {
    alertName: 'Orders CPU',
    alertState: 'ALERT',
    curValue: '91',
    dimensions: '{instanceId=i-orders1, userId=1777}',
    expression: '$Average>=85',
    instanceName: 'orders-1',
    metricName: 'cpu_total',
    metricProject: 'acs_ecs',
    ruleId: 'rule-1',
    timestamp: '1741226400000',
    triggerLevel: 'WARN',
    userId: '1777',
    ...changes,
  };
  return Object.entries(fields)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeFormText(value)}`]))
    .join('&');
}
