/**
 * A line to paste into a terminal: the callback that Alibaba documents (vendor/alibaba-alert-callback.md), with invented
 * values and only the fields that matter. Single quotes, because the body holds `$` and `&`.
 */
export function tryItCommand(url: string, state: 'ALERT' | 'OK' = 'ALERT'): string {
  const body = [
    'alertName=ECS CPU high',
    `alertState=${state}`,
    `triggerLevel=${state === 'OK' ? 'OK' : 'CRITICAL'}`,
    'metricName=cpu_total',
    'metricProject=acs_ecs',
    `curValue=${state === 'OK' ? '41.8' : '97.4'}`,
    'unit=%',
    'expression=$Average>=90',
    'instanceName=shop-web-1',
    'ruleId=demo-cpu',
    'userId=1000',
    'dimensions={instanceId=i-demo1, userId=1000}',
  ].join('&');
  return `curl '${url}' -d '${body}'`;
}
