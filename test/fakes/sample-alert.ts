import type { Alert, AlertChange, AlertChangeKind } from '../../shared/alert.ts';

/** 2031-03-04 05:06:07 UTC: a fixed present for tests. */
export const sampleNow = Date.UTC(2031, 2, 4, 5, 6, 7);

/** An open critical alert that just began; give only what the test is about. */
export function sampleAlert(given: Partial<Alert> = {}): Alert {
  return {
    id: 'A1',
    sourceId: 'night-shift',
    sourceKind: 'cloudmonitor',
    sourceName: 'Night shift',
    key: 'cloudmonitor:1:77:queue-depth:queue-7',
    state: 'open',
    priority: 'critical',
    level: 'CRITICAL',
    noData: false,
    title: 'Queue is full',
    text: 'queue-7: depth 98 % >= 90 % since 05:01',
    resource: 'queue-7',
    value: '98 %',
    condition: '>= 90 %',
    labels: {},
    links: [],
    count: 1,
    deliveries: 1,
    episode: 1,
    openedAt: sampleNow,
    lastEventAt: sampleNow,
    acknowledgedAt: null,
    acknowledgeNote: null,
    snoozedUntil: null,
    resolvedAt: null,
    resolvedBy: null,
    ...given,
  };
}

const causes: Readonly<Record<AlertChangeKind, AlertChange['cause']>> = {
  opened: 'event',
  reopened: 'event',
  repeated: 'event',
  'level-rose': 'event',
  'level-fell': 'event',
  'level-changed': 'event',
  acknowledged: 'person',
  unacknowledged: 'person',
  snoozed: 'person',
  unsnoozed: 'person',
  'snooze-ended': 'time',
  noted: 'person',
  resolved: 'event',
};

/** A change of `kind` after which the alert is `alert`. */
export function sampleChange(
  kind: AlertChangeKind,
  alert: Alert = sampleAlert(),
  given: Partial<AlertChange> = {},
): AlertChange {
  return {
    revision: 1,
    at: sampleNow,
    kind,
    reason: kind,
    cause: causes[kind],
    before: null,
    alert,
    ...given,
  };
}
