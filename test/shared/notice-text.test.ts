import { describe, expect, test } from 'vitest';
import type { StoreNews } from '../../shared/notice.ts';
import { formatBytes } from '../../shared/text/byte-text.ts';
import { noticeOf } from '../../shared/text/notice-text.ts';

const every: readonly StoreNews[] = [
  { code: 'store-salvaged', folder: 'damaged-x', unresolved: 1, reading: true, lost: 0 },
  { code: 'store-salvaged', folder: 'damaged-x', unresolved: 2, reading: false, lost: 0 },
  { code: 'store-salvaged', folder: 'damaged-x', unresolved: 2, reading: false, lost: 1 },
  { code: 'store-salvaged', folder: 'damaged-x', unresolved: 2, reading: false, lost: 2 },
  { code: 'store-restored', folder: 'damaged-x', backupAt: 0, unresolved: 0, reading: true },
  { code: 'store-restored', folder: null, backupAt: 0, unresolved: 0, reading: false },
  { code: 'store-rebuilt', folder: 'damaged-x', sources: 1 },
  { code: 'store-rebuilt', folder: null, sources: 4 },
  { code: 'store-older', missing: 12_345 },
  { code: 'backup-skipped', neededBytes: 90_000_000, freeBytes: 1_000_000 },
  { code: 'backup-failed', why: 'disk I/O error' },
];

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  test.each(every)('$code is whole sentences, and says where the old file is', (news) => {
    const { code, message, at } = noticeOf(language, news, 7);
    expect({ code, at }).toEqual({ code: news.code, at: 7 });
    expect(message).toMatch(/[.。]$/);
    expect(message).not.toMatch(/undefined|null|NaN|\s\s/);
    if ('folder' in news && news.folder !== null) expect(message).toContain(news.folder);
  });
});

test('sizes are as file managers show them', () => {
  const sizes = [0, 1, 999, 1000, 1_460_000, 12_300_000, 999_600_000, 5e12].map((bytes) =>
    formatBytes('en', bytes),
  );
  expect(sizes).toEqual(['0 bytes', '1 byte', '999 bytes', '1 kB', '1.5 MB', '12 MB', '1 GB', '5 TB']);
  expect(formatBytes('zh-CN', 12_300_000)).toBe('12 MB');
});
