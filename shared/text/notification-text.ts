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
}

const en: NotificationText = {
  acknowledge: 'Acknowledge',
  open: 'Open',
  priority: { critical: 'Critical', medium: 'Medium', low: 'Low' },
  title: (priority, title) => `${priority} · ${title}`,
  rise: (before, after) => `${before} → ${after}`,
  reopened: 'Closed by hand, but the source says it is still firing.',
  snoozeEnded: 'The snooze is over and it is still firing.',
  noData: 'No data',
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
};

export const notificationText: Readonly<Record<Language, NotificationText>> = { en, 'zh-CN': zh };
