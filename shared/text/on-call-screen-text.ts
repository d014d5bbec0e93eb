// What the window says of the on-call switch. Its warnings have their words in on-call-text.ts.
import type { Language } from './language.ts';

const en = {
  onCall: 'On call',
  offCall: 'Not on call',
  onCallUntil: (when: string) => `On call until ${when}`,
  warned: (words: string, n: number) => `${words}, ${n === 1 ? '1 warning' : `${n} warnings`}`,
  menu: 'On call',
  goOn: 'Go on call',
  change: 'Change the end',
  choose: 'Until when?',
  until: {
    hours8: 'For 8 hours',
    nine: 'Until 09:00',
    days7: 'For 7 days',
    open: 'Until I switch it off',
  },
  switchOff: 'Switch off',
  since: (when: string) => `Since ${when}.`,
  ends: (when: string) => `Until ${when}, then it ends by itself.`,
  endsByHand: 'It lasts until you switch it off.',
  keptAwake: 'This computer is kept awake.',
  notKeptAwake: 'This computer is not kept awake: it may fall asleep by itself.',
  what: 'While you are on call Tocsin keeps this computer awake on mains, proves its public address every minute, and warns you of a low battery, a closing lid and a lost network. At the end it has the hand-over ready.',
};
export type OnCallScreenText = typeof en;

const zh: OnCallScreenText = {
  onCall: '值班中',
  offCall: '未值班',
  onCallUntil: (when) => `值班至 ${when}`,
  warned: (words, n) => `${words}，${n} 条提醒`,
  menu: '值班',
  goOn: '开始值班',
  change: '更改结束时间',
  choose: '到什么时候？',
  until: {
    hours8: '8 小时',
    nine: '到 09:00',
    days7: '7 天',
    open: '直到手动关闭',
  },
  switchOff: '结束值班',
  since: (when) => `开始于 ${when}。`,
  ends: (when) => `到 ${when} 自动结束。`,
  endsByHand: '在您手动关闭之前一直有效。',
  keptAwake: '电脑保持唤醒。',
  notKeptAwake: '电脑没有保持唤醒，可能会自动睡眠。',
  what: '值班期间，Tocsin 在接通电源时让电脑保持唤醒，每分钟验证一次公网地址，并在电量低、合上盖子或断网时提醒您。结束时备好交接内容。',
};

export const onCallScreenText: Readonly<Record<Language, OnCallScreenText>> = { en, 'zh-CN': zh };
