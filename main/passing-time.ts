// What happens by itself because time passes. Looks every second instead of waking when something is due: sleep, a clock
// that was set and a changed rule then need no thought. Runs in plain Node.
import type { Actions } from './alerts/actions.ts';
import type { AlertWords } from './alerts/alert-words.ts';
import type { OpenAlerts } from './alerts/open-alerts.ts';
import type { QuietSources } from './alerts/quiet-sources.ts';
import type { Ledger } from './alerts/transaction.ts';
import { hasRoom } from './data-folder.ts';
import { isDamage, isStorageTrouble } from './database/open-database.ts';
import type { OnCallMode } from './on-call/on-call.ts';
import type { Reaching } from './reaching.ts';
import { Repeated } from './repeated.ts';
import type { SourceStore } from './settings/source-store.ts';
import { isTestAlert } from './webhook/test-alert.ts';

export interface PassingTimeParts {
  readonly dataDir: string;
  readonly ledger: Ledger;
  readonly actions: Actions;
  readonly quietSources: QuietSources;
  readonly openAlerts: OpenAlerts;
  readonly words: AlertWords;
  readonly sources: SourceStore;
  readonly reaching: Pick<Reaching, 'tick' | 'watch'>;
  readonly onCall: Pick<OnCallMode, 'tick'>;
  /** The numbers beside a source are others now. */
  readonly onActivity: () => void;
  readonly now: () => number;
  /** Monotonic ms. */
  readonly elapsed: () => number;
  readonly onFault: (error: unknown) => void;
}

/** How late a snooze may end, an alert be closed by time, a loss of hearing be known, and a number beside a source be. */
const secondMs = 1000;
/** How soon what is over can be found by its words. */
const indexingMs = 250;
/** How long it works on that at once; the commit takes a few ms more. The listener waits meanwhile. */
const indexingAtOnceMs = 7;

/** Answers with the way to end it. Throws when the store is damaged. */
export function letTimePass(parts: PassingTimeParts): () => void {
  const { dataDir, ledger, actions, quietSources, words, sources, reaching, now, elapsed, onFault } = parts;
  const isWritable = (): boolean => reaching.watch.facts.storeWritable;
  takeBackTestAlerts(parts);
  /** Each is tried, whatever becomes of the others. */
  const everySecond: readonly (() => void)[] = [
    // First: whatever fails elsewhere, nobody may seem to hear who does not.
    () => reaching.watch.tick(),
    () => reaching.tick(),
    () => parts.onCall.tick(),
    () => {
      if (!isWritable()) return;
      actions.applyDue();
      quietSources.applyDue();
    },
    () => {
      // Nobody may send anything for hours: find out ourselves when the disk takes it again.
      if (!isWritable() && hasRoom(dataDir)) {
        ledger.testWrite();
        reaching.watch.learn({ storeWritable: true });
      }
      const dropped = sources.dropExpired(now());
      if (!dropped && !sources.hasActivity()) return;
      sources.saveActivity();
      parts.onActivity();
    },
  ];
  const repeated = [
    // One timer for all of them: each time a desktop is woken costs.
    new Repeated(secondMs, onFault, () => {
      for (const work of everySecond) {
        try {
          work();
        } catch (error) {
          onFault(error);
        }
      }
    }),
    // Off the hot path: what is over becomes findable by its words.
    new Repeated(indexingMs, onFault, () => {
      if (!isWritable()) return;
      const begun = elapsed();
      words.keepUp(() => elapsed() - begun < indexingAtOnceMs);
    }),
  ];
  return () => {
    for (const one of repeated) one.stop();
  };
}

/** One that a crash left open must not look like a real one. */
function takeBackTestAlerts({ actions, openAlerts }: PassingTimeParts): void {
  const leftOver = [...openAlerts.alerts()].filter(isTestAlert).map(({ id }) => id);
  if (leftOver.length === 0) return;
  try {
    actions.act(leftOver, { kind: 'resolve', note: 'A test alert left over from before the restart.' });
  } catch (error) {
    // A disk that does not take it must not keep the app from starting.
    if (isDamage(error) || !isStorageTrouble(error)) throw error;
  }
}
