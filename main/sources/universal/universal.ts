// The source for everything else: Alertmanager, Grafana, PagerDuty's and ilert's events, and five fields for scripts, told apart
// by their shape. To add a dialect: a file that reads it, a line in `readFields`.
import { assertNever } from '../../../shared/assert-never.ts';
import type { PriorityMap } from '../../../shared/priority.ts';
import type { JsonObject } from '../json-texts.ts';
import { withoutPersonalData } from '../personal-data/personal-data.ts';
import { isGrafana, readPrometheusAlerts } from '../prometheus-alerts.ts';
import type { IncomingDelivery, Reading, Sample, SampleOptions, Sender } from '../source.ts';
import { isIlertEvent, readIlertEvent } from './ilert.ts';
import { isPagerDutyEvent, readPagerDutyEvent } from './pagerduty.ts';
import { readRequestFields } from './request-fields.ts';
import { readScriptEvent } from './script-event.ts';

/**
 * Words of many senders. PagerDuty pages for error as for critical, ilert escalates HIGH and only HIGH, and P1 and P2 are what
 * people are woken for.
 */
const defaultPriorityMap: PriorityMap = {
  CRITICAL: 'critical',
  EMERGENCY: 'critical',
  FATAL: 'critical',
  DISASTER: 'critical',
  PAGE: 'critical',
  ERROR: 'critical',
  HIGH: 'critical',
  MAJOR: 'critical',
  P1: 'critical',
  P2: 'critical',
  WARNING: 'medium',
  WARN: 'medium',
  MEDIUM: 'medium',
  AVERAGE: 'medium',
  MINOR: 'medium',
  TICKET: 'medium',
  NODATA: 'medium',
  P3: 'medium',
  INFO: 'low',
  INFORMATION: 'low',
  INFORMATIONAL: 'low',
  NOTICE: 'low',
  LOW: 'low',
  DEBUG: 'low',
  NONE: 'low',
  P4: 'low',
  P5: 'low',
};

export const universal: Sender = {
  kind: 'universal',
  defaultPriorityMap,
  knownAddresses: [],
  sample,
  withoutPersonalData,
  read,
};

function read(delivery: IncomingDelivery): Reading {
  const request = readRequestFields(delivery);
  switch (request.format) {
    case 'empty':
      return { kind: 'probe', reason: 'empty-body' };
    case 'unknown':
      return { kind: 'not-understood', reason: request.reason };
    case 'fields':
      return readFields(request.fields, delivery.body);
    default:
      return assertNever(request);
  }
}

function readFields(fields: JsonObject, bytes: Uint8Array): Reading {
  if (isPagerDutyEvent(fields)) return readPagerDutyEvent(fields, bytes);
  if (isIlertEvent(fields)) return readIlertEvent(fields, bytes);
  if (Array.isArray(fields['alerts'])) {
    return readPrometheusAlerts(fields, `universal:1:${isGrafana(fields) ? 'grafana' : 'alertmanager'}`);
  }
  return readScriptEvent(fields);
}

/** The same options give the same body; fields have no time. */
function sample({ state, level, name }: SampleOptions): Sample {
  const fields = {
    status: state === 'firing' ? 'firing' : 'resolved',
    key: name,
    title: name,
    severity: level,
    text: state === 'firing' ? 'The last backup is 31 hours old.' : 'The backup is done.',
    host: 'shop-db-1',
  };
  return { contentType: 'application/json', body: JSON.stringify(fields) };
}
