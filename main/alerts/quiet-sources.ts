// A source of which something is expected every so many hours and that says nothing: an alert of its own, opened and ended
// along the line of everything that time does. No delivery is made up for it.
import type { DeliveryId, SourceId, SourceKind } from '../../shared/alert.ts';
import { type Gap, missedMs } from '../../shared/coverage.ts';
import type { Texts } from '../../shared/text/texts.ts';
import type { AlertStore } from './alert-store.ts';
import type { ProblemDescription } from './alert-event.ts';
import { type NextAlertId, openEpisode, type Problem, rememberedOpenings, type Step } from './episode.ts';
import { newEpisode } from './lifecycle.ts';
import type { OpenAlerts } from './open-alerts.ts';
import { resolveStep } from './steps.ts';
import type { Ledger, Transaction } from './transaction.ts';

/** A source as far as its silence goes. Times are epoch ms. */
export interface ExpectedSource {
  readonly id: SourceId;
  readonly kind: SourceKind;
  readonly name: string;
  readonly paused: boolean;
  /** Null: its silence says nothing. */
  readonly expectEveryHours: number | null;
  /** When that rule was set or the source resumed; null: ever since. */
  readonly expectSince: number | null;
  readonly createdAt: number;
  /** Newest request that was no probe. */
  readonly lastDeliveryAt: number | null;
}

export interface QuietSourcesParts {
  readonly ledger: Ledger;
  readonly store: AlertStore;
  readonly openAlerts: OpenAlerts;
  readonly sources: () => readonly ExpectedSource[];
  readonly isHearing: () => boolean;
  /** The stretches after `from` (epoch ms) in which nobody could reach us. */
  readonly gapsSince: (from: number) => readonly Gap[];
  readonly texts: () => Texts;
  readonly now: () => number;
}

const hourMs = 60 * 60 * 1000;
/** Hours are counted here; looking more often would find nothing sooner. */
const lookEveryMs = 60_000;
const keyPrefix = 'tocsin:1:quiet:';

export function isQuietKey(key: string): boolean {
  return key.startsWith(keyPrefix);
}

function quietKey(id: SourceId): string {
  return keyPrefix + id;
}

/**
 * Since when it is silent: what happened last of a delivery, its beginning, the rule's, and the end of the alert before, so
 * that closing it by hand gives the source its full time again.
 */
function silentSince(source: ExpectedSource, closedAt: number | null): number {
  return Math.max(source.createdAt, source.lastDeliveryAt ?? 0, source.expectSince ?? 0, closedAt ?? 0);
}

/** Time in which we were deaf is no silence of the source: it may have called in vain. */
function isQuietTooLong(
  source: ExpectedSource,
  closedAt: number | null,
  now: number,
  gapsSince: QuietSourcesParts['gapsSince'],
): boolean {
  if (source.paused || source.expectEveryHours === null) return false;
  const since = silentSince(source, closedAt);
  const longestMs = source.expectEveryHours * hourMs;
  return now - since > longestMs && now - since - missedMs(gapsSince(since), since, now) > longestMs;
}

/** Call within the transaction of a delivery that is no probe, whatever else it says. */
export function endSilence(
  transaction: Transaction,
  sourceId: SourceId,
  delivery: DeliveryId,
  now: number,
): void {
  const problem = transaction.openProblem(sourceId, quietKey(sourceId));
  const open = problem === null ? null : openEpisode(problem);
  if (problem === null || open === null) return;
  const at = Math.max(now, open.alert.openedAt);
  const heard = { ...open, alert: { ...open.alert, lastEventAt: at } };
  applyStep(transaction, problem, resolveStep(heard, 'recovery', 'event', 'source-heard', delivery, at));
}

export class QuietSources {
  readonly #parts: QuietSourcesParts;
  #lookedAt: number | null = null;

  constructor(parts: QuietSourcesParts) {
    this.#parts = parts;
  }

  /** Opens and ends what is due; returns how many. Throws storage trouble. */
  applyDue(): number {
    const { ledger } = this.#parts;
    const now = this.#parts.now();
    const sources = this.#parts.sources();
    const pointless = this.#pointless(sources);
    const quiet = this.#isTimeToLook(now) ? sources.filter((source) => this.#isDue(source, now)) : [];
    if (pointless.length + quiet.length === 0) return 0;
    ledger.commit((transaction) => {
      for (const { sourceId, key } of pointless) {
        const problem = transaction.openProblem(sourceId, key);
        const open = problem === null ? null : openEpisode(problem);
        if (problem === null || open === null) continue;
        applyStep(transaction, problem, resolveStep(open, 'user', 'person', 'not-expected', '', now));
      }
      for (const source of quiet) this.#open(transaction, source, now);
    });
    return pointless.length + quiet.length;
  }

  /** While we are deaf nothing can be said of anybody's silence. */
  #isTimeToLook(now: number): boolean {
    if (!this.#parts.isHearing()) return false;
    // A clock that was set back must not stop it.
    if (this.#lookedAt !== null && Math.abs(now - this.#lookedAt) < lookEveryMs) return false;
    this.#lookedAt = now;
    return true;
  }

  #isDue(source: ExpectedSource, now: number): boolean {
    const { openAlerts, store, gapsSince } = this.#parts;
    const key = quietKey(source.id);
    if (!isQuietTooLong(source, null, now, () => [])) return false;
    if (openAlerts.problemByKey(source.id, key) !== null) return false;
    const closedAt = store.loadProblem(source.id, key).last?.alert.resolvedAt ?? null;
    return isQuietTooLong(source, closedAt, now, gapsSince);
  }

  /** Open ones whose source a person has paused, removed, or given another rule since. */
  #pointless(sources: readonly ExpectedSource[]): readonly Problem[] {
    const pointless: Problem[] = [];
    for (const problem of this.#parts.openAlerts.problems()) {
      if (!isQuietKey(problem.key) || problem.last === null) continue;
      const source = sources.find(({ id }) => id === problem.sourceId);
      const isExpected = source !== undefined && !source.paused && source.expectEveryHours !== null;
      if (!isExpected || (source.expectSince ?? 0) > problem.last.alert.openedAt) pointless.push(problem);
    }
    return pointless;
  }

  #open(transaction: Transaction, source: ExpectedSource, now: number): void {
    const problem = transaction.problem(source.id, quietKey(source.id));
    const description = describe(source, now, this.#parts.texts());
    applyStep(transaction, ...opened(problem, source, description, now, transaction.nextAlert));
  }
}

function applyStep(transaction: Transaction, problem: Problem, step: Step): void {
  transaction.apply({ ...problem, last: step.episode }, [step]);
}

function opened(
  problem: Problem,
  source: ExpectedSource,
  description: ProblemDescription,
  now: number,
  nextId: NextAlertId,
): [Problem, Step] {
  const told = newEpisode(
    problem,
    { key: problem.key, description, episodeName: null, sentAt: null },
    { sourceId: source.id, sourceKind: source.kind, sourceName: source.name },
    now,
    nextId,
    { priority: 'medium', level: null, noData: false },
  );
  const episode = { ...told, alert: { ...told.alert, deliveries: 0 } };
  const grown: Problem = {
    ...problem,
    episodes: problem.episodes + 1,
    openedTimes: [...problem.openedTimes, now].slice(-rememberedOpenings),
  };
  return [
    grown,
    {
      episode,
      change: { at: now, kind: 'opened', reason: 'source-quiet', cause: 'time', before: null },
      entry: { at: now, kind: 'opened', reason: 'source-quiet', text: '' },
    },
  ];
}

function describe(source: ExpectedSource, now: number, { language, onCall }: Texts): ProblemDescription {
  const since = source.lastDeliveryAt ?? source.createdAt;
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(since);
  const text = source.lastDeliveryAt === null ? onCall.quietTextNever : onCall.quietText;
  return {
    level: null,
    title: onCall.quietTitle(source.name, Math.floor((now - since) / hourMs)),
    text: text(when, source.expectEveryHours ?? 0),
    resource: source.name,
    value: null,
    condition: null,
    labels: {},
    links: [],
  };
}
