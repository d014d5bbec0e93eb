import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type Store } from '../../../main/database/open-database.ts';
import { isSecret, SecretFile } from '../../../main/settings/secrets.ts';
import { SourceStore } from '../../../main/settings/source-store.ts';

let folder: string;
let db: Store;
let sources: SourceStore;
const load = (): SourceStore => new SourceStore(db, new SecretFile(folder));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-sources-'));
  db = openDatabase(join(folder, 'tocsin.db'));
  sources = load();
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const map = { CRITICAL: 'critical', WARN: 'medium' } as const;
const add = (name = 'Night shift') => sources.add({ kind: 'cloudmonitor', name }, map, 1000);

describe('a new source', () => {
  test('is the same after a restart, with its secret', () => {
    const record = sources.add({ kind: 'cloudmonitor', name: '  Night shift ', team: ' Core ' }, map, 1000);
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
    expect(isSecret(secret ?? '', loaded?.secretHash ?? null)).toBe(true);
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
    expect(sources.add({ kind: 'cloudmonitor', name: 'x', team: '  ' }, map, 1).team).toBeNull();
  });

  test('sources come in the order they were made', () => {
    const names = ['a', 'b', 'c'].map(
      (name, index) => sources.add({ kind: 'cloudmonitor', name }, map, index).name,
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
  const changed = sources.update(id, {
    name: 'Day shift',
    team: 'Core',
    paused: true,
    noData: 'ignore',
    priorityMap: { P1: 'low' },
  });
  expect(changed).toMatchObject({
    name: 'Day shift',
    team: 'Core',
    paused: true,
    noData: 'ignore',
    priorityMap: { P1: 'low' },
  });
  expect({ ...load().get(id), secretHash: null }).toEqual({ ...changed, secretHash: null });
  expect(sources.update('cm-nobody', { name: 'x' })).toBeNull();
});

test('names are trimmed when they are changed as when they are given', () => {
  const { id } = add();
  expect(sources.update(id, { name: '  Day shift ', team: '  ' })).toMatchObject({
    name: 'Day shift',
    team: null,
  });
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
  expect(isSecret(secret, sources.get(id)?.secretHash ?? null)).toBe(true);
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
