// The body that Prometheus' Alertmanager made common, as Grafana and Alibaba's ARMS send it too: a group with `alerts[]`. Each
// alert has a status of its own, and that alone counts: the group's stays firing as long as one of them fires
// (reference/clustercontrol.md 10, reference/cloudmonitor.md 6).
import type { AlertLink } from '../../shared/alert.ts';
import type { ReasonName } from '../../shared/text/reason-text.ts';
import type { AlertEvent, ProblemDescription } from '../alerts/alert-event.ts';
import { alertTitle } from './alert-title.ts';
import { firstOf, firstTextOf, type JsonObject, textOf, type Texts, textsOf } from './json-texts.ts';
import { isJsonObject } from './json-value.ts';
import { Labels } from './labels.ts';
import { cleanLine, cleanText, safeLink } from './plain-text.ts';
import { keyOf, keyPart } from './problem-key.ts';
import { readSenderTime } from './sender-time.ts';
import type { Reading } from './source.ts';
import { readStateWord } from './state-word.ts';

/** More than any group within 1 MiB that a real Alertmanager would send. */
const mostAlerts = 5000;

/** Labels that say how bad it is, the most telling first (ARMS sends its own beside the rule's). */
const levelLabels = ['_aliyun_arms_alert_level', 'severity', 'level', 'priority'];
/** Labels that say where, the most telling first. */
const resourceLabels = [
  'instance',
  'pod_name',
  'pod',
  'host',
  'hostname',
  'node',
  'server',
  'device',
  'service',
  'grafana_folder',
  'clustername',
  'cluster',
  'job',
];
const summaryAnnotations = ['summary', 'title'];
const textAnnotations = ['description', 'message'];
const valueAnnotations = ['_aliyun_arms_alert_now_value', 'value', 'current_value'];

/** What the group says for all of its alerts; read once, because a body may hold thousands. */
interface Group {
  readonly keyPrefix: string;
  readonly status: string | null;
  readonly level: string | null;
  readonly externalUrl: string | null;
  readonly isGrafana: boolean;
}

/**
 * One event for each alert of the group; its key is `<prefix>:<fingerprint>`, without a fingerprint the sorted labels. The
 * body carries no time of sending: a firing alert is placed by its start, a recovery by its end. Total.
 */
export function readPrometheusAlerts(body: JsonObject, keyPrefix: string): Reading {
  const { alerts } = body;
  if (!Array.isArray(alerts)) return { kind: 'not-understood', reason: 'no-alerts-list' };
  const group: Group = {
    keyPrefix,
    status: textOf(body, 'status'),
    level: textOf(body, 'level'),
    externalUrl: textOf(body, 'externalURL'),
    isGrafana: isGrafana(body),
  };
  const remarks = new Set<ReasonName>();
  const events: AlertEvent[] = [];
  for (const alert of alerts.slice(0, mostAlerts) as readonly unknown[]) {
    const event = isJsonObject(alert) ? readAlert(alert, group) : 'alert-without-labels';
    if (typeof event === 'string') remarks.add(event);
    else events.push(event);
  }
  if (events.length === 0) {
    const [reason] = remarks;
    if (reason !== undefined) return { kind: 'not-understood', reason };
  }
  const truncated = Number(textOf(body, 'truncatedAlerts') ?? 0) > 0;
  if (truncated || alerts.length > mostAlerts) remarks.add('alerts-left-out');
  return { kind: 'events', events, remarks: [...remarks] };
}

function readAlert(
  alert: JsonObject,
  group: Group,
): AlertEvent | 'alert-without-labels' | 'unknown-alert-status' {
  const labels = textsOf(alert['labels']);
  const fingerprint = textOf(alert, 'fingerprint');
  if (labels.size === 0 && fingerprint === null) return 'alert-without-labels';
  const word = textOf(alert, 'status') ?? group.status;
  const state = word === null ? null : readStateWord(word);
  if (state === null || state === 'acknowledged') return 'unknown-alert-status';
  const key = keyOf(group.keyPrefix, [fingerprint === null ? labelKey(labels) : keyPart(fingerprint)]);
  const startedAt = timeOf(alert, ['startsAt', 'startTime']);
  const noData = labels.get('alertname') === 'DatasourceNoData';
  const base = {
    key,
    episodeName: startedAt === null ? null : new Date(startedAt).toISOString(),
    description: describe(alert, group, labels, state === 'recovered', noData),
  };
  if (state === 'recovered') {
    // While it fires `endsAt` is year 1 or, from ARMS, in the future; here it is the end. Never before the start, or the
    // alert could not clear.
    const endedAt = timeOf(alert, ['endsAt', 'endTime']);
    const sentAt = startedAt === null || endedAt === null ? endedAt : Math.max(startedAt, endedAt);
    return { kind: 'recovered', ...base, sentAt: sentAt ?? startedAt };
  }
  if (isGrafanaTest(group, labels)) return { kind: 'test', ...base, sentAt: null };
  return { kind: 'firing', ...base, noData, sentAt: startedAt, timeIsStart: true };
}

/** Grafana's body is Alertmanager's with more fields; only it has `orgId`. */
export function isGrafana(body: JsonObject): boolean {
  return Object.hasOwn(body, 'orgId');
}

/** "Test" of a Grafana contact point: fires and never recovers. Users cannot set these two labels there. */
function isGrafanaTest(group: Group, labels: Texts): boolean {
  return group.isGrafana && labels.get('alertname') === 'TestAlert' && labels.get('instance') === 'Grafana';
}

function labelKey(labels: Texts): string {
  return [...labels]
    .map(([name, value]) => `${keyPart(name)}=${keyPart(value)}`)
    .toSorted()
    .join(',');
}

function describe(
  alert: JsonObject,
  group: Group,
  labels: Texts,
  recovered: boolean,
  noData: boolean,
): ProblemDescription {
  const annotations = textsOf(alert['annotations']);
  const rule = (noData ? labels.get('rulename') : null) ?? labels.get('alertname') ?? null;
  const resource = cleanLine(firstOf(labels, resourceLabels) ?? '', 256);
  const summary = firstOf(annotations, summaryAnnotations);
  const description = firstOf(annotations, textAnnotations);
  const level = cleanLine(firstOf(labels, levelLabels) ?? group.level ?? '', 64).toUpperCase();
  const value = textOf(alert, 'valueString') ?? firstOf(annotations, valueAnnotations);
  return {
    level: recovered || level === '' ? null : level,
    title: alertTitle(summary ?? rule ?? description ?? 'Alert', resource),
    text: cleanText(description ?? (summary === null ? '' : (rule ?? '')), 2000),
    resource,
    value: valuesText(alert['values']) ?? (value === null ? null : cleanLine(shortNumber(value), 128)),
    condition: null,
    labels: labelsOf(labels, annotations),
    links: linksOf(alert, group, annotations),
  };
}

/** Grafana's `values`: results of a rule's expressions by their letter. */
function valuesText(values: unknown): string | null {
  const pairs = [...textsOf(values)];
  const [only] = pairs;
  if (only === undefined) return null;
  return cleanLine(
    pairs.length === 1
      ? shortNumber(only[1])
      : pairs.map(([name, value]) => `${name} ${shortNumber(value)}`).join(', '),
    128,
  );
}

/** Results of expressions carry the whole of a double. */
function shortNumber(value: string): string {
  const number = Number(value);
  return value.length > 8 && value.length < 40 && Number.isFinite(number) && !Number.isInteger(number)
    ? String(Number(number.toPrecision(6)))
    : value;
}

function labelsOf(labels: Texts, annotations: Texts): Readonly<Record<string, string>> {
  const kept = new Labels();
  for (const [name, value] of labels) kept.add(name, value, 'label.');
  for (const [name, value] of annotations) {
    if (!summaryAnnotations.includes(name) && !textAnnotations.includes(name))
      kept.add(name, value, 'annotation.');
  }
  return kept.all();
}

function linksOf(alert: JsonObject, group: Group, annotations: Texts): readonly AlertLink[] {
  const links = [
    ['Runbook', annotations.get('runbook_url') ?? annotations.get('runbook')],
    ['Dashboard', textOf(alert, 'dashboardURL')],
    ['Panel', textOf(alert, 'panelURL')],
    ['Source', textOf(alert, 'generatorURL')],
    ['Silence', textOf(alert, 'silenceURL')],
    ['Image', textOf(alert, 'imageURL')],
    ['Sender', group.externalUrl],
  ] as const;
  return links.flatMap(([label, url]) =>
    url === null || url === undefined ? [] : (safeLink(label, url) ?? []),
  );
}

function timeOf(alert: JsonObject, names: readonly string[]): number | null {
  return readSenderTime(firstTextOf(alert, names)).at;
}
