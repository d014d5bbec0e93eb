// The configured sources: rows in the store, mirrored in memory because every request asks for one.
import { randomInt } from 'node:crypto';
import type { SourceId, SourceKind } from '../../shared/alert.ts';
import type { PriorityMap } from '../../shared/priority.ts';
import type { NewSource, NoDataPolicy, Source, SourceChanges } from '../../shared/source.ts';
import type { Store } from '../database/open-database.ts';
import { hashSecret, newSecret, type SecretFile } from './secrets.ts';

/** A source as the rest of the app needs it, counts of open alerts left out. */
export interface SourceRecord extends Omit<Source, 'counts'> {
  readonly secretHash: Uint8Array;
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
  secret_hash: Uint8Array;
  created_at: number;
  removed_at: number | null;
  last_delivery_at: number | null;
  probe_seen_at: number | null;
  deliveries: number;
  not_understood: number;
}

/** What requests did to a source since the last save. */
interface Activity {
  deliveries: number;
  notUnderstood: number;
}

const idPrefix: Readonly<Record<SourceKind, string>> = {
  cloudmonitor: 'cm',
  clustercontrol: 'cc',
  universal: 'un',
};

export class SourceStore {
  readonly #db: Store;
  readonly #secrets: SecretFile;
  readonly #sources = new Map<SourceId, SourceRecord>();
  readonly #removed = new Map<SourceId, { name: string; kind: SourceKind }>();
  readonly #active = new Map<SourceId, Activity>();

  constructor(db: Store, secrets: SecretFile) {
    this.#db = db;
    this.#secrets = secrets;
    for (const row of db.prepare<[], SourceRow>('SELECT * FROM sources ORDER BY created_at, id').all()) {
      if (row.removed_at === null) this.#sources.set(row.id, recordOf(row));
      else this.#removed.set(row.id, { name: row.name, kind: row.kind });
    }
  }

  list(): SourceRecord[] {
    return [...this.#sources.values()];
  }

  get(id: SourceId): SourceRecord | null {
    return this.#sources.get(id) ?? null;
  }

  /** Also of removed sources: their alerts stay. */
  nameAndKind(id: SourceId): { readonly name: string; readonly kind: SourceKind } {
    return this.#sources.get(id) ?? this.#removed.get(id) ?? { name: id, kind: 'universal' };
  }

  secret(id: SourceId): string | null {
    return this.#secrets.get(id);
  }

  /** True on a store that never had a source. */
  isFirstStart(): boolean {
    return this.#sources.size === 0 && this.#removed.size === 0;
  }

  add(source: NewSource, priorityMap: PriorityMap, now: number): SourceRecord {
    const id = this.#newId(source.kind);
    const secret = newSecret();
    const record: SourceRecord = {
      id,
      kind: source.kind,
      name: source.name.trim(),
      team: source.team?.trim() || null,
      paused: false,
      priorityMap,
      noData: 'open',
      closeAfterMinutes: null,
      createdAt: now,
      lastDeliveryAt: null,
      probeSeenAt: null,
      secretHash: hashSecret(secret),
      deliveries: 0,
      notUnderstood: 0,
    };
    // The text first: a row without its text would be an address nobody can be told.
    this.#secrets.set(id, secret);
    this.#forgetUnless(id, () =>
      this.#db
        .prepare(
          `INSERT INTO sources (id, kind, name, team, paused, priority_map, no_data, secret_hash, created_at)
         VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)`,
        )
        .run(
          id,
          record.kind,
          record.name,
          record.team,
          JSON.stringify(priorityMap),
          record.noData,
          record.secretHash,
          now,
        ),
    );
    this.#sources.set(id, record);
    return record;
  }

  #forgetUnless(id: SourceId, saved: () => unknown): void {
    try {
      saved();
    } catch (error) {
      this.#secrets.forget(id);
      throw error;
    }
  }

  update(id: SourceId, changes: SourceChanges): SourceRecord | null {
    const before = this.#sources.get(id);
    if (before === undefined) return null;
    const after: SourceRecord = {
      ...before,
      ...changes,
      name: (changes.name ?? before.name).trim(),
      team: (changes.team === undefined ? before.team : changes.team)?.trim() || null,
    };
    this.#db
      .prepare(
        'UPDATE sources SET name = ?, team = ?, paused = ?, priority_map = ?, no_data = ? WHERE id = ?',
      )
      .run(after.name, after.team, after.paused ? 1 : 0, JSON.stringify(after.priorityMap), after.noData, id);
    this.#sources.set(id, after);
    return after;
  }

  /** The address stops working at once; alerts and deliveries stay. */
  remove(id: SourceId, now: number): boolean {
    const record = this.#sources.get(id);
    if (record === undefined) return false;
    this.#db.prepare('UPDATE sources SET removed_at = ? WHERE id = ?').run(now, id);
    this.#sources.delete(id);
    this.#removed.set(id, { name: record.name, kind: record.kind });
    // Last, and without consequence when it fails: nobody can come in by it any more.
    this.#secrets.forget(id);
    return true;
  }

  /** Counts a stored request in memory; `saveActivity` writes it. */
  noteDelivery(id: SourceId, at: number, verdict: string): void {
    const record = this.#sources.get(id);
    if (record === undefined) return;
    const isProbe = verdict === 'probe';
    const activity = this.#active.get(id) ?? { deliveries: 0, notUnderstood: 0 };
    this.#active.set(id, activity);
    if (!isProbe) activity.deliveries += 1;
    if (verdict === 'not-understood') activity.notUnderstood += 1;
    this.#sources.set(id, {
      ...record,
      ...(isProbe ? { probeSeenAt: at } : { lastDeliveryAt: at }),
      deliveries: record.deliveries + (isProbe ? 0 : 1),
      notUnderstood: record.notUnderstood + (verdict === 'not-understood' ? 1 : 0),
    });
  }

  /** True when there is something that `saveActivity` would write. */
  hasActivity(): boolean {
    return this.#active.size > 0;
  }

  /** Off the hot path: these numbers may be a second old after a crash, deliveries never. */
  saveActivity(): void {
    if (this.#active.size === 0) return;
    const save = this.#db.prepare(
      `UPDATE sources SET last_delivery_at = ?, probe_seen_at = ?, deliveries = deliveries + ?,
         not_understood = not_understood + ? WHERE id = ?`,
    );
    this.#db
      .transaction(() => {
        for (const [id, activity] of this.#active) {
          const record = this.#sources.get(id);
          if (record === undefined) continue;
          save.run(
            record.lastDeliveryAt,
            record.probeSeenAt,
            activity.deliveries,
            activity.notUnderstood,
            id,
          );
        }
      })
      .immediate();
    this.#active.clear();
  }

  #newId(kind: SourceKind): SourceId {
    const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
    for (;;) {
      const tail = Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('');
      const id = `${idPrefix[kind]}-${tail}`;
      if (!this.#sources.has(id) && !this.#removed.has(id)) return id;
    }
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
    createdAt: row.created_at,
    lastDeliveryAt: row.last_delivery_at,
    probeSeenAt: row.probe_seen_at,
    secretHash: row.secret_hash,
    deliveries: row.deliveries,
    notUnderstood: row.not_understood,
  };
}
