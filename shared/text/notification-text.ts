import type { Language } from './language.ts';

const en = {
  acknowledge: 'Acknowledge',
  open: 'Open',
};

export const notificationText: Readonly<Record<Language, typeof en>> = {
  en,
  'zh-CN': { acknowledge: '确认', open: '打开' },
};
