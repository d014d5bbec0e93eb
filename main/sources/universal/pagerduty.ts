// PagerDuty's Events API v2 (github.com/PagerDuty/api-schema, reference/events-v2; reference/clustercontrol.md 10). Its clients
// want its answers: 202 with the `dedup_key`, 400 with the errors. A body carries `routing_key` as well; it is the secret of the
// source, and it is gone before anybody reads here (personal-data).
import type { AlertLink } from '../../../shared/alert.ts';
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import type { AlertEvent, ProblemDescription } from '../../alerts/alert-event.ts';
import { alertTitle } from '../alert-title.ts';
import { type JsonObject, textOf, textsOf } from '../json-texts.ts';
import { isJsonObject } from '../json-value.ts';
import { Labels } from '../labels.ts';
import { cleanLine, safeLink } from '../plain-text.ts';
import { keyOf, keyPart } from '../problem-key.ts';
import { readSenderTime } from '../sender-time.ts';
import type { DialectReply, Reading } from '../source.ts';
import { eventLinks } from './event-links.ts';
import { madeUpKey } from './made-up-key.ts';

/** True for an event and for a change event, which has no `event_action`. */
export function isPagerDutyEvent(body: JsonObject): boolean {
  return (
    Object.hasOwn(body, 'event_action') ||
    (isJsonObject(body['payload']) && textOf(body['payload'], 'summary') !== null)
  );
}

/**
 * `bytes` is the whole body, from which a `dedup_key` is made for a trigger without one. Less strict than PagerDuty where
 * an alert would be lost over a formality: any severity is a level, `source` may be missing.
 */
export function readPagerDutyEvent(body: JsonObject, bytes: Uint8Array): Reading {
  const payload = isJsonObject(body['payload']) ? body['payload'] : {};
  const action = textOf(body, 'event_action');
  const dedupKey = textOf(body, 'dedup_key');
  switch (action) {
    case 'trigger': {
      if (textOf(payload, 'summary') === null) return invalid("'payload.summary' is missing or blank");
      const key = dedupKey ?? madeUpKey(bytes);
      const { base, remarks } = eventBase(body, payload, key);
      const level = cleanLine(textOf(payload, 'severity') ?? '', 64).toUpperCase();
      const description = { ...base.description, level: level === '' ? null : level };
      return processed({ kind: 'firing', noData: false, ...base, description }, remarks, key);
    }
    case 'acknowledge':
    case 'resolve': {
      if (dedupKey === null) return invalid("'dedup_key' is missing or blank");
      const { base, remarks } = eventBase(body, payload, dedupKey);
      const kind = action === 'resolve' ? 'recovered' : 'acknowledged';
      return processed({ kind, ...base }, remarks, dedupKey);
    }
    case null:
      // A change event tells of a deployment or the like and is no incident; an event would have a severity.
      return Object.hasOwn(payload, 'severity') || Object.hasOwn(body, 'event_action')
        ? invalid("'event_action' is missing or blank")
        : {
            kind: 'events',
            events: [],
            remarks: ['change-event'],
            reply: accepted('Change event processed', null),
          };
    default:
      return invalid("'event_action' is not one of trigger, acknowledge, resolve");
  }
}

function processed(event: AlertEvent, remarks: readonly ReasonName[], dedupKey: string): Reading {
  return { kind: 'events', events: [event], remarks, reply: accepted('Event processed', dedupKey) };
}

function accepted(message: string, dedupKey: string | null): DialectReply {
  return {
    status: 202,
    body: { status: 'success', message, ...(dedupKey === null ? {} : { dedup_key: dedupKey }) },
  };
}

/** A retry cannot help it, and its client can show why. */
function invalid(error: string): Reading {
  return {
    kind: 'not-understood',
    reason: 'invalid-pagerduty-event',
    reply: {
      status: 400,
      body: { status: 'invalid event', message: 'Event object is invalid', errors: [error] },
    },
  };
}

function eventBase(
  body: JsonObject,
  payload: JsonObject,
  dedupKey: string,
): {
  readonly base: Omit<Extract<AlertEvent, { kind: 'recovered' }>, 'kind'>;
  readonly remarks: readonly ReasonName[];
} {
  const timestamp = textOf(payload, 'timestamp');
  const { at, assumedZone } = readSenderTime(timestamp);
  // A time without a zone would be read as China's, and a wrong time is worse than none.
  const sentAt = assumedZone ? null : at;
  return {
    base: {
      key: keyOf('universal:1:pagerduty', [keyPart(dedupKey)]),
      episodeName: null,
      sentAt,
      description: describe(body, payload, dedupKey),
    },
    remarks: timestamp !== null && sentAt === null ? ['unreadable-time'] : [],
  };
}

function describe(body: JsonObject, payload: JsonObject, dedupKey: string): ProblemDescription {
  const resource = cleanLine(textOf(payload, 'source') ?? '', 256);
  const labels = new Labels();
  for (const name of ['component', 'group', 'class', 'severity', 'source'])
    labels.add(name, textOf(payload, name) ?? '', '');
  labels.add('dedup_key', dedupKey, '');
  labels.add('client', textOf(body, 'client') ?? '', '');
  for (const [name, value] of textsOf(payload['custom_details'])) labels.add(name, value, 'custom.');
  const parts = ['component', 'group', 'class'].flatMap((name) => {
    const part = textOf(payload, name);
    return part === null ? [] : [`${name} ${part}`];
  });
  const details = payload['custom_details'];
  return {
    level: null,
    title: alertTitle(textOf(payload, 'summary') ?? dedupKey, resource),
    text: cleanLine(typeof details === 'string' ? details : parts.join(' · '), 2000),
    resource,
    value: null,
    condition: null,
    labels: labels.all(),
    links: linksOf(body),
  };
}

function linksOf(body: JsonObject): readonly AlertLink[] {
  const client = textOf(body, 'client_url');
  const first = client === null ? null : safeLink(textOf(body, 'client') ?? '', client);
  return [...(first === null ? [] : [first]), ...eventLinks(body['links'])];
}
