// What a person does to alerts: the same transaction, the same changes as everything else.
import type { Alert, AlertId, SourceId } from '../../shared/alert.ts';
import type { AlertStore } from './alert-store.ts';
import type { Episode, Problem, Step } from './episode.ts';
import { type Action, applyAction, applyReopen, applyTime } from './lifecycle-actions.ts';
import type { OpenAlerts } from './open-alerts.ts';
import { isQuietKey } from './quiet-sources.ts';
import type { Ledger, Transaction } from './transaction.ts';

export interface ActionsParts {
  readonly ledger: Ledger;
  readonly store: AlertStore;
  readonly openAlerts: OpenAlerts;
  /** The source's rule to close by time, in minutes; null closes nothing by silence. */
  readonly closeAfterMinutes: (source: SourceId) => number | null;
  /** Nobody can report the recovery of its alerts any more. */
  readonly isRemoved: (source: SourceId) => boolean;
  readonly now: () => number;
}

export class Actions {
  readonly #parts: ActionsParts;

  constructor(parts: ActionsParts) {
    this.#parts = parts;
  }

  /** All of them in one transaction. Alerts on which nothing is left to do are returned as they are; unknown ids throw. */
  act(ids: readonly AlertId[], action: Action | { readonly kind: 'reopen' }): Alert[] {
    const now = this.#parts.now();
    return this.#parts.ledger.commit((transaction) =>
      ids.map((id) => {
        const episode = this.#load(transaction, id);
        if (episode === null) throw new UnknownAlert(id);
        const { sourceId, key } = episode.alert;
        const step =
          action.kind === 'reopen'
            ? applyReopen(transaction.problem(sourceId, key), episode, now)
            : applyAction(episode, action, now);
        if (step === null) return episode.alert;
        this.#apply(transaction, step.episode, step);
        return step.episode.alert;
      }),
    );
  }

  /**
   * Ends every snooze that is due, closes what its source's rule closes by time and what a removed source left open;
   * returns how many.
   */
  applyDue(): number {
    const now = this.#parts.now();
    const due = [...this.#parts.openAlerts.problems()].flatMap(({ last }) => {
      const step = last === null ? null : this.#dueStep(last, now);
      return step === null ? [] : [step];
    });
    if (due.length === 0) return 0;
    this.#parts.ledger.commit((transaction) => {
      for (const step of due) this.#apply(transaction, step.episode, step);
    });
    return due.length;
  }

  #dueStep(episode: Episode, now: number): Step | null {
    const { closeAfterMinutes, isRemoved } = this.#parts;
    const { sourceId, key } = episode.alert;
    if (isRemoved(sourceId))
      return applyAction(episode, { kind: 'resolve', note: 'The source was removed.' }, now);
    // Silence does not close an alert that says that it is silent.
    return applyTime(episode, isQuietKey(key) ? null : closeAfterMinutes(sourceId), now);
  }

  #load(transaction: Transaction, id: AlertId): Episode | null {
    const open = this.#parts.openAlerts.problemById(id);
    const stored = open?.last ?? this.#parts.store.loadEpisode(id);
    if (stored === null) return null;
    const { last } = transaction.problem(stored.alert.sourceId, stored.alert.key);
    return last?.alert.id === id ? last : stored;
  }

  #apply(transaction: Transaction, episode: Episode, step: Step): void {
    const problem: Problem = transaction.problem(episode.alert.sourceId, episode.alert.key);
    const isLast = problem.last?.alert.id === episode.alert.id;
    transaction.apply(isLast ? { ...problem, last: episode } : problem, [step]);
  }
}

/** No alert has this id. */
export class UnknownAlert extends Error {
  readonly id: AlertId;
  constructor(id: AlertId) {
    super(`There is no alert ${id}.`);
    this.name = 'UnknownAlert';
    this.id = id;
  }
}
