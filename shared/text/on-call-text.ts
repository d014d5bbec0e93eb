// On call: what a person must hear of the computer, the toasts about ourselves, the hand-over at the end of a shift, and a
// source that has gone quiet.
import type { OnCallWarning } from '../on-call.ts';
import type { Priority } from '../priority.ts';
import type { Language } from './language.ts';

const en = {
  warning: {
    'battery-low': 'The battery is at 20 % or less.',
    'on-battery': 'This computer runs on its battery, so it is not kept awake.',
    'lid-closing': 'This computer is going to sleep while critical alerts are open.',
    'network-lost': 'The network is gone while critical alerts are open.',
    'check-refused': 'The outside check does not take our call.',
  } as Readonly<Record<OnCallWarning, string>>,
  warningRemedy: {
    'battery-low': 'Plug it in: when it is empty, nothing is heard.',
    'on-battery': 'Plug it in, or see to it that it does not fall asleep.',
    'lid-closing': 'Wake it up or hand over: asleep it hears nothing.',
    'network-lost': 'Connect to a network; Tocsin notices by itself.',
    'check-refused': 'Check its address in Settings: right now nobody would notice when Tocsin is off.',
  } as Readonly<Record<OnCallWarning, string>>,
  warningTitle: 'You are on call',
  hearingAgain: (length: string) => `Hearing again after ${length}`,
  addressTitle: 'The public address has changed',
  addressNow: (url: string) => `Now: ${url}`,
  addressBefore: (url: string) => `Before: ${url}`,
  addressRemedy: 'Paste the new one wherever the old one is in use.',
  shiftOverTitle: 'Your shift is over',
  shiftOver: 'The hand-over is ready to copy.',
  openHandOver: 'Open the hand-over',
  openWindow: 'Open Tocsin',

  quietTitle: (source: string, hours: number) => `Nothing heard from ${source} for ${hours} h`,
  quietText: (since: string, everyHours: number) =>
    `Nothing came since ${since}, and something is expected every ${everyHours} h. Time in which Tocsin could not hear does not count.`,
  quietTextNever: (since: string, everyHours: number) =>
    `Nothing ever came since it was added, ${since}, and something is expected every ${everyHours} h. Time in which Tocsin could not hear does not count.`,

  handOver: {
    title: (from: string, to: string) => `Hand-over: ${from} – ${to}`,
    open: (n: string) => `Open and not acknowledged (${n})`,
    acknowledged: (n: string) => `Acknowledged (${n})`,
    snoozed: (n: string) => `Snoozed, will return (${n})`,
    noisy: 'Noisiest problems of the shift',
    listening: 'When nobody was listening',
    none: 'None.',
    more: (n: string) => `… and ${n} more`,
    priority: { critical: 'Critical', medium: 'Medium', low: 'Low' } as Readonly<Record<Priority, string>>,
    since: (when: string) => `since ${when}`,
    acknowledgedFor: (length: string) => `acknowledged ${length} ago`,
    returns: (when: string) => `returns ${when}`,
    note: (text: string) => `note: ${text}`,
    times: (n: string) => `${n} times`,
    covered: (percent: string, span: string) => `Listening ${percent} of ${span}.`,
    coveredSince: (percent: string, since: string) =>
      `Listening ${percent} of the time since ${since}; nothing is known of the time before.`,
    notKnown: 'Nothing is known: the ledger was not kept yet.',
    gap: (from: string, to: string, length: string, cause: string) => `${from} – ${to} (${length}): ${cause}`,
    gapLasts: (from: string, length: string, cause: string) => `${from} until now (${length}): ${cause}`,
    andThen: ', then: ',
  },
};
export type OnCallText = typeof en;

const zh: OnCallText = {
  warning: {
    'battery-low': '电池电量不高于 20 %。',
    'on-battery': '电脑正在使用电池，因此没有保持唤醒。',
    'lid-closing': '电脑即将睡眠，但仍有未结的严重告警。',
    'network-lost': '网络已断开，但仍有未结的严重告警。',
    'check-refused': '外部检查没有接受我们的请求。',
  },
  warningRemedy: {
    'battery-low': '请接通电源：电量耗尽后收不到任何告警。',
    'on-battery': '请接通电源，或确保电脑不会睡眠。',
    'lid-closing': '请唤醒电脑或交接：睡眠时收不到告警。',
    'network-lost': '请连接网络，Tocsin 会自动发现。',
    'check-refused': '请在设置中检查其地址：目前 Tocsin 停止时没有人会发现。',
  },
  warningTitle: '您正在值班',
  hearingAgain: (length) => `中断 ${length}后恢复接收`,
  addressTitle: '公网地址已更改',
  addressNow: (url) => `现在：${url}`,
  addressBefore: (url) => `之前：${url}`,
  addressRemedy: '请在所有使用旧地址的地方填入新地址。',
  shiftOverTitle: '值班已结束',
  shiftOver: '交接内容已备好，可以复制。',
  openHandOver: '打开交接内容',
  openWindow: '打开 Tocsin',

  quietTitle: (source, hours) => `${source} 已 ${hours} 小时没有消息`,
  quietText: (since, everyHours) =>
    `自 ${since} 起没有收到任何消息，而预期每 ${everyHours} 小时至少一次。Tocsin 无法接收的时间不计算在内。`,
  quietTextNever: (since, everyHours) =>
    `自 ${since} 添加以来从未收到消息，而预期每 ${everyHours} 小时至少一次。Tocsin 无法接收的时间不计算在内。`,

  handOver: {
    title: (from, to) => `交接：${from} – ${to}`,
    open: (n) => `未确认（${n}）`,
    acknowledged: (n) => `已确认（${n}）`,
    snoozed: (n) => `已暂缓，将再次提醒（${n}）`,
    noisy: '本班最频繁的问题',
    listening: '无人接听的时间',
    none: '无。',
    more: (n) => `……另有 ${n} 条`,
    priority: { critical: '严重', medium: '中等', low: '低' },
    since: (when) => `始于 ${when}`,
    acknowledgedFor: (length) => `${length}前确认`,
    returns: (when) => `${when} 再次提醒`,
    note: (text) => `备注：${text}`,
    times: (n) => `${n} 次`,
    covered: (percent, span) => `${span}中有 ${percent} 的时间在接收。`,
    coveredSince: (percent, since) => `自 ${since} 起有 ${percent} 的时间在接收；此前情况未知。`,
    notKnown: '情况未知：当时还没有记录。',
    gap: (from, to, length, cause) => `${from} – ${to}（${length}）：${cause}`,
    gapLasts: (from, length, cause) => `${from} 至今（${length}）：${cause}`,
    andThen: '，随后：',
  },
};

export const onCallText: Readonly<Record<Language, OnCallText>> = { en, 'zh-CN': zh };
