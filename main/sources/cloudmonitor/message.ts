// Which of the formats of the reference (section 0) a message is. By its content alone; where two could be meant the more
// telling one is asked first.
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import type { AlertEvent } from '../../alerts/alert-event.ts';
import { isJsonObject, parseJson } from '../json-value.ts';
import { readPrometheusAlerts } from '../prometheus-alerts.ts';
import type { Reading } from '../source.ts';
import { type ThresholdFields, thresholdFieldsOf } from './callback-body.ts';
import { readSubscribedEvent, subscribedEvent } from './event-subscription.ts';
import { Fields } from './json-fields.ts';
import { isLegacyEvent, readLegacyEvent } from './legacy-event.ts';
import { isLogAlert, readLogAlert } from './log-alert.ts';
import { queueMessageFields } from './queue-message.ts';
import { readThreshold } from './threshold-callback.ts';
import { isWorkspaceAlert, readWorkspaceAlert } from './workspace-alert.ts';

/** A message in a field of a message (reference 4.2); nothing real has more than one. */
const deepest = 3;
/** More than any sender puts into 1 MiB; each is rows in the store, and all of them are written in one go. */
const mostEvents = 5000;

/** Reads any parsed JSON, or the object of a form. Total. */
export function readMessage(message: unknown): Reading {
  return readAt(message, 0);
}

function readAt(message: unknown, depth: number): Reading {
  if (Array.isArray(message)) return readEach(message, depth);
  if (!isJsonObject(message)) return { kind: 'not-understood', reason: 'json-not-an-object' };
  const threshold = thresholdFieldsOf(message);
  return threshold === null ? readObject(message, depth) : readingOf(threshold);
}

function readObject(message: Readonly<Record<string, unknown>>, depth: number): Reading {
  const fields = new Fields(message);
  const subscribed = subscribedEvent(fields);
  if (subscribed !== null) return readSubscribedEvent(fields, subscribed);
  if (isLogAlert(fields)) return readLogAlert(fields);
  if (Array.isArray(fields.value('alerts'))) return readPrometheusAlerts(message, 'cloudmonitor:1:arms');
  if (isLegacyEvent(fields)) return readLegacyEvent(fields);
  if (isWorkspaceAlert(fields)) return readWorkspaceAlert(fields);
  const queued = queueMessageFields(fields);
  if (queued !== null) return readingOf(queued);
  return readWrapped(fields, depth) ?? unknownMessage(fields);
}

/** The JSON in another message: consoles, relays, queues and event buses put it there. */
function readWrapped(fields: Fields, depth: number): Reading | null {
  if (depth >= deepest) return null;
  for (const name of ['body', 'data', 'payload', 'message']) {
    const value = fields.value(name);
    const inner = typeof value === 'string' && /^\s*[{[]/.test(value) ? parseJson(value) : value;
    if (isJsonObject(inner) || Array.isArray(inner)) return readAt(inner, depth + 1);
  }
  return null;
}

function unknownMessage(fields: Fields): Reading {
  if (fields.saysAnywhere(isUnfilledTemplate)) return { kind: 'probe', reason: 'template-not-filled' };
  const isChat = fields.text('msgtype', 'msg_type') !== null || fields.text('text') !== null;
  return { kind: 'not-understood', reason: isChat ? 'chat-message' : 'no-known-format' };
}

/** ARMS does not fill in its template when its Test button is pressed (reference 6). */
export function isUnfilledTemplate(text: string): boolean {
  return text.includes('$alertmanager_content');
}

/** Several messages in one: each is read alone, and one that is not understood does not cost the others. */
function readEach(messages: readonly unknown[], depth: number): Reading {
  if (!messages.some(isJsonObject)) return { kind: 'not-understood', reason: 'json-not-an-object' };
  const events: AlertEvent[] = [];
  const remarks = new Set<ReasonName>();
  let firstFailure: ReasonName | null = null;
  let understood = false;
  for (const message of messages) {
    const reading: Reading = isJsonObject(message)
      ? readAt(message, depth)
      : { kind: 'not-understood', reason: 'json-not-an-object' };
    if (reading.kind === 'events') {
      understood = true;
      const room = mostEvents - events.length;
      for (const event of reading.events.slice(0, room)) events.push(event);
      if (reading.events.length > room) remarks.add('alerts-left-out');
      for (const remark of reading.remarks) remarks.add(remark);
    } else {
      firstFailure ??= reading.reason;
    }
  }
  if (!understood) return { kind: 'not-understood', reason: firstFailure ?? 'json-not-an-object' };
  if (firstFailure !== null) remarks.add('partly-understood');
  return { kind: 'events', events, remarks: [...remarks] };
}

function readingOf(fields: ThresholdFields): Reading {
  const reading = readThreshold(fields);
  return reading.kind === 'event'
    ? { kind: 'events', events: [reading.event], remarks: reading.remarks }
    : reading;
}
