// What the pictures show: a bad hour of an invented company, as its monitors would post it. Hosts, ids and addresses are made up.
import { createHash } from 'node:crypto';

/** One request to the source of that kind. */
export interface Post {
  readonly to: 'cloudmonitor' | 'clustercontrol' | 'universal';
  /** When it comes, counted back from the moment of the pictures. */
  readonly minutesAgo: number;
  readonly contentType: string;
  readonly body: string;
}

interface Threshold {
  readonly rule: string;
  readonly host: string;
  readonly address: string;
  readonly product: string;
  readonly metric: string;
  readonly expression: string;
  readonly value: string;
  readonly unit: string;
  readonly level: 'CRITICAL' | 'WARN' | 'INFO';
  readonly region: readonly [id: string, name: string];
  readonly minutesAgo: number;
  readonly state?: 'ALERT' | 'OK' | 'INSUFFICIENT_DATA';
}

const form = 'application/x-www-form-urlencoded; charset=UTF-8';
const singapore = ['ap-southeast-1', '新加坡'] as const;
const hangzhou = ['cn-hangzhou', '华东1（杭州）'] as const;
const shanghai = ['cn-shanghai', '华东2（上海）'] as const;

const thresholds: readonly Threshold[] = [
  {
    rule: 'Orders database: disk almost full',
    host: 'rds-orders-primary',
    address: '10.20.4.11',
    product: 'acs_rds_dashboard',
    metric: 'DiskUsage',
    expression: '$Average >= 90',
    value: '96.3',
    unit: '%',
    level: 'CRITICAL',
    region: singapore,
    minutesAgo: 3,
  },
  {
    rule: '支付网关 5xx 错误率过高',
    host: 'pay-gateway-02',
    address: '10.31.7.22',
    product: 'acs_slb_dashboard',
    metric: 'StatusCode5xx',
    expression: '$Average > 20',
    value: '148',
    unit: 'count/s',
    level: 'CRITICAL',
    region: hangzhou,
    minutesAgo: 6,
  },
  {
    rule: 'Shop web CPU high',
    host: 'shop-web-07',
    address: '10.20.1.47',
    product: 'acs_ecs',
    metric: 'cpu_total',
    expression: '$Average >= 90',
    value: '97.4',
    unit: '%',
    level: 'CRITICAL',
    region: singapore,
    minutesAgo: 12,
  },
  {
    rule: '订单缓存内存使用率',
    host: 'redis-orders-cache',
    address: '10.31.9.5',
    product: 'acs_kvstore',
    metric: 'MemoryUsage',
    expression: '$Average >= 85',
    value: '88.9',
    unit: '%',
    level: 'WARN',
    region: shanghai,
    minutesAgo: 18,
  },
  {
    rule: 'Search replica lag',
    host: 'search-replica-3',
    address: '10.20.6.33',
    product: 'acs_mongodb',
    metric: 'ReplicationLag',
    expression: '$Maximum > 30',
    value: '74',
    unit: 's',
    level: 'WARN',
    region: singapore,
    minutesAgo: 25,
  },
  {
    rule: 'Queue worker free memory low',
    host: 'queue-worker-11',
    address: '10.20.2.111',
    product: 'acs_ecs',
    metric: 'memory_freespace',
    expression: '$Average <= 2147483648',
    value: '1610612736',
    unit: 'B',
    level: 'WARN',
    region: singapore,
    minutesAgo: 31,
    state: 'INSUFFICIENT_DATA',
  },
  {
    rule: '日志盘使用率提示',
    host: 'log-collector-01',
    address: '10.31.3.8',
    product: 'acs_ecs',
    metric: 'diskusage_utilization',
    expression: '$Average >= 70',
    value: '72.5',
    unit: '%',
    level: 'INFO',
    region: hangzhou,
    minutesAgo: 44,
  },
];

/** Over again by the time the pictures are taken. */
const over: readonly Threshold[] = [
  {
    rule: 'NAT gateway sessions',
    host: 'nat-sg-1',
    address: '10.20.0.2',
    product: 'acs_nat_gateway',
    metric: 'SessionActiveConnection',
    expression: '$Maximum >= 900000',
    value: '934112',
    unit: 'Count',
    level: 'WARN',
    region: singapore,
    minutesAgo: 52,
  },
  {
    rule: '登录服务响应时间',
    host: 'login-api-01',
    address: '10.31.5.14',
    product: 'acs_slb_dashboard',
    metric: 'Rt',
    expression: '$Average > 800',
    value: '1240',
    unit: 'ms',
    level: 'CRITICAL',
    region: hangzhou,
    minutesAgo: 58,
  },
];

/** The night so far, oldest first. `now` in epoch ms. */
export function nightShift(now: number): readonly Post[] {
  const ended = over.flatMap((one) => [
    callback(one, now),
    callback({ ...one, state: 'OK', minutesAgo: one.minutesAgo - 21 }, now),
  ]);
  const firing = thresholds.map((one) => callback(one, now));
  const [disk] = thresholds;
  const repeats =
    disk === undefined
      ? []
      : [2, 1].map((minutesAgo) => callback({ ...disk, minutesAgo, value: `${98.9 - minutesAgo}` }, now));
  return [...ended, ...firing, ...repeats, clusterAlarm(now), ...scripts].toSorted(
    (a, b) => b.minutesAgo - a.minutesAgo,
  );
}

/** As many alerts at once as a failed switch makes. */
export function storm(now: number, count: number): readonly Post[] {
  return Array.from({ length: count }, (_, at) =>
    callback(
      {
        rule: 'Host unreachable',
        host: `rack-14-node-${String(at + 1).padStart(3, '0')}`,
        address: `10.44.14.${at + 1}`,
        product: 'acs_ecs',
        metric: 'agent_heartbeat',
        expression: '$Minimum < 1',
        value: '0',
        unit: 'count',
        level: at % 9 === 0 ? 'CRITICAL' : 'WARN',
        region: singapore,
        minutesAgo: 0,
      },
      now,
    ),
  );
}

function callback(one: Threshold, now: number): Post {
  const { state = 'ALERT' } = one;
  const seed = createHash('sha256').update(`${one.rule} ${one.host}`).digest('hex');
  const instanceId = `i-${seed.slice(0, 20)}`;
  const userId = '1000200030004000';
  const fields = {
    alertName: one.rule,
    ruleId: `uuid_${seed.slice(20, 60)}`,
    metricName: one.metric,
    rawMetricName: one.metric,
    metricProject: one.product,
    namespace: one.product,
    expression: one.expression,
    curValue: state === 'INSUFFICIENT_DATA' ? 'null' : state === 'OK' ? '1.2' : one.value,
    unit: one.unit,
    triggerLevel: state === 'OK' ? 'OK' : one.level,
    preTriggerLevel: state === 'OK' ? one.level : 'null',
    alertState: state,
    lastTime: '1分钟',
    instanceName: `${one.host}/${one.address}`,
    dimensions: `{instanceId=${instanceId}, userId=${userId}}`,
    userId,
    regionId: one.region[0],
    regionName: one.region[1],
    timestamp: String(now - one.minutesAgo * 60_000),
  };
  return {
    to: 'cloudmonitor',
    minutesAgo: one.minutesAgo,
    contentType: form,
    body: new URLSearchParams(fields).toString(),
  };
}

function clusterAlarm(now: number): Post {
  const alarm = {
    status: 'CREATED',
    sent_by: 'ClusterControl',
    alarm_id: 4711,
    cluster_id: 3,
    cluster_name: 'billing-galera',
    component_name: 'DbComponent',
    type_name: 'MySqlReplicationBroken',
    severity_name: 'ALARM_CRITICAL',
    title: 'Galera node is not synced',
    message: 'Node db-billing-2 (10.20.8.52) left the primary component.',
    recommendation: 'Check the network between the nodes, then recover the node.',
    hostname: 'db-billing-2',
    host_id: 12,
    counter: 1,
    ignored: 0,
    reported: new Date(now - 9 * 60_000).toISOString(),
  };
  return {
    to: 'clustercontrol',
    minutesAgo: 9,
    contentType: 'application/json',
    body: JSON.stringify(alarm),
  };
}

const scripts: readonly Post[] = [
  {
    to: 'universal',
    minutesAgo: 36,
    contentType: 'application/json',
    body: JSON.stringify({
      status: 'firing',
      title: 'Nightly backup failed',
      severity: 'warning',
      text: 'rsync ended with 23: some files could not be transferred',
      host: 'backup-01',
    }),
  },
  // A typing error in somebody's script: the ledger shows what became of it.
  {
    to: 'universal',
    minutesAgo: 15,
    contentType: 'application/json',
    body: JSON.stringify({ state: 'firring', subject: 'Certificate of shop.example ends in 6 days' }),
  },
];
