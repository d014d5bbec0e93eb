// Alibaba Cloud CloudMonitor (reference/cloudmonitor.md). Owns how its requests are read: callback-body.ts takes bytes apart,
// message.ts tells the formats from each other, one file per format turns it into events. To add a format: its file, and a
// line in message.ts.
import { assertNever } from '../../../shared/assert-never.ts';
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import { unpacked } from '../compressed-body.ts';
import { withoutPersonalData } from '../personal-data/personal-data.ts';
import type { IncomingDelivery, Reading, Sender } from '../source.ts';
import { type CallbackBody, readCallbackBody } from './callback-body.ts';
import { knownAddresses } from './known-addresses.ts';
import { isUnfilledTemplate, readMessage } from './message.ts';
import { readThreshold } from './threshold-callback.ts';
import { thresholdSample } from './threshold-sample.ts';

export const cloudmonitor: Sender = {
  kind: 'cloudmonitor',
  // Words of every format (reference 11.3), those of the threshold callback first. ERROR and P2 stand beside
  // `severity: warning` in ARMS' own sample, so they wake nobody; HIGH is Simple Log Service's second of five.
  defaultPriorityMap: {
    CRITICAL: 'critical',
    WARN: 'medium',
    INFO: 'low',
    EMERGENCY: 'critical',
    HIGH: 'critical',
    P1: 'critical',
    ERROR: 'medium',
    P2: 'medium',
    WARNING: 'medium',
    MEDIUM: 'medium',
    P3: 'medium',
    NODATA: 'medium',
    LOW: 'low',
    NORMAL: 'low',
    REPORT: 'low',
    P4: 'low',
  },
  knownAddresses,
  sample: thresholdSample,
  withoutPersonalData,
  read,
};

function read({ body, query }: IncomingDelivery): Reading {
  const plain = unpacked(body);
  if (plain === null) return { kind: 'not-understood', reason: 'compressed-body' };
  const content = readCallbackBody(plain);
  if (content.format !== 'empty') return readContent(content, plain);
  // Event subscriptions and old event rules can be set to GET: everything is in the query then. Whatever else is in it, an
  // empty body is the console's Test button or a check of the host (reference 1.1).
  const asked = Buffer.from(query, 'latin1');
  const reading = readContent(readCallbackBody(asked), asked);
  return reading.kind === 'events' ? reading : { kind: 'probe', reason: 'empty-body' };
}

function readContent(content: CallbackBody, bytes: Uint8Array): Reading {
  switch (content.format) {
    case 'empty':
      return { kind: 'probe', reason: 'empty-body' };
    case 'unknown':
      return isUnfilledTemplate(Buffer.from(bytes).toString('latin1'))
        ? { kind: 'probe', reason: 'template-not-filled' }
        : { kind: 'not-understood', reason: content.reason };
    case 'message':
      return readMessage(content.message);
    case 'threshold': {
      const reading = readThreshold(content.fields);
      if (reading.kind === 'not-understood') return reading;
      const remarks: ReasonName[] = [...reading.remarks];
      if (content.rawAmpersand) remarks.push('unescaped-ampersand');
      return { kind: 'events', events: [reading.event], remarks };
    }
    default:
      return assertNever(content);
  }
}
