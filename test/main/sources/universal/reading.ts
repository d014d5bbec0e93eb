// What the tests of this folder send, and what they expect to get back.
import { readFileSync } from 'node:fs';
import type { AlertEvent } from '../../../../main/alerts/alert-event.ts';
import type { Reading } from '../../../../main/sources/source.ts';
import { universal } from '../../../../main/sources/universal/universal.ts';

const fixtures = new URL('../../../fixtures/universal/', import.meta.url);

export function fixture(file: string): Buffer {
  return readFileSync(new URL(file, fixtures));
}

/** A JSON fixture with these members changed. */
export function changed(file: string, changes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...(JSON.parse(fixture(file).toString()) as object), ...changes });
}

/** Reads a body the way the hook does. */
export function read(body: string | Uint8Array, query = '', method = 'POST'): Reading {
  const delivery = { method, contentType: null, query, body: Buffer.from(body) };
  return universal.read(universal.withoutPersonalData(delivery));
}

export type EventsReading = Extract<Reading, { kind: 'events' }>;

/** The reading, which must hold events. */
export function readEvents(body: string | Uint8Array, query = ''): EventsReading {
  const reading = read(body, query);
  if (reading.kind !== 'events') throw new Error(`expected events, got ${reading.kind}: ${reading.reason}`);
  return reading;
}

/** The one event of a body. */
export function readEvent(body: string | Uint8Array, query = ''): AlertEvent {
  const { events } = readEvents(body, query);
  const [event] = events;
  if (event === undefined || events.length !== 1) throw new Error(`expected one event, got ${events.length}`);
  return event;
}
