// What the store needs while the app runs: retention and salvage in small steps, a backup a day, a check, its figures.
import type { StoreNews } from '../shared/notice.ts';
import type { Storage } from '../shared/storage.ts';
import type { Retention } from './alerts/retention.ts';
import { backupBytes, freeBytes } from './data-folder.ts';
import { isBackupDue, listBackups } from './database/backups.ts';
import type { Notices } from './database/notices.ts';
import { type Numbers, numbersIn, writeNumbers } from './database/number-file.ts';
import { isDamage, isStorageTrouble, type Store } from './database/open-database.ts';
import { Salvage } from './database/salvage.ts';
import type { StoreFigures } from './database/store-figures.ts';
import { StoreJobFailure, StoreJobs } from './database/store-jobs.ts';
import type { Logger } from './log.ts';
import { Repeated } from './repeated.ts';

const secondMs = 1000;
const minuteMs = 60_000;
/** Between two steps of a few milliseconds: nobody waits for either, and salvage matters more. */
const salvagePauseMs = 20;
const retentionPauseMs = 100;
/** How long figures stand before they are taken anew. */
const figuresMs = 10_000;

export interface StoreCareParts {
  readonly dataDir: string;
  readonly db: Store;
  readonly now: () => number;
  readonly notices: Notices;
  readonly retention: Retention;
  /** False: the store was too large to be checked at the start. */
  readonly isChecked: boolean;
  /** The file is damaged; everything here stops soon after. */
  readonly onDamage: (why: unknown) => void;
  /** The notices have changed. */
  readonly onNews: () => void;
  readonly onFault: (error: unknown) => void;
  readonly log: Logger;
}

export class StoreCare {
  readonly #parts: StoreCareParts;
  readonly #jobs = new StoreJobs();
  readonly #salvage: Salvage;
  readonly #startedAt: number;
  readonly #repeated: readonly Repeated[];
  #isSalvaged = false;
  #pause: NodeJS.Timeout | null = null;
  #isStopped = false;
  #isBackingUp = false;
  #backupFailedAt: number | null = null;
  #lastCheck: Storage['lastCheck'] = null;
  #written: Numbers | null = null;
  #figures: { readonly at: number; readonly taken: Promise<StoreFigures> } | null = null;

  constructor(parts: StoreCareParts) {
    const { dataDir, db, now, onFault } = parts;
    this.#parts = parts;
    this.#salvage = new Salvage(db, dataDir);
    this.#startedAt = now();
    if (parts.isChecked) this.#lastCheck = { at: this.#startedAt, result: 'ok' };
    else void this.#check();
    this.#repeated = [
      new Repeated(secondMs, onFault, () => this.#saveNumbers()),
      new Repeated(minuteMs, onFault, () => void this.backUpWhenDue().catch(onFault)),
    ];
    this.#pause = setTimeout(() => this.#turn(), secondMs);
  }

  /** Rejects with `StoreJobFailure`. */
  async storage(): Promise<Storage> {
    const { dataDir, now } = this.#parts;
    const age = now() - (this.#figures?.at ?? 0);
    if (this.#figures === null || age < 0 || age > figuresMs) {
      const taken = this.#jobs.run({ kind: 'measure', dataDir });
      this.#figures = { at: now(), taken };
      taken.catch(() => {
        this.#figures = null;
      });
    }
    const { at, taken } = this.#figures;
    return {
      at,
      ...(await taken),
      backups: listBackups(dataDir),
      diskFreeBytes: freeBytes(dataDir),
      lastCheck: this.#lastCheck,
    };
  }

  /** Called every minute; does nothing until it is time. */
  async backUpWhenDue(): Promise<void> {
    const { dataDir, now, notices, log } = this.#parts;
    const newestAt = listBackups(dataDir).find(({ kind }) => kind === 'daily')?.at ?? null;
    const times = { startedAt: this.#startedAt, newestAt, failedAt: this.#backupFailedAt };
    // A backup may be what is being read back from.
    if (this.#isBackingUp || !this.#isSalvaged || !isBackupDue(times, now())) return;
    this.#isBackingUp = true;
    try {
      const neededBytes = backupBytes(dataDir);
      const free = freeBytes(dataDir);
      if (free < neededBytes) {
        this.#failBackup({ code: 'backup-skipped', neededBytes, freeBytes: free });
        return;
      }
      const name = await this.#jobs.run({ kind: 'backup', dataDir, at: now() });
      log.info({ name }, 'backup made');
      this.#lastCheck = { at: now(), result: 'ok' };
      const had = [notices.dismiss('backup-skipped'), notices.dismiss('backup-failed')];
      if (had.includes(true)) this.#parts.onNews();
    } catch (error) {
      if (!(error instanceof StoreJobFailure)) throw error;
      if (error.trouble === 'stopped') return;
      this.#failBackup({ code: 'backup-failed', why: error.message });
      // A copy that is not sound comes from a store that is not, or from the disk it was written to.
      if (error.trouble !== 'storage') await this.#check();
    } finally {
      this.#isBackingUp = false;
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#pause !== null) clearTimeout(this.#pause);
    for (const repeated of this.#repeated) repeated.stop();
    this.#saveNumbers();
    this.#salvage.close();
    await this.#jobs.stop();
  }

  #failBackup(news: StoreNews): void {
    const { now, notices, onNews, log } = this.#parts;
    this.#backupFailedAt = now();
    log.error(news, 'no backup');
    notices.raise(news, now());
    onNews();
  }

  async #check(): Promise<void> {
    const { dataDir, now, onDamage, onFault } = this.#parts;
    try {
      const check = await this.#jobs.run({ kind: 'check', dataDir });
      this.#lastCheck = { at: now(), result: check.result };
      if (check.result === 'damaged') onDamage(check.why);
    } catch (error) {
      if (!(error instanceof StoreJobFailure && error.trouble === 'stopped')) onFault(error);
    }
  }

  #turn(): void {
    let pauseMs = minuteMs;
    try {
      if (this.#readBack()) pauseMs = salvagePauseMs;
      else if (this.#parts.retention.step(this.#parts.now())) pauseMs = retentionPauseMs;
    } catch (error) {
      // A full disk makes it wait; what is there stays as it is.
      if (isDamage(error)) this.#parts.onDamage(error);
      else if (!isStorageTrouble(error)) this.#parts.onFault(error);
    }
    if (!this.#isStopped) this.#pause = setTimeout(() => this.#turn(), pauseMs);
  }

  /** False when there is nothing to read back, or nothing more. */
  #readBack(): boolean {
    if (this.#isSalvaged) return false;
    if (this.#salvage.step()) return true;
    this.#isSalvaged = true;
    const { notices, onNews, log } = this.#parts;
    const { lost } = this.#salvage;
    for (const { at, news } of notices.list()) {
      if (!('reading' in news) || !news.reading) continue;
      const done: StoreNews =
        news.code === 'store-salvaged'
          ? { ...news, reading: false, lost: Math.max(news.lost, lost) }
          : { ...news, reading: false };
      log.info(done, 'read back');
      notices.raise(done, at);
      onNews();
    }
    return false;
  }

  /** They matter only when the store is worse off; a disk that does not take them now may do so in a second. */
  #saveNumbers(): void {
    try {
      const numbers = numbersIn(this.#parts.db);
      const before = this.#written;
      if (before !== null && numbers.delivery === before.delivery && numbers.revision === before.revision)
        return;
      writeNumbers(this.#parts.dataDir, numbers);
      this.#written = numbers;
    } catch {
      this.#written = null;
    }
  }
}
