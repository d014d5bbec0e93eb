// The second line of a timeline entry. Stored as data, so that it speaks the language of whoever reads it.
import type { Entry } from '../alert.ts';
import type { Language } from './language.ts';
import type { ReasonName } from './reason-text.ts';

/** `3/1200` as `alerts/lifecycle.ts` writes it: third time in seven days, 1200 s after the last one was over. */
const history = /^(\d{1,4})\/(\d{1,12})$/;
const ordinalEnding: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** A sentence for the entry's text; notes, levels and errors are shown as they are. */
export function entryText(language: Language, entry: Pick<Entry, 'kind' | 'text' | 'reason'>): string {
  const match = entry.kind === 'opened' ? history.exec(entry.text) : null;
  if (match !== null) return historyText(language, Number(match[1]), Number(match[2]));
  if (entry.kind === 'snoozed') return untilText(language, entry.text);
  if (entry.kind === 'resolved' && entry.reason === 'recovered' && entry.text !== '') {
    return language === 'en' ? `Value ${entry.text}` : `当前值 ${entry.text}`;
  }
  if (entry.reason === 'closed-by-time' && /^\d{1,5}$/.test(entry.text))
    return quietForText(language, Number(entry.text));
  if (entry.kind === 'notified' && Object.hasOwn(shownBy[language], entry.text)) {
    return shownBy[language][entry.text] ?? entry.text;
  }
  return entry.text;
}

/** The presenters of main/notifications, by name. */
const shownBy: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    freedesktop: 'By the notification service of the desktop.',
    electron: 'By the notification centre of the system.',
    none: 'Decided only: there is no desktop to show it on.',
  },
  'zh-CN': {
    freedesktop: '由桌面通知服务显示。',
    electron: '由系统通知中心显示。',
    none: '仅作决定：没有可显示的桌面。',
  },
};

const silenceEn = {
  repeat: 'repeats are silent',
  'level-fell': 'a fall is silent',
  'level-changed': 'silent at the same priority',
  acknowledged: 'silent',
  snoozed: 'silent',
  'undone-by-person': 'silent: whoever did it knows',
  note: 'notes are silent',
  recovered: 'recovery is silent',
  'closed-by-user': 'silent: whoever did it knows',
  'closed-by-time': 'closing by time is silent',
  superseded: 'silent: the new episode speaks',
  'test-message': 'tests are silent',
  'low-priority': 'low priority is silent',
} as const satisfies Partial<Record<ReasonName, string>>;

/** Reasons by which a change is silent because of what it is, whenever it comes (main/notifications/decide.ts). */
export type SilenceName = keyof typeof silenceEn;

const silenceZh: Readonly<Record<SilenceName, string>> = {
  repeat: '重复上报不提醒',
  'level-fell': '级别降低不提醒',
  'level-changed': '优先级不变，不提醒',
  acknowledged: '不提醒',
  snoozed: '不提醒',
  'undone-by-person': '操作者本人知道，不提醒',
  note: '备注不提醒',
  recovered: '恢复不提醒',
  'closed-by-user': '操作者本人知道，不提醒',
  'closed-by-time': '定时关闭不提醒',
  superseded: '由新一轮告警提醒',
  'test-message': '测试不提醒',
  'low-priority': '低优先级不提醒',
};

export function isSilenceName(reason: string): reason is SilenceName {
  return Object.hasOwn(silenceEn, reason);
}

/** Stands behind the entry that it is about. */
export function silenceText(language: Language, name: SilenceName): string {
  return language === 'en' ? silenceEn[name] : silenceZh[name];
}

function historyText(language: Language, time: number, secondsAgo: number): string {
  const ago = agoText(language, secondsAgo);
  if (language === 'zh-CN') return `7 天内第 ${time} 次，上一次结束于${ago}`;
  const ending = ordinalEnding[new Intl.PluralRules('en', { type: 'ordinal' }).select(time)] ?? 'th';
  return `${time}${ending} time in 7 days, the last one was over ${ago}`;
}

function agoText(language: Language, seconds: number): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (seconds < 90) return format.format(-seconds, 'second');
  if (seconds < 90 * 60) return format.format(-Math.round(seconds / 60), 'minute');
  if (seconds < 36 * 3600) return format.format(-Math.round(seconds / 3600), 'hour');
  return format.format(-Math.round(seconds / 86_400), 'day');
}

/** The rule in minutes, as `alerts/lifecycle-actions.ts` writes it. */
function quietForText(language: Language, minutes: number): string {
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  return language === 'en'
    ? `Nothing heard for ${format.format(minutes)}`
    : `${format.format(minutes)}内没有收到消息`;
}

function untilText(language: Language, iso: string): string {
  const until = new Date(iso);
  if (Number.isNaN(until.getTime())) return iso;
  const text = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(until);
  return language === 'en' ? `Until ${text}` : `至 ${text}`;
}
