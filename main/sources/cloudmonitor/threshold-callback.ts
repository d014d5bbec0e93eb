// Format A of the reference: a threshold rule's callback, one request per rule, resource and change of state or level.
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import type { AlertEvent, ProblemDescription } from '../../alerts/alert-event.ts';
import { cleanLine } from '../plain-text.ts';
import type { ThresholdFields } from './callback-body.ts';
import { describeCondition } from './condition.ts';
import { type Dimensions, dimension, readDimensions } from './dimensions.ts';
import { formatValue } from './measurement.ts';
import { thresholdKey } from './threshold-key.ts';
import { episodeStart, readDuration, readSenderTime } from '../sender-time.ts';
import { thresholdLabels } from './threshold-labels.ts';
import { type ThresholdFacts, thresholdText, thresholdTitle } from './threshold-text.ts';

/** What the fields of one callback say. */
export type ThresholdReading =
  | { readonly kind: 'event'; readonly event: AlertEvent; readonly remarks: readonly ReasonName[] }
  | {
      readonly kind: 'not-understood';
      readonly reason: 'unknown-alert-state' | 'no-alert-name-rule-or-metric';
    };

type ThresholdState = 'firing' | 'recovered' | 'no-data';

/** The metric name of rules that combine several metrics; their value and unit mean nothing (reference 1.2). */
const severalMetrics = '多指标';

/** Reads a threshold callback. Total; `alertState` alone decides what happened (reference 2, caveat). */
export function readThreshold(fields: ThresholdFields): ThresholdReading {
  const state = stateOf(fields.alertState);
  if (state === null) return { kind: 'not-understood', reason: 'unknown-alert-state' };
  const name = fields.alertName ?? fields.ruleName;
  const metric = fields.rawMetricName ?? fields.metricName;
  if (name === null && fields.ruleId === null && metric === null) {
    return { kind: 'not-understood', reason: 'no-alert-name-rule-or-metric' };
  }
  const remarks: ReasonName[] = [];
  const time = readSenderTime(fields.timestamp);
  if (fields.timestamp !== null && time.at === null) remarks.push('unreadable-time');
  if (time.assumedZone) remarks.push('time-without-zone');
  if (contradictsState(fields.triggerLevel, state)) remarks.push('level-contradicts-state');
  const dimensions = readDimensions(fields.dimensionsOriginal, fields.dimensions);
  if (dimensions.pairs.length === 0) remarks.push('no-dimensions');
  const base = {
    key: thresholdKey({
      userId: fields.userId ?? dimensions.userId,
      ruleId: fields.ruleId,
      alertName: name,
      project: plainProject(fields.metricProject ?? fields.namespace),
      metric,
      dimensions: dimensions.pairs,
    }),
    episodeName: cleanLine(fields.transId ?? '', 128) || null,
    sentAt: time.at,
    description: describe(fields, state, dimensions, time.at),
  };
  const event: AlertEvent =
    state === 'recovered'
      ? { kind: 'recovered', ...base }
      : { kind: 'firing', ...base, noData: state === 'no-data' };
  return { kind: 'event', event, remarks };
}

/** The API and the 2017 documentation say ALARM for ALERT; the last two words are other senders' for OK (reference 11.3). */
function stateOf(word: string | null): ThresholdState | null {
  switch (word?.toUpperCase()) {
    case 'ALERT':
    case 'ALARM':
      return 'firing';
    case 'OK':
    case 'RESOLVED':
    case 'RECOVERED':
      return 'recovered';
    case 'INSUFFICIENT_DATA':
      return 'no-data';
    default:
      return null;
  }
}

/** `triggerLevel` is OK on every real recovery and on nothing else. */
function contradictsState(triggerLevel: string | null, state: ThresholdState): boolean {
  return triggerLevel !== null && (triggerLevel.toUpperCase() === 'OK') !== (state === 'recovered');
}

/** The level that counts: a recovery has none, so that it never lowers what is stored. */
function levelOf(triggerLevel: string | null, state: ThresholdState): string | null {
  if (state === 'recovered') return null;
  const word = triggerLevel === null ? '' : cleanLine(triggerLevel, 64).toUpperCase();
  const isLevel = word !== '' && word !== 'OK';
  if (state === 'no-data') return isLevel && !/^(?:NO_?DATA|INSUFFICIENT_DATA)$/.test(word) ? word : 'NODATA';
  return isLevel ? word : null;
}

function describe(
  fields: ThresholdFields,
  state: ThresholdState,
  dimensions: Dimensions,
  sentAt: number | null,
): ProblemDescription {
  const combined = fields.metricName === severalMetrics;
  const unit = combined || fields.unit === null ? null : cleanLine(fields.unit, 32);
  const value = combined ? null : formatValue(fields.curValue, unit);
  const condition = describeCondition(fields.expression, unit);
  const instanceName = displayName(fields.instanceName);
  const facts: ThresholdFacts = {
    state,
    alertName: fields.alertName ?? fields.ruleName,
    ruleId: fields.ruleId,
    metric: combined ? null : (fields.rawMetricName ?? fields.metricName),
    value: value === null ? null : cleanLine(value, 128),
    condition: condition === null ? null : cleanLine(condition, 512),
    instanceName,
    resource: resourceOf(instanceName, dimensions),
    dimensions,
    region: fields.regionId ?? dimension(dimensions, 'regionId', 'region'),
    lastingMs: lastingMs(fields, sentAt),
  };
  return {
    level: levelOf(fields.triggerLevel, state),
    title: thresholdTitle(facts),
    text: thresholdText(facts),
    resource: cleanLine(facts.resource, 256),
    value: facts.value,
    condition: facts.condition,
    labels: thresholdLabels(fields, dimensions),
    links: [],
  };
}

/** The longer of what `lastTime` says (it counts from the first breach) and what `transId` shows; null when neither does. */
function lastingMs(fields: ThresholdFields, sentAt: number | null): number | null {
  const told = readDuration(fields.lastTime);
  const start = episodeStart(fields.transId);
  // The documentation's samples join a transId of 2023 with a time of 2017: a negative age says nothing.
  const shown = start === null || sentAt === null || start > sentAt ? null : sentAt - start;
  if (told === null || shown === null) return told ?? shown;
  // Both are rounded differently; a difference under a minute is not worth the odd figure.
  return shown - told >= 60_000 ? shown : told;
}

/** `host/publicIP` stays whole; `host/` and `host/null` lose the empty half. */
function displayName(instanceName: string | null): string | null {
  if (instanceName === null) return null;
  const name = instanceName.replace(/\/(?:null)?$/, '').trim();
  return name === '' ? null : name;
}

function resourceOf(instanceName: string | null, dimensions: Dimensions): string {
  return (
    instanceName ??
    dimension(dimensions, 'instanceId') ??
    dimensions.pairs.map(([name, value]) => `${name}=${value}`).join(', ')
  );
}

/** Product names under which old and new rules call the same product (reference 1.2, namespace). */
const renamedProjects: Readonly<Record<string, string>> = {
  acs_redis_dashboard: 'acs_kvstore',
  acs_ocs_new: 'acs_ocs',
  acs_mns_new: 'acs_mns',
};

function plainProject(project: string | null): string | null {
  if (project === null) return null;
  if (Object.hasOwn(renamedProjects, project)) return renamedProjects[project] ?? project;
  return project.endsWith('_dashboard') ? project.slice(0, -'_dashboard'.length) : project;
}
