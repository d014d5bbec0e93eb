// ClusterControl by Severalnines (reference/clustercontrol.md). Its webhook's body is published nowhere, so alarms are looked for in
// find-alarms.ts wherever they may be, and read in alarm.ts, the same for every shape.
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import type { AlertEvent } from '../../alerts/alert-event.ts';
import { unpacked } from '../compressed-body.ts';
import { withoutPersonalData } from '../personal-data/personal-data.ts';
import type { IncomingDelivery, Reading, Sender } from '../source.ts';
import { readAlarm, testEvent } from './alarm.ts';
import { alarmSample, ownName } from './alarm-sample.ts';
import { findAlarms } from './find-alarms.ts';
import { parseLenientJson } from './lenient-json.ts';

export const clustercontrol: Sender = {
  kind: 'clustercontrol',
  // The only two that are seen anywhere (reference 4).
  defaultPriorityMap: { CRITICAL: 'critical', WARNING: 'medium' },
  knownAddresses: [],
  sample: alarmSample,
  withoutPersonalData,
  read,
};

function read(delivery: IncomingDelivery): Reading {
  const plain = unpacked(delivery.body);
  if (plain === null) return { kind: 'not-understood', reason: 'compressed-body' };
  const { buffer, byteOffset, byteLength } = plain;
  const text = Buffer.from(buffer, byteOffset, byteLength)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  // What "Test" may send, and what somebody sends who looks whether the address is there.
  if (text === '') return { kind: 'probe', reason: 'empty-body' };
  const body = parseLenientJson(text);
  if (body === undefined) {
    return { kind: 'not-understood', reason: /^[[{]/.test(text) ? 'broken-json' : 'not-json' };
  }
  return readingOf(body);
}

function readingOf(body: unknown): Reading {
  const found = findAlarms(body);
  const events: AlertEvent[] = [];
  const remarks = new Set<ReasonName>(found.silent);
  const notUnderstood = new Set<ReasonName>(found.notUnderstood);
  for (const one of found.alarms) {
    const reading = readAlarm(one);
    if ('notUnderstood' in reading) {
      notUnderstood.add(reading.notUnderstood);
      continue;
    }
    events.push(...reading.events);
    for (const remark of reading.remarks) remarks.add(remark);
    if (one.alarm.text('sentby') === ownName) remarks.add('own-test');
  }
  if (found.test !== null) events.push(testEvent(found.test));
  const [reason] = notUnderstood;
  if (reason !== undefined) {
    if (events.length === 0) return { kind: 'not-understood', reason };
    remarks.add('partly-understood');
  }
  return { kind: 'events', events, remarks: [...remarks] };
}
