import type { Language } from './language.ts';

const en = {
  quit: 'Quit',
};

export const trayText: Readonly<Record<Language, typeof en>> = {
  en,
  'zh-CN': { quit: '退出' },
};
