// The words of the ledger of gaps: what each cause is called, and what is said once after a gap.
import type { SourceKind } from '../alert.ts';
import type { GapCause } from '../coverage.ts';
import type { GapSummary } from '../gap-summary.ts';
import type { Language } from './language.ts';

export interface CoverageText {
  /** Without a full stop, to stand in a list. */
  readonly cause: Readonly<Record<GapCause, string>>;
  readonly summaryTitle: (length: string) => string;
  readonly summarySpan: (from: string, to: string, cause: string) => string;
  /** Whether such senders try again by themselves (reference/cloudmonitor.md 1.1 and 3, oncall-features.md 0.1). */
  readonly mayHaveTried: Readonly<Record<SourceKind, (names: string) => string>>;
}

const en: CoverageText = {
  cause: {
    'listener-starting': 'Tocsin was starting',
    'listener-down': 'The webhook listener had stopped',
    'port-taken': 'Another program had the webhook port',
    'store-not-writable': 'Deliveries could not be written to disk',
    'store-damaged': 'The store was damaged',
    'never-set-up': 'No source was set up',
    'all-sources-paused': 'Every source was paused',
    'tunnel-starting': 'The tunnel was starting',
    'tunnel-down': 'The tunnel was down',
    'not-proven': 'The public address was not proven yet',
    unreachable: 'The public address could not be reached',
    'wrong-answer': 'Somebody else answered at the public address',
    'no-network': 'The computer had no network',
    asleep: 'The computer slept',
    frozen: 'Tocsin stood still',
    quit: 'Tocsin had been quit',
    updated: 'Tocsin was being updated',
    crashed: 'Tocsin had ended without a word',
    'computer-off': 'The computer was off',
  },
  summaryTitle: (length) => `Could not hear for ${length}`,
  summarySpan: (from, to, cause) => `${from} to ${to}. ${cause}.`,
  mayHaveTried: {
    cloudmonitor: (names) =>
      `CloudMonitor (${names}) tries three times and is then silent until the rule's mute period is over, 24 hours unless you changed it: look in its console for alerts of that time.`,
    clustercontrol: (names) => `ClusterControl (${names}) is not known to try again: look at its alarms.`,
    universal: (names) =>
      `Of ${names}: Alertmanager and Grafana repeat what still fires, every 4 hours unless you changed it; of PagerDuty clients and scripts nobody knows.`,
  },
};

const zh: CoverageText = {
  cause: {
    'listener-starting': 'Tocsin 正在启动',
    'listener-down': 'Webhook 监听已停止',
    'port-taken': 'Webhook 端口被其他程序占用',
    'store-not-writable': '无法将请求写入磁盘',
    'store-damaged': '数据库损坏',
    'never-set-up': '没有任何来源',
    'all-sources-paused': '所有来源都已暂停',
    'tunnel-starting': '隧道正在启动',
    'tunnel-down': '隧道断开',
    'not-proven': '公网地址尚未验证',
    unreachable: '公网地址无法访问',
    'wrong-answer': '公网地址由其他程序应答',
    'no-network': '电脑没有网络',
    asleep: '电脑处于睡眠状态',
    frozen: 'Tocsin 停顿',
    quit: 'Tocsin 已退出',
    updated: 'Tocsin 正在更新',
    crashed: 'Tocsin 意外终止',
    'computer-off': '电脑已关机',
  },
  summaryTitle: (length) => `曾有${length}收不到告警`,
  summarySpan: (from, to, cause) => `${from} 至 ${to}：${cause}。`,
  mayHaveTried: {
    cloudmonitor: (names) =>
      `云监控（${names}）重试三次后不再发送，直到规则的通道沉默周期结束（默认 24 小时）：请到其控制台查看这段时间的告警。`,
    clustercontrol: (names) => `ClusterControl（${names}）是否重试未知：请查看其告警列表。`,
    universal: (names) =>
      `${names}：Alertmanager 和 Grafana 会重复发送仍在触发的告警（默认每 4 小时一次）；PagerDuty 客户端和脚本是否重试未知。`,
  },
};

export const coverageText: Readonly<Record<Language, CoverageText>> = { en, 'zh-CN': zh };

/** What is said once after a gap: a title, and lines that each stand alone. Times are those of this computer. */
export function gapSummaryText(
  language: Language,
  { startedAt, endedAt, cause, missed }: GapSummary,
): { readonly title: string; readonly lines: readonly string[] } {
  const t = coverageText[language];
  const comma = language === 'en' ? ', ' : '、';
  return {
    title: t.summaryTitle(gapLengthText(language, endedAt - startedAt)),
    lines: [
      t.summarySpan(...spanText(language, startedAt, endedAt), t.cause[cause]),
      ...missed.map((one) => t.mayHaveTried[one.kind](one.names.join(comma))),
    ],
  };
}

const secondMs = 1000;
const steps = [
  ['day', 86_400 * secondMs],
  ['hour', 3600 * secondMs],
  ['minute', 60 * secondMs],
  ['second', secondMs],
] as const;

/** `4 hr 30 min`: the two largest units that are not nothing, cut off and never rounded up; `<1 sec` for less. */
export function gapLengthText(language: Language, lengthMs: number): string {
  const first = steps.findIndex(([, ms]) => lengthMs >= ms);
  if (first === -1) return `<${unitText(language, 'second', 1)}`;
  let rest = lengthMs;
  const parts: string[] = [];
  for (const [unit, ms] of steps.slice(first, first + 2)) {
    const count = Math.floor(rest / ms);
    rest -= count * ms;
    if (count > 0) parts.push(unitText(language, unit, count));
  }
  return parts.join(language === 'en' ? ' ' : '');
}

function unitText(language: Language, unit: 'day' | 'hour' | 'minute' | 'second', count: number): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

/** The day is named where it is not the same one. */
function spanText(language: Language, from: number, to: number): [string, string] {
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
  const whole = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const isOneDay = new Date(from).toDateString() === new Date(to).toDateString();
  return [whole.format(from), (isOneDay ? clock : whole).format(to)];
}
