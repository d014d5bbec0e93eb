// Format D of the reference: the custom webhook of a CloudMonitor 2.0 workspace, shaped like a CloudEvent.
import { eventOf, type ProblemDescription } from '../../alerts/alert-event.ts';
import { alertTitle } from '../alert-title.ts';
import { Labels } from '../labels.ts';
import { cleanLine } from '../plain-text.ts';
import { keyOf, keyPart } from '../problem-key.ts';
import type { Reading } from '../source.ts';
import { readStateWord } from '../state-word.ts';
import { readEventTime } from './event-time.ts';
import type { Fields } from './json-fields.ts';
import { pairsKey } from './threshold-key.ts';

/**
 * The smallest message known has neither version nor type, so a subject or a workspace will do; but without a state it is
 * another CloudEvent.
 */
export function isWorkspaceAlert(fields: Fields): boolean {
  return (
    fields.text('status', 'subtype') !== null &&
    (fields.text('specversion', 'subject', 'workspace') !== null ||
      fields.text('type')?.toUpperCase() === 'ALERT')
  );
}

export function readWorkspaceAlert(fields: Fields): Reading {
  const state = stateOf(fields.text('status'), fields.text('subtype'));
  if (state === null) return { kind: 'not-understood', reason: 'unknown-alert-status' };
  const { sentAt, timeRemarks } = readEventTime(fields.text('timestamp', 'time'));
  const base = {
    key: keyOfAlert(fields),
    episodeName: null,
    sentAt,
    description: describe(fields, state === 'recovered'),
  };
  return {
    kind: 'events',
    events: [eventOf(state, base)],
    remarks: timeRemarks,
  };
}

/** A recovery can still carry the subtype of a trigger, so that counts only where there is no status (reference 5). */
function stateOf(status: string | null, subtype: string | null): 'firing' | 'recovered' | null {
  const word = status?.toUpperCase() ?? '';
  if (word === 'OCCURRED' || word === 'PERSISTENT') return 'firing';
  const meaning = status === null ? null : readStateWord(status);
  if (meaning === 'firing' || meaning === 'recovered') return meaning;
  if (status !== null) return null;
  if (subtype?.toUpperCase() === 'NORMAL_TRIGGER') return 'firing';
  return subtype?.toUpperCase() === 'NORMAL_RESOLVE' ? 'recovered' : null;
}

/** `cloudmonitor:1:workspace:<workspace>:<rule>:<entity>`; the subject stands in for the rule, labels for the entity. */
function keyOfAlert(fields: Fields): string {
  const entity = entityId(fields);
  return keyOf('cloudmonitor:1', [
    'workspace',
    keyPart(fields.text('workspace', 'userid')),
    keyPart(fields.text('ruleid', 'subject')),
    entity === null ? pairsKey(fields.inner('labels').sortedPairs()) : keyPart(entity),
  ]);
}

function entityId(fields: Fields): string | null {
  return (
    fields.inner('resource').inner('entity').text('entity_id') ??
    fields.text('alertentityid') ??
    fields.inner('labels').text('instanceid', 'entity_id', 'instance')
  );
}

function describe(fields: Fields, recovered: boolean): ProblemDescription {
  const data = fields.inner('data');
  const level = cleanLine(fields.text('severity') ?? '', 64).toUpperCase();
  const properties = fields.inner('resource').inner('entity').inner('prop');
  const resource = cleanLine(
    properties.text('instancename', 'name', 'hostname') ?? entityId(fields) ?? '',
    256,
  );
  const value =
    data.text('value', 'currentvalue') ?? fields.inner('annotations').text('current_value', 'value');
  const threshold = data.text('threshold');
  const condition =
    threshold === null ? null : cleanLine(`${data.text('comparisonoperator') ?? ''} ${threshold}`, 512);
  const measured = [
    value,
    condition === null
      ? null
      : `${value === null ? '' : ', '}${recovered ? 'alerted' : 'alerts'} at ${condition}`,
  ].join('');
  const region =
    fields.inner('resource').inner('tags').text('regionid') ?? fields.inner('labels').text('_cms_region');
  return {
    level: recovered || level === '' ? null : level,
    title: alertTitle(fields.text('subject', 'alertmessage', 'ruleid') ?? '', resource),
    text: cleanLine(
      [fields.text('alertmessage'), measured, region]
        .filter((part) => part !== null && part !== '')
        .join(' · '),
      600,
    ),
    resource,
    value: value === null ? null : cleanLine(value, 128),
    condition,
    labels: labelsOf(fields),
    links: fields.links([
      ['Entity', 'entityurl'],
      ['Rule', 'alertruleurl'],
      ['Rule', 'ruleurl'],
      ['History', 'alerthistoryurl'],
    ]),
  };
}

function labelsOf(fields: Fields): Readonly<Record<string, string>> {
  const labels = new Labels();
  const entity = fields.inner('resource').inner('entity');
  fields.inner('labels').addTo(labels, 'label.');
  entity.addTo(labels, 'entity.');
  entity.inner('prop').addTo(labels, 'entity.');
  fields.inner('resource').inner('tags').addTo(labels, 'tag.');
  fields.inner('alertentityfields').addTo(labels, 'entity.');
  fields.addTo(labels, 'alert.');
  fields.inner('annotations').addTo(labels, 'annotation.');
  return labels.all();
}
