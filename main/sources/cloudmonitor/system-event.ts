// A system event, whichever way it came: the legacy callback (reference 3) and the event subscription (reference 4) tell of
// the same events, so that both together are one alert.
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import { type AlertEvent, eventOf, type ProblemDescription } from '../../alerts/alert-event.ts';
import { alertTitle } from '../alert-title.ts';
import { Labels } from '../labels.ts';
import { cleanLine } from '../plain-text.ts';
import { keyOf, keyPart } from '../problem-key.ts';
import type { Reading } from '../source.ts';
import { type EventName, meaningOf, readEventName } from './event-state.ts';
import type { Fields } from './json-fields.ts';

/** One system event, as both formats have it. */
export interface SystemEvent {
  /** The event's own id, new with every step. */
  readonly id: string | null;
  readonly name: string;
  /** What the console calls it, often Chinese. */
  readonly displayName: string | null;
  /** Resource, e.g. `acs:ecs:eu-central-1:1777:instance/i-web1`. */
  readonly arn: string | null;
  readonly instanceName: string | null;
  readonly product: string | null;
  readonly regionId: string | null;
  readonly level: string | null;
  readonly status: string | null;
  /** The sender says outright that it is over. */
  readonly resolved: boolean;
  /** Epoch ms, or null. */
  readonly sentAt: number | null;
  readonly timeRemarks: readonly ReasonName[];
  readonly content: Fields;
  /** Whose plain fields become labels, the most telling first. */
  readonly labels: readonly Fields[];
}

const longestText = 600;

/** Content worth a look in the middle of the night, in this order. */
const telling = [
  ['reason'],
  ['reasoncode', 'reason code'],
  ['impact'],
  ['impacttype', 'impact'],
  ['operation'],
  ['action'],
  ['metricname', 'metric'],
  ['curvalue', 'value'],
  ['expression', 'alerts at'],
  ['notbefore', 'not before'],
  ['executestarttime', 'started'],
  ['executefinishtime', 'finished'],
] as const;

/** Names under which a content says which resource it is about. */
const resourceFields = ['instancename', 'resourceid', 'instanceid', 'diskid', 'snapshotid', 'vmname'];

/** One event as a reading. Total. */
export function readSystemEvent(event: SystemEvent): Reading {
  const { content } = event;
  const name = readEventName(event.name);
  const outcome = content.text('result', 'status', 'state');
  const meaning = event.resolved
    ? 'recovered'
    : meaningOf({
        name: event.name,
        eventStatus: content.text('eventstatus'),
        executeFinishTime: content.text('executefinishtime'),
        outcome,
        status: event.status,
      });
  const remarks = [...event.timeRemarks];
  if (meaning === 'well' || meaning === 'ordinary') remarks.push('nothing-wrong');
  if (meaning === 'ordinary') return { kind: 'events', events: [], remarks };
  const step = content.text('eventstatus') ?? name.suffix ?? outcome;
  const recovered = meaning !== 'firing';
  const base = {
    key: keyOfEvent(event, name),
    // A step's id is new with every step, and nothing else names the episode.
    episodeName: null,
    sentAt: event.sentAt,
    description: describe(event, name, step, recovered),
  };
  return { kind: 'events', events: [eventOf(kindOf(event, recovered), base)], remarks };
}

function kindOf(event: SystemEvent, recovered: boolean): AlertEvent['kind'] {
  // The console's "Debug event subscription" (reference 4.2). Its own id decides: the documentation's sample masks the
  // account of an ordinary event with the same word.
  if (event.id === 'test' || event.id === 'testid') return 'test';
  return recovered ? 'recovered' : 'firing';
}

/**
 * `cloudmonitor:1:event:<event id>`, which links the steps of one thing; without one
 * `cloudmonitor:1:event:<resource>:<name without its step>`.
 */
function keyOfEvent({ arn, content, product, regionId }: SystemEvent, name: EventName): string {
  const eventId = content.text('eventid');
  if (eventId !== null) return keyOf('cloudmonitor:1', ['event', keyPart(eventId)]);
  const resource =
    arn === null ? [product, regionId, content.text(...resourceFields)].map(keyPart).join('|') : keyPart(arn);
  // That one operation succeeded says nothing about another one that failed.
  const operation = content.text('operation');
  return keyOf('cloudmonitor:1', [
    'event',
    resource,
    operation === null ? keyPart(name.base) : `${keyPart(name.base)}|${keyPart(operation)}`,
  ]);
}

function describe(
  event: SystemEvent,
  name: EventName,
  step: string | null,
  recovered: boolean,
): ProblemDescription {
  const resource = cleanLine(resourceOf(event), 256);
  const word = step === null ? '' : cleanLine(step, 64);
  const level = event.level === null ? '' : cleanLine(event.level, 64).toUpperCase();
  return {
    level: recovered || level === '' ? null : level,
    title: titleOf(event, name, word, resource),
    text: textOf(event, name),
    resource,
    value: word === '' ? null : word,
    condition: null,
    labels: labelsOf(event),
    links: [],
  };
}

/** `Instance:SystemMaintenance.Reboot Scheduled · web-1`. */
function titleOf(event: SystemEvent, name: EventName, step: string, resource: string): string {
  // An event that ends under another name is called by the name it came with.
  const what = name.suffix === null ? event.name : name.base;
  const says = what.toLowerCase().endsWith(step.toLowerCase()) ? what : `${what} ${step}`;
  return alertTitle(says, resource);
}

function textOf(event: SystemEvent, name: EventName): string {
  const parts: string[] = [];
  if (event.displayName !== null && event.displayName !== event.name && event.displayName !== name.base)
    parts.push(event.displayName);
  const facts = telling.flatMap(([field, label]) => {
    const said = event.content.text(field);
    return said === null ? [] : [`${label ?? field} ${said}`];
  });
  if (facts.length > 0) parts.push(facts.join(', '));
  if (event.product !== null) parts.push(event.product);
  if (event.regionId !== null) parts.push(event.regionId);
  return cleanLine(parts.join(' · '), longestText);
}

function resourceOf({ arn, instanceName, content }: SystemEvent): string {
  return (
    instanceName ??
    content.text('instancename') ??
    tailOf(arn) ??
    content.text(...resourceFields) ??
    arn ??
    ''
  );
}

/** `i-web1` of `acs:ecs:eu-central-1:1777:instance/i-web1`. */
function tailOf(arn: string | null): string | null {
  const tail = arn?.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1).trim() ?? '';
  return tail === '' ? null : tail;
}

/** The event's own fields, its content, then what stands around it and mostly says the same again. */
function labelsOf({ content, labels: [own, ...around] }: SystemEvent): Readonly<Record<string, string>> {
  const labels = new Labels();
  own?.addTo(labels, '');
  content.addTo(labels, 'content.');
  for (const fields of around) fields.addTo(labels, '');
  return labels.all();
}
