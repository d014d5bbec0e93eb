// The words of the Storage section. Numbers, sizes and times come in as text.
import type { Language } from './language.ts';

const en = {
  storage: 'Storage',
  storeName: 'Store',
  store: (size: string, free: string | null) =>
    free === null ? size : `${size}, ${free} of it free for what comes next`,
  deliveriesName: 'Deliveries',
  deliveries: (count: string) => `${count} kept`,
  bodies: (count: string, size: string, oldest: string) =>
    `${count} of them with their bodies (${size}), the oldest from ${oldest}`,
  alertsName: 'Alerts',
  alerts: (unresolved: string, resolved: string) => `${unresolved} unresolved, ${resolved} resolved`,
  since: (oldest: string) => `the oldest of ${oldest}`,
  backupsName: 'Backups',
  backups: (count: string, newest: string, size: string) => `${count}, the newest of ${newest} (${size})`,
  noBackup: 'None yet; the first is made a few minutes after the start.',
  diskName: 'Disk',
  disk: (free: string) => `${free} free`,
  checkName: 'Last check',
  sound: (when: string) => `Sound, ${when}`,
  damaged: (when: string) => `Damaged, ${when}`,
  notChecked: 'Under way',
  listJoin: '; ',
  rule: 'Bodies are kept for 30 days, deliveries and resolved alerts for a year, unresolved alerts always.',
  measuring: 'Measuring…',
};

const zh: typeof en = {
  storage: '存储',
  storeName: '数据库',
  store: (size, free) => (free === null ? size : `${size}，其中 ${free} 可供后续使用`),
  deliveriesName: '请求',
  deliveries: (count) => `保留 ${count} 个`,
  bodies: (count, size, oldest) => `其中 ${count} 个保留请求体（${size}），最早的来自 ${oldest}`,
  alertsName: '告警',
  alerts: (unresolved, resolved) => `${unresolved} 条未恢复，${resolved} 条已恢复`,
  since: (oldest) => `最早的来自 ${oldest}`,
  backupsName: '备份',
  backups: (count, newest, size) => `${count} 份，最新一份来自 ${newest}（${size}）`,
  noBackup: '尚无备份；启动几分钟后会进行第一次备份。',
  diskName: '磁盘',
  disk: (free) => `可用 ${free}`,
  checkName: '最近检查',
  sound: (when) => `完好，${when}`,
  damaged: (when) => `已损坏，${when}`,
  notChecked: '正在检查',
  listJoin: '；',
  rule: '请求体保留 30 天，请求和已恢复的告警保留一年，未恢复的告警始终保留。',
  measuring: '正在统计…',
};

export type StorageText = typeof en;

export const storageText: Readonly<Record<Language, StorageText>> = { en, 'zh-CN': zh };
