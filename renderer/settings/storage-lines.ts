// What the Storage section says, decided without drawing. Pure.
import type { Storage } from '../../shared/storage.ts';
import { formatBytes } from '../../shared/text/byte-text.ts';
import type { Language } from '../../shared/text/language.ts';
import { storageText } from '../../shared/text/storage-text.ts';
import { momentText } from '../controls/time-text.ts';

export interface StorageLine {
  readonly name: string;
  readonly value: string;
}

/** Free space inside the store is worth a word from here on. */
const notableFreeBytes = 1_000_000;

export function storageLines(language: Language, storage: Storage, now: number): StorageLine[] {
  const t = storageText[language];
  const count = (value: number): string => new Intl.NumberFormat(language).format(value);
  const size = (bytes: number): string => formatBytes(language, bytes);
  const moment = (at: number): string => momentText(language, at, now);
  const { bodies, alerts, backups, lastCheck } = storage;
  const [newest] = backups;
  return [
    {
      name: t.storeName,
      value: t.store(
        size(storage.databaseBytes + storage.walBytes),
        storage.freeBytes >= notableFreeBytes ? size(storage.freeBytes) : null,
      ),
    },
    {
      name: t.deliveriesName,
      value: [
        t.deliveries(count(storage.deliveries)),
        ...(bodies.oldestAt === null
          ? []
          : [t.bodies(count(bodies.count), size(bodies.bytes), moment(bodies.oldestAt))]),
      ].join(t.listJoin),
    },
    {
      name: t.alertsName,
      value: [
        t.alerts(count(alerts.unresolved), count(alerts.resolved)),
        ...(alerts.oldestAt === null ? [] : [t.since(moment(alerts.oldestAt))]),
      ].join(t.listJoin),
    },
    {
      name: t.backupsName,
      value:
        newest === undefined
          ? t.noBackup
          : t.backups(count(backups.length), moment(newest.at), size(newest.bytes)),
    },
    { name: t.diskName, value: t.disk(size(storage.diskFreeBytes)) },
    {
      name: t.checkName,
      value:
        lastCheck === null
          ? t.notChecked
          : lastCheck.result === 'ok'
            ? t.sound(moment(lastCheck.at))
            : t.damaged(moment(lastCheck.at)),
    },
  ];
}
