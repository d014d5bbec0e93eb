// What the desktop app prints in the terminal it was started from.
import type { Language } from './language.ts';

const en = {
  listening: (url: string) => `Tocsin listens at ${url}`,
  deaf: (cause: string, remedy: string) => `Tocsin cannot hear: ${cause} ${remedy}`,
  source: (url: string) => `Webhook of your source: ${url}`,
  tryIt: (curl: string) => `Try it: ${curl}`,
  noSource: 'No source yet: the window has one click for it.',
  alreadyRunning: 'Tocsin is running already.',
  couldNotStart: (why: string) => `Tocsin could not start: ${why}`,
};

export const terminalText: Readonly<Record<Language, typeof en>> = {
  en,
  'zh-CN': {
    listening: (url) => `Tocsin 正在监听 ${url}`,
    deaf: (cause, remedy) => `Tocsin 收不到告警：${cause}${remedy}`,
    source: (url) => `来源的 Webhook 地址：${url}`,
    tryIt: (curl) => `试一试：${curl}`,
    noSource: '还没有来源：在窗口中点一下即可添加。',
    alreadyRunning: 'Tocsin 已在运行。',
    couldNotStart: (why) => `Tocsin 无法启动：${why}`,
  },
};
