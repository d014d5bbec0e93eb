// The configured sources: rows in the store, mirrored in memory because every request asks for one.
import { randomInt } from 'node:crypto';
import type { SourceId, SourceKind } from '../../shared/alert.ts';
import type { PriorityMap } from '../../shared/priority.ts';
import type { NewSource, SourceChanges } from '../../shared/source.ts';
import { isStorageTrouble, type Store } from '../database/open-database.ts';
import { hashSecret, newSecret, type SecretFile } from './secrets.ts';
import { type Activity, type SourceRecord, SourceTable } from './source-table.ts';

/** What a new source takes over from its kind. */
interface KindDefaults {
  readonly defaultPriorityMap: PriorityMap;
  readonly knownAddresses: readonly string[];
}

/** How long the secret before a rotation stays good (product: senders). */
export const overlapMs = 24 * 60 * 60 * 1000;

const idPrefix: Readonly<Record<SourceKind, string>> = {
  cloudmonitor: 'cm',
  clustercontrol: 'cc',
  universal: 'un',
};

export class SourceStore {
  readonly #table: SourceTable;
  readonly #secrets: SecretFile;
  readonly #sources = new Map<SourceId, SourceRecord>();
  readonly #removed = new Map<SourceId, { name: string; kind: SourceKind }>();
  readonly #active = new Map<SourceId, Activity>();

  constructor(db: Store, secrets: SecretFile, now: number) {
    this.#table = new SourceTable(db);
    this.#secrets = secrets;
    for (const { record, isRemoved } of this.#table.list()) {
      if (isRemoved) this.#removed.set(record.id, { name: record.name, kind: record.kind });
      else this.#sources.set(record.id, record);
    }
    this.#finishRotations(now);
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

  /** True for a source that was there once; not for one that nobody knows. */
  isRemoved(id: SourceId): boolean {
    return this.#removed.has(id);
  }

  /** Every source with the name it has now, removed ones too. */
  names(): { readonly id: SourceId; readonly name: string }[] {
    return [...this.#sources, ...this.#removed].map(([id, { name }]) => ({ id, name }));
  }

  secret(id: SourceId): string | null {
    return this.#secrets.get(id);
  }

  /** True on a store that never had a source. */
  isFirstStart(): boolean {
    return this.#sources.size === 0 && this.#removed.size === 0;
  }

  add(source: NewSource, defaults: KindDefaults, now: number): SourceRecord {
    const id = this.#newId(source.kind);
    const secret = newSecret(source.kind);
    const record: SourceRecord = {
      id,
      kind: source.kind,
      name: source.name.trim(),
      team: source.team?.trim() || null,
      paused: false,
      priorityMap: defaults.defaultPriorityMap,
      noData: 'open',
      closeAfterMinutes: null,
      allowList: { mode: 'hint', addresses: [...defaults.knownAddresses] },
      expectEveryHours: null,
      expectSince: null,
      createdAt: now,
      lastDeliveryAt: null,
      probeSeenAt: null,
      secretHash: hashSecret(secret),
      oldSecret: null,
      deliveries: 0,
      notUnderstood: 0,
    };
    // The text first: a row without its text would be an address nobody can be told.
    this.#secrets.set(id, secret);
    try {
      this.#table.insert(record);
    } catch (error) {
      this.#secrets.forget(id);
      throw error;
    }
    this.#sources.set(id, record);
    return record;
  }

  update(id: SourceId, changes: SourceChanges, now: number): SourceRecord | null {
    const before = this.#sources.get(id);
    if (before === undefined) return null;
    const after: SourceRecord = {
      ...before,
      ...changes,
      expectSince: beginsToExpect(before, changes) ? now : before.expectSince,
      name: (changes.name ?? before.name).trim(),
      team: (changes.team === undefined ? before.team : changes.team)?.trim() || null,
    };
    this.#table.saveRules(after);
    this.#sources.set(id, after);
    return after;
  }

  /**
   * A new secret. The one before stays good for a day; the one before that is worth nothing from now on. Throws
   * `SecretsNotWritable`.
   */
  rotateSecret(id: SourceId, now: number): SourceRecord | null {
    const before = this.#sources.get(id);
    if (before === undefined) return null;
    const text = this.#secrets.get(id);
    const secret = newSecret(before.kind);
    // The text first, as in `add`: after a crash between the two the next start goes on from there.
    this.#secrets.set(id, secret);
    const after = rotated(before, hashSecret(secret), now);
    try {
      this.#table.saveSecrets(after);
    } catch (error) {
      if (text === null) this.#secrets.forget(id);
      else this.#secrets.set(id, text);
      throw error;
    }
    this.#sources.set(id, after);
    return after;
  }

  /** Takes old secrets whose time is over out of the store; true when there was one. */
  dropExpired(now: number): boolean {
    const expired = this.list().filter(({ oldSecret }) => oldSecret !== null && oldSecret.until <= now);
    for (const record of expired) {
      const after: SourceRecord = { ...record, oldSecret: null };
      this.#table.saveSecrets(after);
      this.#sources.set(record.id, after);
    }
    return expired.length > 0;
  }

  /** The address stops working at once; alerts and deliveries stay. */
  remove(id: SourceId, now: number): boolean {
    const record = this.#sources.get(id);
    if (record === undefined) return false;
    this.#table.markRemoved(id, now);
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
    const deliveries = isProbe ? 0 : 1;
    const notUnderstood = verdict === 'not-understood' ? 1 : 0;
    this.#noteActivity(id, { deliveries, notUnderstood });
    this.#sources.set(id, {
      ...record,
      ...(isProbe ? { probeSeenAt: at } : { lastDeliveryAt: at }),
      deliveries: record.deliveries + deliveries,
      notUnderstood: record.notUnderstood + notUnderstood,
    });
  }

  /** A delivery that was counted has another verdict now; `saveActivity` writes it. */
  noteParsedAgain(id: SourceId, before: string, after: string): void {
    const record = this.#sources.get(id);
    if (record === undefined || before === after) return;
    const deliveries = Number(after !== 'probe') - Number(before !== 'probe');
    const notUnderstood = Number(after === 'not-understood') - Number(before === 'not-understood');
    this.#noteActivity(id, { deliveries, notUnderstood });
    this.#sources.set(id, {
      ...record,
      deliveries: record.deliveries + deliveries,
      notUnderstood: record.notUnderstood + notUnderstood,
    });
  }

  /** Somebody still comes in by the old secret; `saveActivity` writes it. */
  noteOldSecret(id: SourceId, at: number, by: string | null): void {
    const record = this.#sources.get(id);
    if (record === undefined || record.oldSecret === null) return;
    this.#noteActivity(id, { deliveries: 0, notUnderstood: 0 });
    this.#sources.set(id, { ...record, oldSecret: { ...record.oldSecret, lastUsedAt: at, lastUsedBy: by } });
  }

  /** True when there is something that `saveActivity` would write. */
  hasActivity(): boolean {
    return this.#active.size > 0;
  }

  /** Off the hot path: these numbers may be a second old after a crash, deliveries never. */
  saveActivity(): void {
    if (this.#active.size === 0) return;
    this.#table.saveActivity(
      [...this.#active].flatMap(([id, activity]) => {
        const record = this.#sources.get(id);
        return record === undefined ? [] : [[record, activity] as const];
      }),
    );
    this.#active.clear();
  }

  #noteActivity(id: SourceId, more: Activity): void {
    const before = this.#active.get(id);
    this.#active.set(id, {
      deliveries: (before?.deliveries ?? 0) + more.deliveries,
      notUnderstood: (before?.notUnderstood ?? 0) + more.notUnderstood,
    });
  }

  /**
   * The file knows a secret that the store does not: a rotation that a crash cut off, or a store that came back from a
   * backup. The address that is shown is the one that must work.
   */
  #finishRotations(now: number): void {
    for (const record of this.list()) {
      const text = this.#secrets.get(record.id);
      if (text === null || hashSecret(text).equals(record.secretHash)) continue;
      const after = rotated(record, hashSecret(text), now);
      this.#sources.set(record.id, after);
      try {
        this.#table.saveSecrets(after);
      } catch (error) {
        // A full disk must not keep the app from starting; the next start tries again.
        if (!isStorageTrouble(error)) throw error;
      }
    }
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

/** A new number of hours, and the end of a pause: the silence before it was no broken promise. */
function beginsToExpect(before: SourceRecord, changes: SourceChanges): boolean {
  const { paused = before.paused, expectEveryHours = before.expectEveryHours } = changes;
  return (before.paused && !paused) || expectEveryHours !== before.expectEveryHours;
}

function rotated(record: SourceRecord, secretHash: Uint8Array, now: number): SourceRecord {
  const oldSecret = { hash: record.secretHash, until: now + overlapMs, lastUsedAt: null, lastUsedBy: null };
  return { ...record, secretHash, oldSecret };
}
