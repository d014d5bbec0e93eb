// Lives of the app in one process. A store found damaged ends one life; the store is replaced and the next begins, on the
// same port, with the same toasts, behind the same doors.
import { randomUUID } from 'node:crypto';
import type { StoreNews } from '../shared/notice.ts';
import { bridgeCallNames } from '../shared/bridge-names.ts';
import { type App, type AppOptions, StartFailure } from './app-parts.ts';
import { type DataFolder, folderUnusable, type OpenedStore, takeDataFolder } from './data-folder.ts';
import { isDamage, type Store } from './database/open-database.ts';
import { createLog } from './log.ts';
import { lastingPresenter } from './notifications/lasting-presenter.ts';
import type { SecretFile } from './settings/secrets.ts';
import { BridgeFailure, type BridgeHandlers } from './window/bridge-call.ts';

/** Closes one thing that was opened; what was opened last is closed first. */
export type Closer = () => Promise<void> | void;

/** What one life is given. */
export interface Life {
  readonly options: AppOptions;
  readonly db: Store;
  readonly secrets: SecretFile;
  readonly isChecked: boolean;
  readonly news: readonly StoreNews[];
  /** False: the app runs already, so nothing that goes wrong may end it. */
  readonly isFirst: boolean;
  /** For what is opened on the way; closed when the life ends or cannot begin. */
  readonly opened: Closer[];
  /** Names this run of the program; the lives of one run share it. */
  readonly run: string;
  /** The store's file is damaged. True: this life is about to end. False: it has to go on, deaf. */
  readonly onDamage: (why: unknown) => boolean;
}

/** A second damage within this time is not the file's fault alone; replacing it over and over would lose more. */
const tooSoonMs = 10 * 60 * 1000;
/** After a store that could not be replaced. */
const retryMs = 5000;

/** Takes the data folder and lives in it. Throws `StartFailure`. */
export async function startReopening(options: AppOptions, live: (life: Life) => Promise<App>): Promise<App> {
  const folder = takeDataFolder(options.dataDir);
  const log = createLog(options.log);
  const run = randomUUID();
  const lasting = options.desktop === null ? null : lastingPresenter(options.desktop.presenter);
  let port = options.port;
  let replacedAt: number | null = null;
  let isEnding = false;
  /** Until then nothing can take the place of the first life. */
  let hasBegun = false;
  /** Damage that showed while it began. */
  let early: unknown = null;
  let stopping: Promise<void> | null = null;

  const begin = async (store: OpenedStore, isFirst: boolean): Promise<App> => {
    const { desktop } = options;
    const opened: Closer[] = [() => void store.db.close()];
    try {
      return await live({
        options: {
          ...options,
          port,
          desktop: desktop === null || lasting === null ? null : { ...desktop, presenter: lasting.presenter },
        },
        ...store,
        secrets: folder.secrets,
        isFirst,
        opened,
        run,
        onDamage,
      });
    } catch (error) {
      for (const close of opened.toReversed()) {
        try {
          await close();
        } catch (another) {
          // What went wrong first is what a person is told; the store is closed all the same.
          log.error({ err: another }, 'fault while giving up');
        }
      }
      throw error;
    }
  };

  const replace = (): OpenedStore => {
    early = null;
    replacedAt = Date.now();
    return folder.open({ damaged: true, now: replacedAt });
  };

  const onDamage = (why: unknown): boolean => {
    if (isEnding || stopping !== null) return true;
    log.error({ err: why }, 'the store is damaged');
    if (!hasBegun) {
      early = why;
      return true;
    }
    if (replacedAt !== null && Date.now() - replacedAt < tooSoonMs) return false;
    isEnding = true;
    const ending = current;
    current = ending.then(reopen);
    return true;
  };

  const reopen = async (before: App): Promise<App> => {
    lasting?.handOver();
    port = portOf(before.webhookUrl);
    await before.stop();
    let isDamaged = true;
    for (;;) {
      try {
        const store = isDamaged ? replace() : folder.open({ damaged: false, now: Date.now() });
        // Whatever keeps the life from beginning: what has just been put in place is not put aside again for it.
        isDamaged = false;
        last = await begin(store, false);
        break;
      } catch (error) {
        log.error({ err: error }, 'the app could not go on with a new store yet');
        if (stopping !== null) return before;
        if (isDamage(error)) isDamaged = true;
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    isEnding = false;
    options.desktop?.push({ type: 'reload' });
    return last;
  };

  let last: App;
  try {
    last = await start(folder, begin, replace);
  } catch (error) {
    folder.release();
    throw error instanceof StartFailure ? error : folderUnusable(options.dataDir, error);
  }
  let current = Promise.resolve(last);
  hasBegun = true;
  if (early !== null) onDamage(early);

  const stop = async (): Promise<void> => {
    await (await current).stop();
    folder.release();
  };
  return {
    handlers: guardHandlers(
      () => current.then((app) => app.handlers),
      (error) => void onDamage(error),
    ),
    get webhookUrl() {
      return last.webhookUrl;
    },
    get controlSocket() {
      return last.controlSocket;
    },
    tryIt: () => last.tryIt(),
    actOnTray: (action) => void current.then((app) => app.actOnTray(action)),
    stop: () => (stopping ??= stop()),
  };
}

/** A store too large to be checked beforehand may turn out damaged while the first life begins. */
async function start(
  folder: DataFolder,
  begin: (store: OpenedStore, isFirst: boolean) => Promise<App>,
  replace: () => OpenedStore,
): Promise<App> {
  try {
    return await begin(folder.open({ damaged: false, now: Date.now() }), true);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return begin(replace(), true);
  }
}

/** Handlers that report damage and answer it with a sentence. */
export function guardHandlers(
  handlers: () => BridgeHandlers | Promise<BridgeHandlers>,
  onDamage: (error: unknown) => void,
): BridgeHandlers {
  const guarded = bridgeCallNames.map((name) => [
    name,
    async (argument: unknown): Promise<unknown> => {
      try {
        // The compiler cannot join name and argument of a union; the doors have checked them.
        const handler = (await handlers())[name] as (checked: unknown) => unknown;
        return await handler(argument);
      } catch (error) {
        if (!isDamage(error)) throw error;
        onDamage(error);
        throw new BridgeFailure(
          'store-damaged',
          'The store is damaged and is being replaced; try again in a moment.',
        );
      }
    },
  ]);
  return Object.fromEntries(guarded) as BridgeHandlers;
}

function portOf(url: string): number {
  const { port } = new URL(url);
  return port === '' ? 80 : Number(port);
}
