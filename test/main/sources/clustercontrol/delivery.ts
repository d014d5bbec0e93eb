// What the tests of this folder send, and what they expect to get back.
import { readFileSync } from 'node:fs';
import type { AlertEvent } from '../../../../main/alerts/alert-event.ts';
import { clustercontrol } from '../../../../main/sources/clustercontrol/clustercontrol.ts';
import type { Reading } from '../../../../main/sources/source.ts';

export const fixtures = new URL('../../../fixtures/clustercontrol/', import.meta.url);

export function fixture(file: string): Buffer {
  return readFileSync(new URL(file, fixtures));
}

/** Reads a body the way the hook does; what is no text becomes JSON. */
export function read(body: unknown): Reading {
  const bytes =
    body instanceof Uint8Array
      ? body
      : Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  return clustercontrol.read(
    clustercontrol.withoutPersonalData({ method: 'POST', contentType: null, query: '', body: bytes }),
  );
}

export type EventsReading = Extract<Reading, { kind: 'events' }>;

/** The reading, which must hold events. */
export function readEvents(body: unknown): EventsReading {
  const reading = read(body);
  if (reading.kind !== 'events') throw new Error(`expected events, got ${reading.kind}: ${reading.reason}`);
  return reading;
}

/** The one event of a body. */
export function readEvent(body: unknown): AlertEvent {
  const { events } = readEvents(body);
  const [event] = events;
  if (event === undefined || events.length !== 1) throw new Error(`expected one event, got ${events.length}`);
  return event;
}

/** A flat alarm with these members on top; undefined takes one away. */
export function alarm(changes: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    status: 'CREATED',
    alarm_id: 3,
    cluster_id: 1,
    severity_name: 'ALARM_CRITICAL',
    title: 'Node is down',
    message: 'The node does not answer.',
    hostname: 'db-1',
    type_name: 'HostUnreachable',
    reported: '2031-03-04T02:10:00.000Z',
    ...changes,
  };
}
