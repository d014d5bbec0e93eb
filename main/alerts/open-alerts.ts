// The alerts that are not over, in memory: an exact mirror of the committed rows, so that neither tray nor intake has to
// read the store for them. Changed by `commit` only, right after a transaction has succeeded.
import type { Alert, AlertId, SourceId } from '../../shared/alert.ts';
import type { AlertStore } from './alert-store.ts';
import { openEpisode, type Problem } from './episode.ts';

export class OpenAlerts {
  #byKey = new Map<string, Problem>();
  #byId = new Map<AlertId, Problem>();

  /** Throws storage trouble; then what is here stays, for a calm icon must not come from a store that cannot be read. */
  load(store: AlertStore): void {
    const problems = store.loadOpenProblems();
    this.#byKey = new Map();
    this.#byId = new Map();
    this.commit(problems.map((one) => [problemKey(one.sourceId, one.key), one] as const));
  }

  /** By `problemKey`. */
  commit(problems: Iterable<readonly [string, Problem]>): void {
    for (const [key, problem] of problems) {
      const before = this.#byKey.get(key)?.last?.alert.id;
      if (before !== undefined) this.#byId.delete(before);
      const open = openEpisode(problem);
      if (open === null) {
        this.#byKey.delete(key);
      } else {
        this.#byKey.set(key, problem);
        this.#byId.set(open.alert.id, problem);
      }
    }
  }

  get size(): number {
    return this.#byId.size;
  }

  problemByKey(sourceId: SourceId, key: string): Problem | null {
    return this.#byKey.get(problemKey(sourceId, key)) ?? null;
  }

  problemById(id: AlertId): Problem | null {
    return this.#byId.get(id) ?? null;
  }

  *alerts(): Generator<Alert> {
    for (const problem of this.#byId.values()) if (problem.last !== null) yield problem.last.alert;
  }

  *problems(): Generator<Problem> {
    yield* this.#byId.values();
  }
}

export function problemKey(sourceId: SourceId, key: string): string {
  return `${sourceId}\n${key}`;
}
