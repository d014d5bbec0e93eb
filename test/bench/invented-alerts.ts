// Alerts as a large company's account would have left them behind: invented, but of the size and mixture of real ones.
import { createHash } from 'node:crypto';

/** One alert that is over. */
export interface InventedAlert {
  readonly key: string;
  readonly episodeName: string;
  readonly priority: 'critical' | 'medium' | 'low';
  readonly level: string;
  /** JSON, as in the store. */
  readonly description: string;
  /** The callback that opened it. */
  readonly body: string;
  readonly lastedMs: number;
}

const products = ['acs_ecs', 'acs_rds', 'acs_kvstore', 'acs_slb', 'acs_oss', 'acs_mongodb'] as const;
const metrics = [
  ['磁盘使用率', 'diskusage_utilization', '%'],
  ['内存使用率', 'memory_usedutilization', '%'],
  ['CPU使用率', 'cpu_total', '%'],
  ['主从复制延迟', 'DataDelay', 's'],
  ['连接数使用率', 'ConnectionUsage', '%'],
  ['后端服务器异常', 'UnhealthyServerCount', 'count'],
  ['replication lag', 'ReplicaLag', 's'],
  ['5xx rate', 'StatusCode5xx', 'count/s'],
] as const;
const roles = ['shop-web', 'db', 'cache', 'order-api', 'pay-gateway', 'search', 'queue', 'edge'] as const;
const teams = ['平台组', '支付组', '订单组', 'core-infra', 'data'] as const;
const regions = [
  ['cn-hangzhou', '华东1（杭州）'],
  ['cn-shanghai', '华东2（上海）'],
  ['ap-southeast-1', 'Singapore'],
  ['eu-central-1', 'Germany (Frankfurt)'],
] as const;
const levels = [
  ['CRITICAL', 'critical'],
  ['WARN', 'medium'],
  ['WARN', 'medium'],
  ['INFO', 'low'],
] as const;

/** How many different problems there are: each alert is one of their episodes. */
export const inventedProblems = 20_000;

/** The same number gives the same alert. Host names are unique to a problem: `db-1402.prod.example`. */
export function inventAlert(number: number): InventedAlert {
  const problem = number % inventedProblems;
  const seed = createHash('sha1').update(`problem ${problem}`).digest('hex');
  const pick = <Item>(items: readonly Item[], at: number): Item => {
    const item = items[Number.parseInt(seed.slice(at, at + 3), 16) % items.length];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  };
  const [name, metric, unit] = pick(metrics, 0);
  const [regionId, regionName] = pick(regions, 3);
  const [level, priority] = pick(levels, 6);
  const project = pick(products, 9);
  const role = pick(roles, 12);
  const team = pick(teams, 15);
  const host = `${role}-${problem}.prod.example`;
  const address = `198.51.100.${problem % 254}`;
  const instanceId = `i-${seed.slice(0, 20)}`;
  const ruleId = `uuid_${seed}`;
  const value = (80 + ((number * 37) % 199) / 10).toFixed(1);
  const episodeName = createHash('md5').update(`episode ${number}`).digest('hex');
  const transId = `${episodeName.slice(0, 8)}-${episodeName.slice(8, 12)}-11f1-a1d2-${episodeName.slice(12, 24)}`;
  const alertName = `${team} ${host} ${name}`;
  const fields = {
    alertName,
    ruleId,
    metricName: name,
    rawMetricName: metric,
    metricProject: project,
    namespace: project,
    expression: '$Average >= 80',
    curValue: value,
    unit,
    triggerLevel: level,
    lastTime: '2 minutes',
    transId,
    instanceName: `${host}/${address}`,
    regionId,
    regionName,
    userId: '1000200030004000',
    instanceId,
  };
  const description = {
    title: `${alertName} · ${host}`,
    text: `${metric} ${value} ${unit}, alerts at >= 80 (Average) · ${regionId} · breaching for 2 min`,
    resource: `${host}/${address}`,
    value: `${value} ${unit}`,
    condition: '>= 80 (Average)',
    labels: fields,
    links: [],
  };
  const body = new URLSearchParams({
    ...fields,
    alertState: 'ALERT',
    dimensions: `{instanceId=${instanceId}}`,
  });
  return {
    key: `cloudmonitor:1:1000200030004000:${ruleId}:instanceId=${instanceId}`,
    episodeName: transId,
    priority,
    level,
    description: JSON.stringify(description),
    body: body.toString(),
    lastedMs: 60_000 * (3 + (number % 90)),
  };
}
