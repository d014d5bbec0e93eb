// ilert's events (ilert.com, "Creating alerts through events"; github.com/iLert/ilert-go event.go): ALERT, ACCEPT and RESOLVE of
// an `alertKey`, `incidentKey` in old clients. They carry no time, so the order of arrival decides. The `apiKey` or
// `integrationKey` in the body is the secret of the source and gone before anybody reads here (personal-data).
import { eventOf, type ProblemDescription } from '../../alerts/alert-event.ts';
import { alertTitle } from '../alert-title.ts';
import { firstTextOf, type JsonObject, textOf, textsOf } from '../json-texts.ts';
import { Labels } from '../labels.ts';
import { cleanLine, cleanText } from '../plain-text.ts';
import { keyOf, keyPart } from '../problem-key.ts';
import type { Reading } from '../source.ts';
import { eventLinks } from './event-links.ts';
import { madeUpKey } from './made-up-key.ts';

const eventTypes: ReadonlySet<string> = new Set(['ALERT', 'ACCEPT', 'RESOLVE', 'COMMENT']);

export function isIlertEvent(body: JsonObject): boolean {
  return eventTypes.has(textOf(body, 'eventType')?.toUpperCase() ?? '');
}

/** `bytes` is the whole body, from which a key is made for an ALERT without one. */
export function readIlertEvent(body: JsonObject, bytes: Uint8Array): Reading {
  const type = textOf(body, 'eventType')?.toUpperCase();
  if (type === 'COMMENT') return { kind: 'events', events: [], remarks: ['comment-event'] };
  const summary = textOf(body, 'summary');
  if (type === 'ALERT' && summary === null) return { kind: 'not-understood', reason: 'no-title' };
  // Keys are compared without regard to case (ilert, Event).
  const given = firstTextOf(body, ['alertKey', 'incidentKey'])?.toLowerCase() ?? null;
  if (type !== 'ALERT' && given === null) return { kind: 'not-understood', reason: 'no-alert-key' };
  const alertKey = given ?? madeUpKey(bytes);
  const base = {
    key: keyOf('universal:1:ilert', [keyPart(alertKey)]),
    episodeName: null,
    sentAt: null,
    description: describe(body, alertKey, type === 'ALERT'),
  };
  const otherKind = type === 'RESOLVE' ? 'recovered' : 'acknowledged';
  const event = eventOf(type === 'ALERT' ? 'firing' : otherKind, base);
  // Old clients take nothing but 200, new ones 200 and 202.
  const reply = { status: 200, body: { alertKey, incidentKey: alertKey } };
  return { kind: 'events', events: [event], remarks: [], reply };
}

function describe(body: JsonObject, alertKey: string, firing: boolean): ProblemDescription {
  const labels = new Labels();
  for (const [name, value] of textsOf(body['labels'])) labels.add(name, value, '');
  labels.add('alertKey', alertKey, '');
  for (const name of ['priority', 'severity']) labels.add(name, textOf(body, name) ?? '', 'event.');
  for (const [name, value] of textsOf(body['customDetails'])) labels.add(name, value, 'custom.');
  const level = cleanLine(textOf(body, 'priority') ?? '', 64).toUpperCase();
  return {
    level: firing && level !== '' ? level : null,
    title: alertTitle(textOf(body, 'summary') ?? alertKey, ''),
    text: cleanText(textOf(body, 'details') ?? '', 2000),
    resource: '',
    value: null,
    condition: null,
    labels: labels.all(),
    links: eventLinks(body['links']),
  };
}
