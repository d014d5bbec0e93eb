import type { Priority } from '../priority.ts';
import type { Language } from './language.ts';

export interface NotificationText {
  readonly acknowledge: string;
  readonly open: string;
  /** First word of a title. */
  readonly priority: Readonly<Record<Priority, string>>;
  readonly title: (priority: string, title: string) => string;
  /** Both are the sender's own level words, or ours where it gave none. */
  readonly rise: (before: string, after: string) => string;
  readonly reopened: string;
  readonly snoozeEnded: string;
  readonly noData: string;
  /** Of a critical alert that nobody has acknowledged; whole minutes since it became so. */
  readonly reminder: (minutes: number) => string;
  /** Instead of a title, where details are hidden. */
  readonly oneAlert: string;
  /** Title of the toast that stands for several alerts. */
  readonly summary: (open: Readonly<Record<Exclude<Priority, 'low'>, number>>) => string;
  /** Why the summary is there, first line of its body. */
  readonly summaryLead: Readonly<Record<SummaryLead, string>>;
  readonly acknowledgeAll: (n: number) => string;
  readonly openList: string;
  readonly deafTitle: string;
}

/**
 * `storm`: too many at once for a toast each. `restart`, `wake`, `desktop-back` (of the notification service), `quiet-over`:
 * what is still open is said once. `reminder`: nobody has acknowledged.
 */
export type SummaryLead = 'storm' | 'restart' | 'wake' | 'desktop-back' | 'quiet-over' | 'reminder';

const en: NotificationText = {
  acknowledge: 'Acknowledge',
  open: 'Open',
  priority: { critical: 'Critical', medium: 'Medium', low: 'Low' },
  title: (priority, title) => `${priority} · ${title}`,
  rise: (before, after) => `${before} → ${after}`,
  reopened: 'Closed by hand, but the source says it is still firing.',
  snoozeEnded: 'The snooze is over and it is still firing.',
  noData: 'No data',
  reminder: (minutes) => `Still open after ${minutes} min, not acknowledged.`,
  oneAlert: '1 alert',
  summary: ({ critical, medium }) =>
    `${critical + medium} open: ${[
      critical > 0 ? `${critical} critical` : '',
      medium > 0 ? `${medium} medium` : '',
    ]
      .filter((part) => part !== '')
      .join(', ')}`,
  summaryLead: {
    storm: 'Many at once.',
    restart: 'Tocsin has just started.',
    wake: 'This computer was asleep.',
    'desktop-back': 'Notifications work again.',
    'quiet-over': 'The quiet time is over.',
    reminder: 'Still not acknowledged.',
  },
  acknowledgeAll: (n) => (n === 1 ? 'Acknowledge' : `Acknowledge all ${n}`),
  openList: 'Open the list',
  deafTitle: 'Tocsin cannot hear',
};

const zh: NotificationText = {
  acknowledge: '确认',
  open: '打开',
  priority: { critical: '严重', medium: '中等', low: '低' },
  title: (priority, title) => `${priority} · ${title}`,
  rise: (before, after) => `${before} → ${after}`,
  reopened: '已手动关闭，但来源表示仍在告警。',
  snoozeEnded: '暂缓已结束，仍在告警。',
  noData: '无数据',
  reminder: (minutes) => `已 ${minutes} 分钟未确认，仍在告警。`,
  oneAlert: '1 条告警',
  summary: ({ critical, medium }) =>
    `${critical + medium} 条未确认：${[
      critical > 0 ? `${critical} 条严重` : '',
      medium > 0 ? `${medium} 条中等` : '',
    ]
      .filter((part) => part !== '')
      .join('，')}`,
  summaryLead: {
    storm: '短时间内告警过多。',
    restart: 'Tocsin 刚刚启动。',
    wake: '电脑刚从睡眠中唤醒。',
    'desktop-back': '通知已恢复。',
    'quiet-over': '免打扰时段已结束。',
    reminder: '仍未确认。',
  },
  acknowledgeAll: (n) => (n === 1 ? '确认' : `全部确认 (${n})`),
  openList: '打开列表',
  deafTitle: 'Tocsin 听不到告警',
};

export const notificationText: Readonly<Record<Language, NotificationText>> = { en, 'zh-CN': zh };
