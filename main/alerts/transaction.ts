// One transaction over problems: reads through memory, collects steps, writes each touched row once at the end.
// Intake, actions and time share it, so that there is one way for a transition to become a row and a change.
import type { AlertChange, AlertId, SourceId } from '../../shared/alert.ts';
import { isStorageTrouble, type Store } from '../database/open-database.ts';
import type { TimelineTable } from '../database/timeline-table.ts';
import type { AlertStore } from './alert-store.ts';
import type { Changes } from './changes.ts';
import type { Episode, Problem, Step } from './episode.ts';
import { type OpenAlerts, problemKey } from './open-alerts.ts';

/** What the ledger is made of; built once in app.ts. */
export interface LedgerParts {
  readonly db: Store;
  readonly store: AlertStore;
  readonly timeline: TimelineTable;
  readonly openAlerts: OpenAlerts;
  readonly changes: Changes;
  /** Told after each commit and each one the disk did not take. */
  readonly onStoreState: (writable: boolean, trouble?: unknown) => void;
}

/** Runs transitions in transactions and publishes what was committed. */
export class Ledger {
  readonly #parts: LedgerParts;
  #revision: number;
  #alertNumber: number;
  #deliveryNumber: number;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
    const last = parts.store.lastNumbers();
    this.#revision = last.revision;
    this.#alertNumber = last.alert;
    this.#deliveryNumber = last.delivery;
  }

  get revision(): number {
    return this.#revision;
  }

  /**
   * Runs `work` in one transaction with a full sync at its end. All of it is committed and published, or nothing;
   * then the error is thrown.
   */
  commit<Result>(work: (transaction: Transaction) => Result): Result {
    const { db, openAlerts, changes, timeline, onStoreState } = this.#parts;
    const before = { revision: this.#revision, alert: this.#alertNumber, delivery: this.#deliveryNumber };
    const transaction = new Transaction(this.#parts, this.#numbers);
    let result: Result;
    try {
      result = db
        .transaction(() => {
          const value = work(transaction);
          transaction.write(this.#revision);
          return value;
        })
        .immediate();
    } catch (error) {
      this.#revision = before.revision;
      this.#alertNumber = before.alert;
      this.#deliveryNumber = before.delivery;
      timeline.forget();
      if (isStorageTrouble(error)) onStoreState(false, error);
      throw error;
    }
    openAlerts.commit(transaction.problems());
    changes.publish(transaction.published);
    onStoreState(true);
    return result;
  }

  /** Writes a page, with a full sync; throws while the disk does not take it. */
  testWrite(): void {
    this.#parts.store.testWrite();
  }

  readonly #numbers: Numbers = {
    nextRevision: () => ++this.#revision,
    nextAlert: () => `A${++this.#alertNumber}`,
    nextDelivery: () => ++this.#deliveryNumber,
  };
}

interface Numbers {
  readonly nextRevision: () => number;
  readonly nextAlert: () => AlertId;
  readonly nextDelivery: () => number;
}

/** The open transaction. */
export class Transaction {
  readonly published: AlertChange[] = [];
  readonly nextAlert: () => AlertId;
  readonly nextDelivery: () => number;
  readonly #parts: LedgerParts;
  readonly #nextRevision: () => number;
  readonly #problems = new Map<string, { stored: Problem; now: Problem }>();
  readonly #inserted = new Set<AlertId>();
  readonly #touched = new Map<AlertId, Episode>();
  /** Those of them to which more happened than that they were heard of again. */
  readonly #moved = new Set<AlertId>();

  constructor(parts: LedgerParts, numbers: Numbers) {
    this.#parts = parts;
    this.nextAlert = numbers.nextAlert;
    this.nextDelivery = numbers.nextDelivery;
    this.#nextRevision = numbers.nextRevision;
  }

  problem(sourceId: SourceId, key: string): Problem {
    const name = problemKey(sourceId, key);
    const known = this.#problems.get(name);
    if (known !== undefined) return known.now;
    const problem =
      this.#parts.openAlerts.problemByKey(sourceId, key) ?? this.#parts.store.loadProblem(sourceId, key);
    this.#problems.set(name, { stored: problem, now: problem });
    return problem;
  }

  /** The problem if an alert of it was open when this transaction began; never looks into the store. */
  openProblem(sourceId: SourceId, key: string): Problem | null {
    return this.#parts.openAlerts.problemByKey(sourceId, key) === null ? null : this.problem(sourceId, key);
  }

  /** Takes the problem's new state and its steps; timeline entries are written at once, rows at the end. */
  apply(problem: Problem, steps: readonly Step[]): void {
    const name = problemKey(problem.sourceId, problem.key);
    const stored = this.#problems.get(name)?.stored ?? problem;
    this.#problems.set(name, { stored, now: problem });
    for (const { episode, change, entry } of steps) {
      const { id } = episode.alert;
      if (change.kind === 'opened') this.#inserted.add(id);
      this.#touched.set(id, episode);
      if (change.kind !== 'repeated') this.#moved.add(id);
      if (entry !== null) this.#parts.timeline.append(id, entry);
      this.published.push({ ...change, revision: this.#nextRevision(), alert: episode.alert });
    }
  }

  /** The episode as this transaction has left it so far. */
  touched(episode: Episode): Episode {
    return this.#touched.get(episode.alert.id) ?? episode;
  }

  /** Start of the chain of deliveries of an alert touched here. */
  lastDelivery(alert: AlertId): number | null {
    return this.#touched.get(alert)?.lastDelivery ?? null;
  }

  /** Hangs a delivery onto the chain of an alert touched here; answers with the one before. */
  linkDelivery(alert: AlertId, delivery: number): number | null {
    const episode = this.#touched.get(alert);
    if (episode === undefined) return null;
    const linked: Episode = { ...episode, lastDelivery: delivery };
    this.#touched.set(alert, linked);
    const name = problemKey(episode.alert.sourceId, episode.alert.key);
    const known = this.#problems.get(name);
    // Memory must know it too, or the next delivery would hang onto nothing.
    if (known?.now.last?.alert.id === alert) {
      this.#problems.set(name, { ...known, now: { ...known.now, last: linked } });
    }
    return episode.lastDelivery;
  }

  write(revision: number): void {
    const { store, timeline } = this.#parts;
    for (const episode of this.#touched.values()) {
      if (this.#inserted.has(episode.alert.id)) store.insertEpisode(episode);
      else if (this.#moved.has(episode.alert.id)) store.updateEpisode(episode);
      else store.updateRepeated(episode);
      if (episode.alert.state === 'resolved') timeline.release(episode.alert.id);
    }
    for (const { stored, now } of this.#problems.values())
      if (!isSameRow(stored, now)) store.saveProblem(now);
    if (this.published.length > 0) store.saveRevision(revision);
  }

  /** By `problemKey`. */
  *problems(): Generator<readonly [string, Problem]> {
    for (const [name, { now }] of this.#problems) yield [name, now];
  }
}

function isSameRow(a: Problem, b: Problem): boolean {
  return (
    a.episodes === b.episodes &&
    a.last?.alert.id === b.last?.alert.id &&
    a.recoveredAt === b.recoveredAt &&
    a.recoveredEpisodeName === b.recoveredEpisodeName
  );
}
