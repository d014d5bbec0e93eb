// A command to paste into a terminal that acts as the sender. Values are invented; the shapes are those of the senders, with the
// fields that matter. Forms are percent-encoded by hand and JSON has its quotes escaped, so that no character means anything to a
// shell, be it a POSIX one or Windows' own; none has a sender time, so that it works again and again.
import type { SourceKind } from './alert.ts';
import { assertNever } from './assert-never.ts';

/** The line to paste. */
export function curlLine(kind: SourceKind, state: 'firing' | 'recovered', url: string): string {
  switch (kind) {
    case 'cloudmonitor':
      return postForm([...cloudmonitorProblem, ...cloudmonitorState[state]], url);
    case 'clustercontrol':
      return postJson({ ...clustercontrolProblem, ...clustercontrolState[state] }, url);
    case 'universal':
      return postForm([...universalProblem, ...universalState[state]], url);
    default:
      return assertNever(kind);
  }
}

function postForm(pairs: readonly string[], url: string): string {
  return `curl -d "${pairs.join('&')}" "${url}"`;
}

/** A backslash makes a quote a plain one for POSIX shells and for programs under Windows' own. No value may need more. */
function postJson(fields: Readonly<Record<string, string | number>>, url: string): string {
  return `curl -d "${JSON.stringify(fields).replaceAll('"', '\\"')}" "${url}"`;
}

/** CloudMonitor's threshold callback as Alibaba documents it. */
const cloudmonitorProblem = [
  'alertName=ECS+CPU+high',
  'ruleId=try-tocsin',
  'metricProject=acs_ecs',
  'metricName=cpu_total',
  'instanceName=shop-web-1',
  'dimensions=%7BinstanceId%3Di-try1%7D',
  'userId=1000000000000000',
  'unit=%25',
  'expression=%24Average%3E%3D90',
];
const cloudmonitorState = {
  firing: ['alertState=ALERT', 'triggerLevel=CRITICAL', 'curValue=97.4'],
  recovered: ['alertState=OK', 'triggerLevel=OK', 'curValue=41.8'],
};

/** A flat alarm; `sent_by` keeps it from being taken for what ClusterControl sends (main/sources/clustercontrol/alarm-sample.ts). */
const clustercontrolProblem = {
  sent_by: 'Tocsin',
  alarm_id: 'try-tocsin',
  cluster_id: 1,
  severity_name: 'ALARM_CRITICAL',
  title: 'Host is not responding',
  hostname: 'db-1',
};
const clustercontrolState = { firing: { status: 'CREATED' }, recovered: { status: 'ENDED' } };

/** The five fields of a script (main/sources/universal/script-event.ts). */
const universalProblem = ['key=try-tocsin', 'title=Nightly+backup+failed'];
const universalState = {
  firing: ['status=firing', 'severity=critical', 'text=The+last+good+one+is+31+hours+old.'],
  recovered: ['status=resolved', 'text=The+backup+is+done.'],
};
