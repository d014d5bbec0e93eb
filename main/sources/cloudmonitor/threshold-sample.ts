// A threshold callback as CloudMonitor sends it today: every field of the newest captures, encoded by the same rules.
// All values are invented; addresses are from the ranges kept for documentation (RFC 5737).
import { createHash } from 'node:crypto';
import type { Sample, SampleOptions } from '../source.ts';
import { encodeFormText } from './form-body.ts';

/** How long the sample's problem has lasted when it recovers. */
const lastedMinutes = 12;

/**
 * The same options give the same body. `name` is the rule's name and makes rule and instance its own; the episode comes
 * from name and start, and a recovery's start lies 12 minutes before it: fire at `t` and recover at `t` + 12 min to pair them.
 * Level `NODATA` gives a no-data callback.
 */
export function thresholdSample({ state, level, at, name }: SampleOptions): Sample {
  const recovered = state === 'recovered';
  const noData = !recovered && level === 'NODATA';
  const seed = createHash('sha256').update(name).digest('hex');
  const startedAt = recovered ? at - lastedMinutes * 60_000 : at;
  const instanceId = `i-${seed.slice(0, 20)}`;
  const userId = '1000200030004000';
  const host = Number.parseInt(seed.slice(0, 2), 16);
  const fields = {
    lastTime: recovered ? `${lastedMinutes} minutes` : '2 minutes',
    rawMetricName: 'cpu_total',
    dimensionsOriginal: JSON.stringify({ instanceId, userId }),
    expression: '$Average >= 90',
    metricName: '(Agent)cpu.total',
    instanceName: `web-${host}/203.0.113.${(host % 254) + 1}`,
    signature: createHash('sha1').update(`${name} ${at} ${state} ${level}`).digest('base64'),
    transId: timeUuid(startedAt, name),
    groupId: 'null',
    regionName: 'Singapore',
    productGroupName: 'null',
    metricProject: 'acs_ecs',
    userId,
    curValue: noData ? 'null' : recovered ? '41.2' : '97.4',
    unit: '%',
    alertName: name,
    regionId: 'ap-southeast-1',
    namespace: 'acs_ecs',
    triggerLevel: recovered ? 'OK' : level,
    alertState: recovered ? 'OK' : noData ? 'INSUFFICIENT_DATA' : 'ALERT',
    preTriggerLevel: recovered ? level : 'null',
    ruleId: `uuid_${seed.slice(20, 60)}`,
    dimensions: `{instanceId=${instanceId}, userId=${userId}}`,
    timestamp: String(at),
  };
  return {
    contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
    body: Object.entries(fields)
      .map(([field, value]) => `${field}=${encodeFormText(value)}`)
      .join('&'),
  };
}

/** A UUIDv1 that holds `at` (epoch ms); clock and node parts come from the text, so that it is the same every time. */
function timeUuid(at: number, text: string): string {
  const ticks = (BigInt(at) + 12_219_292_800_000n) * 10_000n;
  const time = ticks.toString(16).padStart(15, '0');
  const hash = createHash('sha256').update(`${at} ${text}`).digest('hex');
  return `${time.slice(7)}-${time.slice(3, 7)}-1${time.slice(0, 3)}-a${hash.slice(0, 3)}-${hash.slice(3, 15)}`;
}
