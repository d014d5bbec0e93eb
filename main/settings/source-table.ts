// The rows of the sources: all SQL about them.
import type { SourceId, SourceKind } from '../../shared/alert.ts';
import type { PriorityMap } from '../../shared/priority.ts';
import type { AllowList, NoDataPolicy, OldSecret, Source } from '../../shared/source.ts';
import type { Store } from '../database/open-database.ts';

/** A source as the rest of the app needs it; what its kind and its alerts add to `Source` is left out. */
export interface SourceRecord extends Omit<Source, 'counts' | 'defaultPriorityMap' | 'oldSecret'> {
  readonly secretHash: Uint8Array;
  /** Silence before this says nothing: when the rule was set or the source resumed. Epoch ms; null: ever since. */
  readonly expectSince: number | null;
  readonly oldSecret: (OldSecret & { readonly hash: Uint8Array }) | null;
  readonly deliveries: number;
  readonly notUnderstood: number;
}

/** What requests did to a source since the last save. */
export interface Activity {
  readonly deliveries: number;
  readonly notUnderstood: number;
}

interface SourceRow {
  id: string;
  kind: SourceKind;
  name: string;
  team: string | null;
  paused: number;
  priority_map: string;
  no_data: NoDataPolicy;
  close_after_minutes: number | null;
  allow_list: string;
  expect_every_hours: number | null;
  expect_since: number | null;
  secret_hash: Uint8Array;
  old_secret_hash: Uint8Array | null;
  old_secret_until: number | null;
  old_secret_used_at: number | null;
  old_secret_used_by: string | null;
  created_at: number;
  removed_at: number | null;
  last_delivery_at: number | null;
  probe_seen_at: number | null;
  deliveries: number;
  not_understood: number;
}

export class SourceTable {
  readonly #db: Store;

  constructor(db: Store) {
    this.#db = db;
  }

  /** In the order they were made, removed ones too. */
  list(): { readonly record: SourceRecord; readonly isRemoved: boolean }[] {
    const rows = this.#db.prepare<[], SourceRow>('SELECT * FROM sources ORDER BY created_at, id').all();
    return rows.map((row) => ({ record: recordOf(row), isRemoved: row.removed_at !== null }));
  }

  insert(record: SourceRecord): void {
    this.#db
      .prepare(
        `INSERT INTO sources (id, kind, name, team, paused, priority_map, no_data, allow_list, secret_hash, created_at)
         VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?)`,
      )
      .run(
        record.id,
        record.kind,
        record.name,
        record.team,
        JSON.stringify(record.priorityMap),
        record.noData,
        JSON.stringify(record.allowList),
        record.secretHash,
        record.createdAt,
      );
  }

  saveRules(record: SourceRecord): void {
    this.#db
      .prepare(
        `UPDATE sources SET name = ?, team = ?, paused = ?, priority_map = ?, no_data = ?, close_after_minutes = ?,
           allow_list = ?, expect_every_hours = ?, expect_since = ? WHERE id = ?`,
      )
      .run(
        record.name,
        record.team,
        record.paused ? 1 : 0,
        JSON.stringify(record.priorityMap),
        record.noData,
        record.closeAfterMinutes,
        JSON.stringify(record.allowList),
        record.expectEveryHours,
        record.expectSince,
        record.id,
      );
  }

  saveSecrets({ id, secretHash, oldSecret }: SourceRecord): void {
    this.#db
      .prepare(
        `UPDATE sources SET secret_hash = ?, old_secret_hash = ?, old_secret_until = ?, old_secret_used_at = ?,
           old_secret_used_by = ? WHERE id = ?`,
      )
      .run(
        secretHash,
        oldSecret?.hash ?? null,
        oldSecret?.until ?? null,
        oldSecret?.lastUsedAt ?? null,
        oldSecret?.lastUsedBy ?? null,
        id,
      );
  }

  /** The row stays for the names of its alerts; an old secret does not. */
  markRemoved(id: SourceId, now: number): void {
    this.#db
      .prepare(
        `UPDATE sources SET removed_at = ?, old_secret_hash = NULL, old_secret_until = NULL, old_secret_used_at = NULL,
           old_secret_used_by = NULL WHERE id = ?`,
      )
      .run(now, id);
  }

  /** Times as they are in the records, counts on top of what is written; all in one transaction. */
  saveActivity(activities: Iterable<readonly [SourceRecord, Activity]>): void {
    const save = this.#db.prepare(
      `UPDATE sources SET last_delivery_at = ?, probe_seen_at = ?, old_secret_used_at = ?, old_secret_used_by = ?,
         deliveries = deliveries + ?, not_understood = not_understood + ? WHERE id = ?`,
    );
    this.#db
      .transaction(() => {
        for (const [record, { deliveries, notUnderstood }] of activities) {
          save.run(
            record.lastDeliveryAt,
            record.probeSeenAt,
            record.oldSecret?.lastUsedAt ?? null,
            record.oldSecret?.lastUsedBy ?? null,
            deliveries,
            notUnderstood,
            record.id,
          );
        }
      })
      .immediate();
  }
}

function recordOf(row: SourceRow): SourceRecord {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    team: row.team,
    paused: row.paused === 1,
    priorityMap: JSON.parse(row.priority_map) as PriorityMap,
    noData: row.no_data,
    closeAfterMinutes: row.close_after_minutes,
    allowList: JSON.parse(row.allow_list) as AllowList,
    expectEveryHours: row.expect_every_hours,
    expectSince: row.expect_since,
    createdAt: row.created_at,
    lastDeliveryAt: row.last_delivery_at,
    probeSeenAt: row.probe_seen_at,
    secretHash: row.secret_hash,
    oldSecret: oldSecretOf(row),
    deliveries: row.deliveries,
    notUnderstood: row.not_understood,
  };
}

function oldSecretOf(row: SourceRow): SourceRecord['oldSecret'] {
  if (row.old_secret_hash === null || row.old_secret_until === null) return null;
  return {
    hash: row.old_secret_hash,
    until: row.old_secret_until,
    lastUsedAt: row.old_secret_used_at,
    lastUsedBy: row.old_secret_used_by,
  };
}
