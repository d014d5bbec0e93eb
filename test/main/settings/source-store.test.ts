import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { hashSecret, matchSecret, SecretFile } from '../../../main/settings/secrets.ts';
import { overlapMs, SourceStore } from '../../../main/settings/source-store.ts';
import type { SourceRecord } from '../../../main/settings/source-table.ts';

let folder: string;
let db: Store;
let sources: SourceStore;
const load = (now = 0): SourceStore => new SourceStore(db, new SecretFile(folder), now);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-sources-'));
  db = openDatabase(join(folder, 'tocsin.db'));
  sources = load();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const kind = {
  defaultPriorityMap: { CRITICAL: 'critical', WARN: 'medium' },
  knownAddresses: ['192.0.2.0/24'],
} as const;
const opens = (secret: string | null, record: SourceRecord | null): string | null =>
  record === null
    ? null
    : matchSecret(hashSecret(secret ?? ''), {
        current: record.secretHash,
        old: record.oldSecret?.hash ?? null,
      });
const add = (name = 'Night shift') => sources.add({ kind: 'cloudmonitor', name }, kind, 1000);

describe('a new source', () => {
  test('is the same after a restart, with its secret', () => {
    const record = sources.add({ kind: 'cloudmonitor', name: '  Night shift ', team: ' Core ' }, kind, 1000);
    expect(record).toMatchObject({
      name: 'Night shift',
      team: 'Core',
      paused: false,
      noData: 'open',
      createdAt: 1000,
    });
    const secret = sources.secret(record.id);
    sources = load();
    const loaded = sources.get(record.id);
    expect({ ...loaded, secretHash: null }).toEqual({ ...record, secretHash: null });
    expect(sources.secret(record.id)).toBe(secret);
    expect(opens(secret, loaded)).toBe('current');
  });

  test('starts with the levels and, as a hint, the addresses of its kind', () => {
    expect(add()).toMatchObject({
      priorityMap: kind.defaultPriorityMap,
      allowList: { mode: 'hint', addresses: kind.knownAddresses },
      oldSecret: null,
    });
  });

  test('has a secret of its own that is nowhere in the store', () => {
    const one = add();
    const two = add();
    expect(one.id).not.toBe(two.id);
    expect(sources.secret(one.id)).not.toBe(sources.secret(two.id));
    const rows = JSON.stringify(db.prepare('SELECT * FROM sources').all());
    expect(rows).not.toContain(sources.secret(one.id));
  });

  test('a team of nothing but spaces is no team', () => {
    expect(sources.add({ kind: 'cloudmonitor', name: 'x', team: '  ' }, kind, 1).team).toBeNull();
  });

  test('sources come in the order they were made', () => {
    const names = ['a', 'b', 'c'].map(
      (name, index) => sources.add({ kind: 'cloudmonitor', name }, kind, index).name,
    );
    expect(
      load()
        .list()
        .map(({ name }) => name),
    ).toEqual(names);
  });
});

test('a changed source is the same after a restart', () => {
  const { id } = add();
  const changed = sources.update(
    id,
    {
      name: 'Day shift',
      team: 'Core',
      paused: true,
      noData: 'ignore',
      priorityMap: { P1: 'low' },
      closeAfterMinutes: 60,
      expectEveryHours: 24,
      allowList: { mode: 'wall', addresses: ['2001:db8::1'] },
    },
    2000,
  );
  expect(changed).toMatchObject({
    name: 'Day shift',
    team: 'Core',
    paused: true,
    noData: 'ignore',
    priorityMap: { P1: 'low' },
    closeAfterMinutes: 60,
    expectEveryHours: 24,
    expectSince: 2000,
    allowList: { mode: 'wall', addresses: ['2001:db8::1'] },
  });
  expect({ ...load().get(id), secretHash: null }).toEqual({ ...changed, secretHash: null });
  expect(sources.update('cm-nobody', { name: 'x' }, 2000)).toBeNull();
});

test('names are trimmed when they are changed as when they are given', () => {
  const { id } = add();
  expect(sources.update(id, { name: '  Day shift ', team: '  ' }, 2000)).toMatchObject({
    name: 'Day shift',
    team: null,
  });
});

test('the silence of a source counts from the day its rule was set or it was resumed, and from nothing else', () => {
  const { id } = add();
  const since = (changes: Parameters<typeof sources.update>[1], now: number) =>
    sources.update(id, changes, now)?.expectSince;
  expect(sources.get(id)?.expectSince).toBeNull();
  expect(since({ name: 'Other' }, 2000)).toBeNull();
  expect(since({ expectEveryHours: 24 }, 3000)).toBe(3000);
  expect(since({ expectEveryHours: 24, noData: 'list' }, 4000)).toBe(3000);
  expect(since({ paused: true }, 5000)).toBe(3000);
  expect(since({ paused: false }, 6000)).toBe(6000);
  expect(since({ paused: false }, 7000)).toBe(6000);
  expect(load().get(id)).toMatchObject({ expectEveryHours: 24, expectSince: 6000 });
  expect(since({ expectEveryHours: null }, 8000)).toBe(8000);
});

describe('a removed source', () => {
  test('lets nobody in, but its alerts keep its name, also after a restart', () => {
    const { id } = add();
    expect(sources.remove(id, 2000)).toBe(true);
    for (const store of [sources, load()]) {
      expect(store.get(id)).toBeNull();
      expect(store.secret(id)).toBeNull();
      expect(store.list()).toEqual([]);
      expect(store.nameAndKind(id)).toEqual({ name: 'Night shift', kind: 'cloudmonitor' });
      expect(store.isFirstStart()).toBe(false);
    }
    expect(sources.remove(id, 3000)).toBe(false);
  });

  test('before any source was made it is a first start', () => {
    expect(sources.isFirstStart()).toBe(true);
    add();
    expect(load().isFirstStart()).toBe(false);
  });
});

test('without the file of secrets the address works on but cannot be shown', () => {
  const { id } = add();
  const secret = sources.secret(id) ?? '';
  writeFileSync(join(folder, 'secrets.json'), '');
  sources = load();
  expect(sources.secret(id)).toBeNull();
  expect(opens(secret, sources.get(id))).toBe('current');
});

describe('what came in', () => {
  test('is counted at once and written when asked to, each request once', () => {
    const { id } = add();
    sources.noteDelivery(id, 5000, 'opened');
    sources.noteDelivery(id, 5001, 'not-understood');
    sources.noteDelivery(id, 5002, 'probe');
    expect(sources.get(id)).toMatchObject({
      deliveries: 2,
      notUnderstood: 1,
      lastDeliveryAt: 5001,
      probeSeenAt: 5002,
    });
    expect(sources.hasActivity()).toBe(true);
    expect(load().get(id)).toMatchObject({ deliveries: 0 });
    sources.saveActivity();
    sources.saveActivity();
    expect(sources.hasActivity()).toBe(false);
    expect(load().get(id)).toMatchObject({
      deliveries: 2,
      notUnderstood: 1,
      lastDeliveryAt: 5001,
      probeSeenAt: 5002,
    });
    sources.noteDelivery(id, 6000, 'retry');
    sources.saveActivity();
    expect(load().get(id)).toMatchObject({ deliveries: 3, lastDeliveryAt: 6000 });
  });

  test('for a source that was removed meanwhile disturbs nobody', () => {
    const { id } = add();
    sources.noteDelivery(id, 5000, 'opened');
    sources.remove(id, 5001);
    sources.noteDelivery(id, 5002, 'opened');
    expect(() => sources.saveActivity()).not.toThrow();
  });
});

describe('a rotated secret', () => {
  test('opens the door beside the old one, for a day, also after a restart', () => {
    const { id } = add();
    const old = sources.secret(id);
    const record = sources.rotateSecret(id, 5000);
    const secret = sources.secret(id);
    expect(secret).not.toBe(old);
    expect(record?.oldSecret).toMatchObject({ until: 5000 + overlapMs, lastUsedAt: null, lastUsedBy: null });
    for (const store of [sources, load()]) {
      expect(opens(secret, store.get(id))).toBe('current');
      expect(opens(old, store.get(id))).toBe('old');
      expect(store.secret(id)).toBe(secret);
    }
    expect(sources.rotateSecret('cm-nobody', 5000)).toBeNull();
  });

  test('that is rotated again makes the oldest one worthless at once', () => {
    const { id } = add();
    const oldest = sources.secret(id);
    sources.rotateSecret(id, 5000);
    const old = sources.secret(id);
    sources.noteOldSecret(id, 5500, '192.0.2.7');
    sources.rotateSecret(id, 6000);
    expect(opens(oldest, sources.get(id))).toBeNull();
    expect(opens(old, sources.get(id))).toBe('old');
    expect(sources.get(id)?.oldSecret).toMatchObject({ until: 6000 + overlapMs, lastUsedAt: null });
  });

  test('leaves the hash of the old one in the store until its time is over', () => {
    const { id } = add();
    sources.rotateSecret(id, 5000);
    expect(sources.dropExpired(5000 + overlapMs - 1)).toBe(false);
    expect(sources.get(id)?.oldSecret).not.toBeNull();
    expect(sources.dropExpired(5000 + overlapMs)).toBe(true);
    expect(sources.dropExpired(5000 + overlapMs)).toBe(false);
    for (const store of [sources, load()]) expect(store.get(id)?.oldSecret).toBeNull();
    expect(oldColumns()).toEqual([null, null, null, null]);
  });

  test('tells who still uses the old one, also after a restart', () => {
    const { id } = add();
    sources.noteOldSecret(id, 4000, 'nobody can');
    expect(sources.hasActivity()).toBe(false);
    sources.rotateSecret(id, 5000);
    sources.noteOldSecret(id, 6000, '192.0.2.7');
    sources.noteOldSecret(id, 7000, 'curl/8.0');
    sources.saveActivity();
    for (const store of [sources, load()]) {
      expect(store.get(id)?.oldSecret).toMatchObject({ lastUsedAt: 7000, lastUsedBy: 'curl/8.0' });
    }
  });

  test('is gone with its source, the old one too', () => {
    const { id } = add();
    sources.rotateSecret(id, 5000);
    sources.noteOldSecret(id, 6000, '192.0.2.7');
    sources.remove(id, 7000);
    sources.saveActivity();
    expect(oldColumns()).toEqual([null, null, null, null]);
  });

  test('that a crash cut off between file and store is finished by the next start', () => {
    const { id } = add();
    const old = sources.secret(id);
    new SecretFile(folder).set(id, 'the new one');
    const after = load(5000);
    expect(opens('the new one', after.get(id))).toBe('current');
    expect(opens(old, after.get(id))).toBe('old');
    expect(after.get(id)?.oldSecret?.until).toBe(5000 + overlapMs);
    expect(load(9000).get(id)?.oldSecret?.until).toBe(5000 + overlapMs);
  });

  test('changes nothing when the store does not take it', () => {
    const { id } = add();
    const secret = sources.secret(id);
    db.exec("CREATE TRIGGER full BEFORE UPDATE ON sources BEGIN SELECT RAISE(FAIL, 'full'); END");
    expect(() => sources.rotateSecret(id, 5000)).toThrow('full');
    db.exec('DROP TRIGGER full');
    for (const store of [sources, load()]) {
      expect(store.secret(id)).toBe(secret);
      expect(store.get(id)?.oldSecret).toBeNull();
      expect(opens(secret, store.get(id))).toBe('current');
    }
  });

  const oldColumns = (): unknown[] =>
    db
      .prepare<[], unknown[]>(
        'SELECT old_secret_hash, old_secret_until, old_secret_used_at, old_secret_used_by FROM sources',
      )
      .raw()
      .get() ?? [];
});
