import type { Priority } from '../priority.ts';
import type { Language } from './language.ts';

export interface TrayText {
  /** Joins the parts of the status line. */
  readonly statusSeparator: string;
  /** Joins counts within one part. */
  readonly countSeparator: string;
  readonly count: Readonly<
    Record<Exclude<Priority, 'low'> | 'acknowledged' | 'snoozed', (n: number) => string>
  >;
  /** Nothing of critical or medium priority is unresolved; low alerts may be. */
  readonly nothingUrgent: string;
  readonly listening: string;
  /** No way in from outside was chosen. */
  readonly listeningHere: string;
  readonly onCall: string;
  readonly onCallUntil: (time: string) => string;
  readonly onCallMenu: string;
  readonly onCallEightHours: string;
  readonly onCallUntilMorning: string;
  readonly onCallOpenEnd: string;
  readonly endOnCall: string;
  readonly starting: string;
  /** `why` is a sentence of the hearing causes, without its full stop. */
  readonly deaf: (why: string | null) => string;
  readonly lastHeard: (time: string) => string;
  readonly neverHeard: string;
  /** Toasts do not reach the screen. */
  readonly notificationsFail: string;
  readonly quietUntil: (time: string) => string;
  readonly quietMenu: string;
  readonly quietMinutes: (minutes: 30 | 120) => string;
  readonly quietUntilMorning: string;
  readonly endQuiet: string;
  readonly openApp: string;
  readonly priority: Readonly<Record<Priority, string>>;
  readonly alert: (priority: string, title: string) => string;
  readonly acknowledge: string;
  readonly show: string;
  readonly more: (n: number) => string;
  readonly acknowledgeAll: (n: number) => string;
  readonly copyWebhookUrl: string;
  readonly sendTestAlert: string;
  readonly settings: string;
  readonly quit: string;
}

const en: TrayText = {
  statusSeparator: ' · ',
  countSeparator: ', ',
  count: {
    critical: (n) => `${n} critical`,
    medium: (n) => `${n} medium`,
    acknowledged: (n) => `${n} acknowledged`,
    snoozed: (n) => `${n} snoozed`,
  },
  nothingUrgent: 'Nothing urgent',
  listening: 'listening',
  listeningHere: 'listening on this computer only',
  onCall: 'on call',
  onCallUntil: (time) => `on call until ${time}`,
  onCallMenu: 'On call',
  onCallEightHours: 'For 8 h',
  onCallUntilMorning: 'Until 09:00',
  onCallOpenEnd: 'Until I switch it off',
  endOnCall: 'End being on call',
  starting: 'starting, not listening yet',
  deaf: (why) => (why === null ? 'NOT LISTENING' : `NOT LISTENING: ${why}`),
  lastHeard: (time) => `last heard ${time}`,
  neverHeard: 'nothing heard yet',
  notificationsFail: 'NOTIFICATIONS FAIL',
  quietUntil: (time) => `quiet until ${time}`,
  quietMenu: 'Quiet for now',
  quietMinutes: (minutes) => (minutes === 30 ? 'For 30 min' : 'For 2 h'),
  quietUntilMorning: 'Until 09:00',
  endQuiet: 'End the quiet time',
  openApp: 'Open Tocsin',
  priority: { critical: 'Critical', medium: 'Medium', low: 'Low' },
  alert: (priority, title) => `${priority} · ${title}`,
  acknowledge: 'Acknowledge',
  show: 'Show',
  more: (n) => `and ${n} more`,
  acknowledgeAll: (n) => `Acknowledge all (${n})`,
  copyWebhookUrl: 'Copy webhook URL',
  sendTestAlert: 'Send test alert',
  settings: 'Settings',
  quit: 'Quit',
};

const zh: TrayText = {
  statusSeparator: ' · ',
  countSeparator: '，',
  count: {
    critical: (n) => `${n} 条严重`,
    medium: (n) => `${n} 条中等`,
    acknowledged: (n) => `${n} 条已确认`,
    snoozed: (n) => `${n} 条已暂缓`,
  },
  nothingUrgent: '没有紧要的告警',
  listening: '正在监听',
  listeningHere: '仅监听本机',
  onCall: '值班中',
  onCallUntil: (time) => `值班至 ${time}`,
  onCallMenu: '值班',
  onCallEightHours: '8 小时',
  onCallUntilMorning: '直到 09:00',
  onCallOpenEnd: '直到手动结束',
  endOnCall: '结束值班',
  starting: '正在启动，尚未监听',
  deaf: (why) => (why === null ? '未在监听' : `未在监听：${why}`),
  lastHeard: (time) => `上次收到 ${time}`,
  neverHeard: '尚未收到任何请求',
  notificationsFail: '通知无法显示',
  quietUntil: (time) => `免打扰至 ${time}`,
  quietMenu: '暂时免打扰',
  quietMinutes: (minutes) => (minutes === 30 ? '30 分钟' : '2 小时'),
  quietUntilMorning: '直到 09:00',
  endQuiet: '结束免打扰',
  openApp: '打开 Tocsin',
  priority: { critical: '严重', medium: '中等', low: '低' },
  alert: (priority, title) => `${priority} · ${title}`,
  acknowledge: '确认',
  show: '查看',
  more: (n) => `另有 ${n} 条`,
  acknowledgeAll: (n) => `全部确认 (${n})`,
  copyWebhookUrl: '复制 Webhook 地址',
  sendTestAlert: '发送测试告警',
  settings: '设置',
  quit: '退出',
};

export const trayText: Readonly<Record<Language, TrayText>> = { en, 'zh-CN': zh };
