// One sentence or two for each thing that can happen to the store: what it was, what was kept, where the old file is.
import { formatBytes } from './byte-text.ts';
import type { Notice, StoreNews } from '../notice.ts';
import type { Language } from './language.ts';

type NoticeText = {
  readonly [Code in StoreNews['code']]: (news: Extract<StoreNews, { code: Code }>) => string;
};

const day = (language: Language, at: number): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
const number = (language: Language, count: number): string => new Intl.NumberFormat(language).format(count);

const alerts = (count: number): string =>
  count === 1 ? '1 unresolved alert' : `${number('en', count)} unresolved alerts`;
const oldFile = (folder: string | null): string =>
  folder === null ? '' : ` The old file is in ${folder}, in the data folder.`;

const en: NoticeText = {
  'store-salvaged': ({ folder, unresolved, reading, lost }) =>
    `The store was damaged and has been replaced: sources, settings and ${alerts(unresolved)} were kept, ${
      reading
        ? 'and older alerts and deliveries are being read back.'
        : lost === 0
          ? 'and so were older alerts and deliveries.'
          : `and older alerts and deliveries except in ${lost === 1 ? 'one place that' : `${number('en', lost)} places that`} could not be read.`
    }${oldFile(folder)}`,
  'store-restored': ({ folder, backupAt, unresolved, reading }) =>
    `The store could not be read and has been replaced from the backup of ${day('en', backupAt)}, with ${alerts(unresolved)}; what came later is lost.${
      reading ? ' Older alerts and deliveries are being read back.' : ''
    }${oldFile(folder)}`,
  'store-rebuilt': ({ folder, sources }) =>
    `The store could not be read and there was no backup: ${sources === 1 ? 'the one source keeps its address' : `the ${number('en', sources)} sources keep their addresses`}, but names, rules, settings and alerts are lost.${oldFile(folder)}`,
  'store-older': ({ missing }) =>
    `The store is older than it was: about ${number('en', missing)} of the newest deliveries are missing from it, as after a restored copy or a lost journal file.`,
  'backup-skipped': ({ neededBytes, freeBytes }) =>
    `There is no room for the daily backup: it needs ${formatBytes('en', neededBytes)} and ${formatBytes('en', freeBytes)} are free. Tocsin tries again by itself.`,
  'backup-failed': ({ why }) =>
    `A backup could not be made (${why}). Tocsin tries again by itself; the backups before it are kept.`,
};

const zhOldFile = (folder: string | null): string =>
  folder === null ? '' : `旧文件保存在数据文件夹的 ${folder} 中。`;

const zh: NoticeText = {
  'store-salvaged': ({ folder, unresolved, reading, lost }) =>
    `数据库已损坏，现已更换：来源、设置和 ${number('zh-CN', unresolved)} 条未恢复的告警已保留，${
      reading
        ? '较早的告警和请求正在找回。'
        : lost === 0
          ? '较早的告警和请求也已找回。'
          : `较早的告警和请求也已找回，但有 ${number('zh-CN', lost)} 处无法读取。`
    }${zhOldFile(folder)}`,
  'store-restored': ({ folder, backupAt, unresolved, reading }) =>
    `数据库无法读取，已用 ${day('zh-CN', backupAt)} 的备份替换，其中有 ${number('zh-CN', unresolved)} 条未恢复的告警；此后的内容已丢失。${
      reading ? '较早的告警和请求正在找回。' : ''
    }${zhOldFile(folder)}`,
  'store-rebuilt': ({ folder, sources }) =>
    `数据库无法读取，也没有备份：${number('zh-CN', sources)} 个来源的地址仍然有效，但名称、规则、设置和告警已丢失。${zhOldFile(folder)}`,
  'store-older': ({ missing }) =>
    `数据库比之前旧：最新的请求约有 ${number('zh-CN', missing)} 个不在其中，例如恢复了旧副本或丢失了日志文件。`,
  'backup-skipped': ({ neededBytes, freeBytes }) =>
    `磁盘空间不足，无法进行每日备份：需要 ${formatBytes('zh-CN', neededBytes)}，可用 ${formatBytes('zh-CN', freeBytes)}。Tocsin 会自动重试。`,
  'backup-failed': ({ why }) => `备份失败（${why}）。Tocsin 会自动重试，之前的备份仍然保留。`,
};

const noticeText: Readonly<Record<Language, NoticeText>> = { en, 'zh-CN': zh };

/** The news with its sentences for a person. */
export function noticeOf(language: Language, news: StoreNews, at: number): Notice {
  // The compiler cannot join code and facts of a union; the mapped type above has done it.
  const sentence = noticeText[language][news.code] as (facts: StoreNews) => string;
  return { code: news.code, message: sentence(news), at };
}
