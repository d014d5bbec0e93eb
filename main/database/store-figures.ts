import { statSync } from 'node:fs';
import { openForReading } from './store-check.ts';
import type { Storage } from '../../shared/storage.ts';

export type StoreFigures = Pick<
  Storage,
  'databaseBytes' | 'walBytes' | 'freeBytes' | 'deliveries' | 'bodies' | 'alerts'
>;

interface Counted {
  readonly count: number;
  readonly bytes: number | null;
  readonly oldestAt: number | null;
}

/** Counts row by row, which takes a second for a million: for the worker only. */
export function measureStore(path: string): StoreFigures {
  const db = openForReading(path);
  try {
    const pick = (sql: string): number => Number(db.prepare(sql).pluck().get());
    const bodies = db
      .prepare<[], Counted>(
        `SELECT count(*) AS count, sum(bytes) AS bytes, min(received_at) AS oldestAt FROM deliveries
         WHERE body_removed = 0 AND bytes > 0`,
      )
      .get();
    const oldest = db
      .prepare<[], number>('SELECT resolved_at FROM alerts WHERE place_rank = 3 ORDER BY resolved_at LIMIT 1')
      .pluck()
      .get();
    return {
      databaseBytes: pick('PRAGMA page_count') * pick('PRAGMA page_size'),
      walBytes: statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0,
      freeBytes: pick('PRAGMA freelist_count') * pick('PRAGMA page_size'),
      deliveries: pick('SELECT count(*) FROM deliveries'),
      bodies: { count: bodies?.count ?? 0, bytes: bodies?.bytes ?? 0, oldestAt: bodies?.oldestAt ?? null },
      alerts: {
        unresolved: pick('SELECT count(*) FROM alerts WHERE place_rank < 3'),
        resolved: pick('SELECT count(*) FROM alerts WHERE place_rank = 3'),
        oldestAt: oldest ?? null,
      },
    };
  } finally {
    db.close();
  }
}
