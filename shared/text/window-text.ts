import type { Language } from './language.ts';

const en = {
  alerts: 'Alerts',
};

export const windowText: Readonly<Record<Language, typeof en>> = {
  en,
  'zh-CN': { alerts: '告警' },
};
