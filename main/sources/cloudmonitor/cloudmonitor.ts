// Alibaba Cloud CloudMonitor (reference/cloudmonitor.md). Owns how its requests are read; one file per format, recognised by
// content in callback-body.ts. To add a format: a case in callback-body.ts, a file that turns it into events, a case here.
import { assertNever } from '../../../shared/assert-never.ts';
import type { ReasonName } from '../../../shared/text/reason-text.ts';
import type { IncomingDelivery, Reading, Sender } from '../source.ts';
import { readCallbackBody } from './callback-body.ts';
import { knownAddresses } from './known-addresses.ts';
import { withoutPersonalData } from '../personal-data/personal-data.ts';
import { readThreshold } from './threshold-callback.ts';
import { thresholdSample } from './threshold-sample.ts';

export const cloudmonitor: Sender = {
  kind: 'cloudmonitor',
  defaultPriorityMap: {
    CRITICAL: 'critical',
    WARN: 'medium',
    WARNING: 'medium',
    NODATA: 'medium',
    INFO: 'low',
  },
  knownAddresses,
  sample: thresholdSample,
  withoutPersonalData,
  read,
};

function read(delivery: IncomingDelivery): Reading {
  const body = readCallbackBody(delivery.body);
  switch (body.format) {
    // The console's Test button and the host check send no field at all (reference 1.1).
    case 'empty':
      return { kind: 'probe', reason: 'empty-body' };
    case 'unknown':
      return { kind: 'not-understood', reason: body.reason };
    case 'threshold': {
      const reading = readThreshold(body.fields);
      if (reading.kind === 'not-understood') return reading;
      const remarks: ReasonName[] = [...reading.remarks];
      if (body.rawAmpersand) remarks.push('unescaped-ampersand');
      return { kind: 'events', events: [reading.event], remarks };
    }
    default:
      return assertNever(body);
  }
}
