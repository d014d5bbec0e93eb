// A thread of its own for what reads the whole store: it checks, copies or counts once, answers and ends.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { makeBackup } from './backups.ts';
import { isDamage, isStorageTrouble } from './open-database.ts';
import { checkStore } from './store-check.ts';
import { measureStore } from './store-figures.ts';
import type { StoreAnswer, StoreJob } from './store-jobs.ts';

async function work(job: StoreJob): Promise<unknown> {
  const path = join(job.dataDir, 'tocsin.db');
  switch (job.kind) {
    case 'check':
      return checkStore(path);
    case 'measure':
      return measureStore(path);
    case 'backup':
      return makeBackup(job.dataDir, job.at);
  }
}

async function answer(job: StoreJob): Promise<StoreAnswer> {
  try {
    return { ok: true, result: await work(job) };
  } catch (error) {
    const trouble = isDamage(error) ? 'damaged' : isStorageTrouble(error) ? 'storage' : 'fault';
    return { ok: false, trouble, why: error instanceof Error ? error.message : String(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage(await answer(workerData as StoreJob));
