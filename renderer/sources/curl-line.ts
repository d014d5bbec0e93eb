// A command that acts as the sender. Pure. Values are invented; the shape is CloudMonitor's threshold callback.
import type { SourceKind } from '../../shared/alert.ts';

/** Percent-encoded by hand so that no character means anything to a shell. */
const problem = [
  'alertName=Try+Tocsin',
  'ruleId=try-tocsin',
  'metricProject=acs_ecs_dashboard',
  'metricName=CPUUtilization',
  'instanceName=try-1',
  'dimensions=%7BinstanceId%3Di-try1%7D',
  'userId=1000000000000000',
  'unit=%25',
  'expression=%24Average%3E90',
].join('&');

/** The line to paste into a terminal, or null for a kind that has no such line yet. */
export function curlLine(kind: SourceKind, state: 'firing' | 'recovered', url: string): string | null {
  if (kind !== 'cloudmonitor') return null;
  const now =
    state === 'firing'
      ? 'alertState=ALERT&triggerLevel=CRITICAL&preTriggerLevel=null&curValue=97'
      : 'alertState=OK&triggerLevel=OK&preTriggerLevel=CRITICAL&curValue=12';
  return `curl -d "${problem}&${now}" "${url}"`;
}

/** The same text with the secret covered, for the screen: what is copied is the real one. */
export function covered(text: string, secret: string): string {
  return secret === '' ? text : text.replaceAll(secret, '••••••••');
}
