// Invented alerts for drawing and testing the window. `now` is epoch ms; everything is relative to it.
import type { Alert, AlertId, Delivery, Entry } from '../../shared/alert.ts';
import type { DeliveryDetail } from '../../shared/bridge.ts';

const minute = 60_000;
const hour = 60 * minute;

/** An ordinary open alert, to be varied. */
export function fakeAlert(number: number, now: number, changes: Partial<Alert> = {}): Alert {
  const id: AlertId = `A${number}`;
  return {
    id,
    sourceId: 'cm-main',
    sourceKind: 'cloudmonitor',
    sourceName: 'CloudMonitor',
    key: `cloudmonitor:1:1000000000000000:rule-${number}:instanceId=i-demo${number}`,
    state: 'open',
    priority: 'medium',
    level: 'WARN',
    noData: false,
    title: `Disk usage high on app-${number}`,
    text: `Disk usage of app-${number} is 88 %, over its limit of 85 %.`,
    resource: `app-${number}`,
    value: '88 %',
    condition: 'Average >= 85 %',
    labels: { instanceId: `i-demo${number}`, metric: 'diskusage_utilization' },
    links: [],
    count: 1,
    deliveries: 1,
    episode: 1,
    openedAt: now - 10 * minute,
    lastEventAt: now - 10 * minute,
    acknowledgedAt: null,
    acknowledgeNote: null,
    snoozedUntil: null,
    resolvedAt: null,
    resolvedBy: null,
    ...changes,
  };
}

/** Twelve alerts of every priority and place, long and short, Latin and Chinese. */
export function fakeAlerts(now: number): readonly Alert[] {
  return [
    fakeAlert(41, now, {
      priority: 'critical',
      level: 'CRITICAL',
      title: 'Memory almost full on orders-db-3',
      text: 'Memory usage of orders-db-3 (i-demo41) in Frankfurt is 97.4 %, average over 5 minutes; the rule fires at 95 %.',
      resource: 'orders-db-3 / 10.12.4.31',
      value: '97.4 %',
      condition: 'Average >= 95 %',
      labels: {
        instanceId: 'i-demo41',
        region: 'eu-central-1',
        metric: 'memory_usedutilization',
        project: 'acs_ecs_dashboard',
        team: 'payments',
      },
      links: [
        { label: 'Console', url: 'https://console.example.com/alerts/41', host: 'console.example.com' },
        {
          label: 'Runbook: memory on the order databases',
          url: 'https://wiki.example.org/runbooks/memory',
          host: 'wiki.example.org',
        },
      ],
      count: 4,
      deliveries: 6,
      episode: 3,
      openedAt: now - 3 * minute,
      lastEventAt: now - 1 * minute,
    }),
    fakeAlert(40, now, {
      priority: 'critical',
      level: 'CRITICAL',
      title: '支付网关 5xx 错误率过高',
      text: '华东 1（杭州）支付网关 5xx 错误率为 12.6%，超过阈值 5%，已持续 14 分钟。',
      resource: 'pay-gateway-hz / 端口 443',
      value: '12.6%',
      condition: '最大值 > 5%',
      labels: { 实例: 'lb-demo40', 端口: '443', 地域: 'cn-hangzhou' },
      count: 2,
      openedAt: now - 14 * minute,
      sourceId: 'cm-cn',
      sourceName: '云监控（中国站）',
    }),
    fakeAlert(39, now, {
      title:
        'Disk usage high on build-agent-17, volume /var/lib/containers, which holds images, layers and caches',
      resource: 'build-agent-17.internal.eu-central-1.example.com / /dev/vdb1',
      condition: 'Average >= 85 %, three periods of five minutes in a row',
      openedAt: now - 25 * minute,
      count: 17,
    }),
    fakeAlert(38, now, {
      title: 'No data from edge-proxy-2',
      noData: true,
      level: null,
      value: null,
      condition: 'Value >= 1',
      resource: 'edge-proxy-2',
      openedAt: now - 42 * minute,
    }),
    fakeAlert(37, now, {
      priority: 'low',
      level: 'INFO',
      title: 'Certificate of shop.example.com expires in 20 days',
      resource: 'shop.example.com',
      value: '20 days',
      condition: 'Value <= 21 days',
      openedAt: now - 3 * hour,
    }),
    fakeAlert(36, now, {
      priority: 'low',
      level: 'INFO',
      title: '备份任务耗时变长',
      resource: 'rds-demo36',
      value: '94 分钟',
      condition: '最大值 > 90 分钟',
      openedAt: now - 26 * hour,
      sourceId: 'cm-cn',
      sourceName: '云监控（中国站）',
    }),
    fakeAlert(35, now, {
      state: 'acknowledged',
      priority: 'critical',
      level: 'CRITICAL',
      title: 'Replication lag on orders-db-2',
      resource: 'orders-db-2',
      value: '312 s',
      condition: 'Maximum > 60 s',
      openedAt: now - 55 * minute,
      acknowledgedAt: now - 50 * minute,
      acknowledgeNote: 'Restarting the replica, see ticket 8123.',
      count: 9,
    }),
    fakeAlert(34, now, {
      state: 'acknowledged',
      title: 'Queue length of mailer above normal',
      resource: 'mailer',
      value: '18,204',
      condition: 'Average > 10,000',
      openedAt: now - 5 * hour,
      acknowledgedAt: now - 4 * hour,
    }),
    fakeAlert(33, now, {
      state: 'open',
      title: 'CPU high on report-worker-1',
      resource: 'report-worker-1',
      value: '99 %',
      condition: 'Average > 90 %',
      openedAt: now - 2 * hour,
      snoozedUntil: now + 70 * minute,
    }),
    fakeAlert(32, now, {
      state: 'acknowledged',
      priority: 'low',
      level: 'INFO',
      title: 'Snapshot quota at 80 %',
      resource: 'eu-central-1',
      value: '80 %',
      condition: 'Value >= 80 %',
      openedAt: now - 3 * 24 * hour,
      acknowledgedAt: now - 2 * 24 * hour,
      snoozedUntil: now + 16 * hour,
    }),
    fakeAlert(31, now, {
      state: 'resolved',
      priority: 'critical',
      level: 'CRITICAL',
      title: 'Checkout latency above 2 s',
      resource: 'checkout',
      value: '0.4 s',
      condition: 'P95 > 2 s',
      openedAt: now - 8 * hour,
      resolvedAt: now - 7.6 * hour,
      resolvedBy: 'recovery',
      count: 3,
    }),
    fakeAlert(30, now, {
      state: 'resolved',
      title: 'Disk usage high on app-30',
      openedAt: now - 30 * hour,
      resolvedAt: now - 20 * hour,
      resolvedBy: 'user',
    }),
  ];
}

/** Many open alerts for the virtual list. */
export function manyFakeAlerts(count: number, now: number): readonly Alert[] {
  return Array.from({ length: count }, (_, index) =>
    fakeAlert(index + 1, now, {
      priority: index % 10 === 0 ? 'critical' : index % 3 === 0 ? 'low' : 'medium',
      openedAt: now - (index + 1) * 20_000,
      count: (index % 5) + 1,
    }),
  );
}

/** A timeline with every kind of reason. */
export function fakeTimeline(alert: Alert): readonly Entry[] {
  const entry = (after: number, kind: Entry['kind'], reason: string, text = '', times = 1): Entry => ({
    at: alert.openedAt + after,
    kind,
    text,
    reason,
    times,
    lastAt: alert.openedAt + after + (times - 1) * 20_000,
  });
  return [
    entry(0, 'opened', 'opened'),
    entry(40, 'notified', 'opened', 'freedesktop'),
    entry(60_000, 'repeated', 'repeat', '', 3),
    entry(60_010, 'withheld', 'repeat', '', 3),
    entry(90_000, 'noted', 'note', 'Looks like the nightly import again.\nAsked the data team.'),
    entry(90_010, 'withheld', 'note'),
    ...(alert.acknowledgedAt === null ? [] : [entry(100_000, 'acknowledged', 'acknowledged-by-user')]),
    ...(alert.resolvedAt === null ? [] : [entry(alert.resolvedAt - alert.openedAt, 'resolved', 'recovered')]),
  ];
}

export function fakeDeliveries(alert: Alert): readonly Delivery[] {
  return [2, 1, 0].map((index) => ({
    id: `D${1000 + index}`,
    sourceId: alert.sourceId,
    receivedAt: alert.openedAt + index * 61_000,
    method: 'POST',
    contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
    remoteAddress: '127.0.0.1',
    bytes: 512 + index,
    bodyRemoved: false,
    verdict: index === 0 ? 'opened' : index === 1 ? 'repeated' : 'retry',
    reason: '',
    alertIds: [alert.id],
  }));
}

/** The newest delivery of an alert as `getDelivery` answers it. */
export function fakeDeliveryDetail(alert: Alert): DeliveryDetail {
  const [delivery] = fakeDeliveries(alert);
  if (delivery === undefined) throw new Error('There is no delivery.');
  return {
    ...delivery,
    alertIds: [...delivery.alertIds],
    body: 'alertName=Memory+almost+full&alertState=ALERT&triggerLevel=CRITICAL&curValue=97.4&dimensions=%7BinstanceId%3Di-demo41%7D',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'user-agent': 'Example/1.0',
    },
    query: '',
    bodyHash: '0f'.repeat(32),
    bodyDamaged: false,
  };
}
