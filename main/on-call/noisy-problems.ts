import type { SourceId } from '../../shared/alert.ts';
import type { Store } from '../database/open-database.ts';
import type { Span } from './shifts.ts';

/** A problem that came back again and again. */
export interface NoisyProblem {
  readonly sourceId: SourceId;
  readonly title: string;
  readonly resource: string;
  /** Alerts of it that opened within the span; at least two. */
  readonly episodes: number;
}

/** Of more alerts than this only the newest are counted: reading them all would keep a webhook waiting. */
const mostAlerts = 10_000;
const mostProblems = 5;

/** The problems with the most episodes, noisiest first. */
export function noisyProblems(db: Store, { from, to }: Span): readonly NoisyProblem[] {
  return db
    .prepare<[number, number, number, number], NoisyProblem>(
      `SELECT source_id AS sourceId, count(*) AS episodes,
         json_extract(description, '$.title') AS title, json_extract(description, '$.resource') AS resource,
         max(id) AS newest
       FROM (SELECT id, source_id, key, opened_at, description FROM alerts ORDER BY id DESC LIMIT ?)
       WHERE opened_at >= ? AND opened_at <= ?
       GROUP BY source_id, key HAVING count(*) > 1 ORDER BY episodes DESC, newest DESC LIMIT ?`,
    )
    .all(mostAlerts, from, to, mostProblems);
}
