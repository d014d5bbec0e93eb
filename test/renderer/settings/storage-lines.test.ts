import { expect, test } from 'vitest';
import { storageLines } from '../../../renderer/settings/storage-lines.ts';
import type { Storage } from '../../../shared/storage.ts';

const now = Date.UTC(2026, 3, 20, 9, 30);
const full: Storage = {
  at: now,
  databaseBytes: 40_000_000,
  walBytes: 1_400_000,
  freeBytes: 6_300_000,
  deliveries: 18_240,
  bodies: { count: 5120, bytes: 3_800_000, oldestAt: now - 29 * 86_400_000 },
  alerts: { unresolved: 3, resolved: 2311, oldestAt: now - 200 * 86_400_000 },
  backups: [{ name: 'a', at: now - 7_000_000, bytes: 41_000_000, kind: 'daily' }],
  diskFreeBytes: 214_000_000_000,
  lastCheck: { at: now, result: 'ok' },
};
const empty: Storage = {
  ...full,
  freeBytes: 4096,
  deliveries: 0,
  bodies: { count: 0, bytes: 0, oldestAt: null },
  alerts: { unresolved: 0, resolved: 0, oldestAt: null },
  backups: [],
  lastCheck: null,
};
const lines = (language: 'en' | 'zh-CN', storage: Storage): Record<string, string> =>
  Object.fromEntries(storageLines(language, storage, now).map(({ name, value }) => [name, value]));

test('sizes and numbers are in the words of the language', () => {
  const english = lines('en', full);
  expect(english['Store']).toBe('41 MB, 6.3 MB of it free for what comes next');
  expect(english['Deliveries']).toMatch(
    /^18,240 kept; 5,120 of them with their bodies \(3\.8 MB\), the oldest from /,
  );
  expect(english['Alerts']).toMatch(/^3 unresolved, 2,311 resolved; the oldest of /);
  expect(english['Backups']).toMatch(/^1, the newest of .* \(41 MB\)$/);
  expect(english['Disk']).toBe('214 GB free');
  expect(english['Last check']).toMatch(/^Sound, /);
  expect(lines('zh-CN', full)['请求']).toMatch(/^保留 18,240 个；其中 5,120 个保留请求体/);
});

test('nothing is said about what is not there', () => {
  const english = lines('en', empty);
  expect(english['Store']).toBe('41 MB');
  expect(english['Deliveries']).toBe('0 kept');
  expect(english['Backups']).toMatch(/^None yet/);
  expect(english['Last check']).toBe('Under way');
});
