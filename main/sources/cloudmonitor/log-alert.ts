// Format F of the reference: alerts of Simple Log Service. The body is a template of the user; these are the fields of the
// default one.
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

export function isLogAlert(fields: Fields): boolean {
  return fields.has('alert_instance_id') || fields.has('fire_time');
}

export function readLogAlert(fields: Fields): Reading {
  const status = fields.text('status');
  const state = status === null ? null : readStateWord(status);
  if (state === null || state === 'acknowledged') {
    return { kind: 'not-understood', reason: 'unknown-alert-status' };
  }
  // `fire_time` is when it fired first and stays the same; `alert_time` is this evaluation; `resolve_time` is 0 until then.
  const resolved = state === 'recovered' ? fields.text('resolve_time') : null;
  const { sentAt, timeRemarks } = readEventTime(
    (resolved === '0' ? null : resolved) ?? fields.text('alert_time', 'fire_time'),
  );
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

/**
 * `cloudmonitor:1:log:<fingerprint>`. Older templates have none: then rule and labels, because `alert_instance_id` holds the
 * microsecond of one evaluation; it stands in only where there is no rule either.
 */
function keyOfAlert(fields: Fields): string {
  const fingerprint = fields.text('fingerprint');
  if (fingerprint !== null) return keyOf('cloudmonitor:1', ['log', keyPart(fingerprint)]);
  const rule = fields.text('alert_id', 'alert_name');
  if (rule === null) return keyOf('cloudmonitor:1', ['log', keyPart(fields.text('alert_instance_id'))]);
  return keyOf('cloudmonitor:1', [
    'log',
    [fields.text('aliuid'), fields.text('project'), rule].map(keyPart).join('|'),
    pairsKey(fields.inner('labels').sortedPairs()),
  ]);
}

/** Severity as a word; the numbers are those of the documentation, a template may have made words of them already. */
const severities: Readonly<Record<string, string>> = {
  10: 'CRITICAL',
  8: 'HIGH',
  6: 'MEDIUM',
  4: 'LOW',
  2: 'REPORT',
};

function describe(fields: Fields, recovered: boolean): ProblemDescription {
  const annotations = fields.inner('annotations');
  const severity = cleanLine(fields.text('severity') ?? '', 64).toUpperCase();
  const level = Object.hasOwn(severities, severity) ? (severities[severity] ?? severity) : severity;
  const where = fields
    .inner('labels')
    .sortedPairs()
    .map(([label, value]) => `${label}=${value}`);
  const resource = cleanLine(where.length > 0 ? where.join(', ') : (fields.text('project') ?? ''), 256);
  const condition = fields.text('condition', 'raw_condition');
  const project = fields.text('project');
  const results = fields.text('fire_results_count');
  const parts = [
    annotations.text('desc', 'description', 'message'),
    results === null ? null : `results ${results}`,
    project === resource ? null : project,
    fields.text('region'),
  ];
  return {
    level: recovered || level === '' ? null : level,
    title: alertTitle(annotations.text('title') ?? fields.text('alert_name', 'alert_id') ?? '', resource),
    text: cleanLine(parts.filter((part) => part !== null).join(' · '), 600),
    resource,
    value: null,
    condition: condition === null ? null : cleanLine(condition, 512),
    labels: labelsOf(fields, annotations),
    // `signin_url` is left out: it is the same page with an account in it.
    links: fields.links([
      ['Details', 'query_url'],
      ['Dashboard', 'dashboard_url'],
      ['Rule', 'alert_url'],
    ]),
  };
}

function labelsOf(fields: Fields, annotations: Fields): Readonly<Record<string, string>> {
  const labels = new Labels();
  fields.inner('labels').addTo(labels, 'label.');
  fields.addTo(labels, 'alert.');
  annotations.addTo(labels, 'annotation.');
  return labels.all();
}
