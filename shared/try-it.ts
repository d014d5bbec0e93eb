// A command to paste into a terminal that acts as the sender. Values are invented; the shape is CloudMonitor's threshold
// callback as Alibaba documents it, with the fields that matter.
import type { SourceKind } from './alert.ts';

/** Percent-encoded by hand so that no character means anything to a shell, be it a POSIX one or Windows' own. */
const problem = [
  'alertName=ECS+CPU+high',
  'ruleId=try-tocsin',
  'metricProject=acs_ecs',
  'metricName=cpu_total',
  'instanceName=shop-web-1',
  'dimensions=%7BinstanceId%3Di-try1%7D',
  'userId=1000000000000000',
  'unit=%25',
  'expression=%24Average%3E%3D90',
].join('&');

/** The line to paste, or null for a kind that has no such line yet. Without a sender time, so it works again and again. */
export function curlLine(kind: SourceKind, state: 'firing' | 'recovered', url: string): string | null {
  if (kind !== 'cloudmonitor') return null;
  const now =
    state === 'firing'
      ? 'alertState=ALERT&triggerLevel=CRITICAL&curValue=97.4'
      : 'alertState=OK&triggerLevel=OK&curValue=41.8';
  return `curl -d "${problem}&${now}" "${url}"`;
}
