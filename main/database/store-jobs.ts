import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CheckResult } from './store-check.ts';
import type { StoreFigures } from './store-figures.ts';

/** What the worker can be asked; each answer has its type in `StoreResults`. */
export type StoreJob =
  | { readonly kind: 'check' | 'measure'; readonly dataDir: string }
  | { readonly kind: 'backup'; readonly dataDir: string; readonly at: number };

export interface StoreResults {
  readonly check: CheckResult;
  readonly measure: StoreFigures;
  /** The name of the backup. */
  readonly backup: string;
}

export type StoreAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly trouble: StoreJobFailure['trouble']; readonly why: string };

/** A job that could not be done. `damaged`: the store's file is to blame. `storage`: the disk; a later try can help. */
export class StoreJobFailure extends Error {
  readonly trouble: 'damaged' | 'storage' | 'fault' | 'stopped';
  constructor(trouble: StoreJobFailure['trouble'], why: string) {
    super(why);
    this.name = 'StoreJobFailure';
    this.trouble = trouble;
  }
}

/** Bundled, it lies beside whoever starts it; in the tests Node reads the source. */
const workerFile = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'store-worker.ts' : 'store-worker.js',
);

/** Runs jobs, each in a thread of its own that lives only as long as the job. */
export class StoreJobs {
  readonly #running = new Set<Worker>();

  /** Rejects with `StoreJobFailure`. */
  run<Kind extends StoreJob['kind']>(job: StoreJob & { readonly kind: Kind }): Promise<StoreResults[Kind]> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, { workerData: job });
      this.#running.add(worker);
      worker.once('message', (answer: StoreAnswer) => {
        if (answer.ok) resolve(answer.result as StoreResults[Kind]);
        else reject(new StoreJobFailure(answer.trouble, answer.why));
      });
      worker.once('error', (error: unknown) => {
        reject(new StoreJobFailure('fault', error instanceof Error ? error.message : String(error)));
      });
      worker.once('exit', () => {
        this.#running.delete(worker);
        reject(new StoreJobFailure('stopped', 'It ended before it had answered.'));
      });
    });
  }

  /** Ends what still runs; a page that is being read or written is finished first. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running].map((worker) => worker.terminate()));
  }
}
