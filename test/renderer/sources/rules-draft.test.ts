import { expect, test } from 'vitest';
import {
  changesOf,
  draftOf,
  isSameMap,
  withoutWord,
  withWord,
} from '../../../renderer/sources/rules-draft.ts';
import type { Source } from '../../../shared/source.ts';

const source: Source = {
  id: 'cm-main',
  kind: 'cloudmonitor',
  name: 'Main',
  team: null,
  paused: false,
  priorityMap: { CRITICAL: 'critical', WARN: 'medium' },
  defaultPriorityMap: { CRITICAL: 'critical', WARN: 'medium' },
  noData: 'open',
  closeAfterMinutes: null,
  expectEveryHours: null,
  allowList: { mode: 'hint', addresses: ['192.0.2.7'] },
  oldSecret: null,
  createdAt: 0,
  lastDeliveryAt: null,
  probeSeenAt: null,
  counts: { open: 0, deliveries: 0, notUnderstood: 0 },
};

test('an untouched draft changes nothing', () => {
  expect(changesOf(source, draftOf(source))).toEqual({});
});

test('only what was changed is sent', () => {
  const draft = draftOf(source);
  expect(changesOf(source, { ...draft, team: ' Night ', closeAfterMinutes: 60 })).toEqual({
    team: 'Night',
    closeAfterMinutes: 60,
  });
  expect(changesOf(source, { ...draft, expectEveryHours: 24 })).toEqual({ expectEveryHours: 24 });
  expect(changesOf({ ...source, expectEveryHours: 24 }, draft)).toEqual({ expectEveryHours: null });
  expect(changesOf({ ...source, team: 'Night' }, { ...draft, team: '  ' })).toEqual({ team: null });
  expect(changesOf(source, { ...draft, addressMode: 'wall' })).toEqual({
    allowList: { mode: 'wall', addresses: ['192.0.2.7'] },
  });
});

test('addresses may be parted by lines, blanks and commas of either language', () => {
  const addresses = '192.0.2.7\n 192.0.2.8, 192.0.2.9，2001:db8::/32;';
  expect(changesOf(source, { ...draftOf(source), addresses }).allowList?.addresses).toEqual([
    '192.0.2.7',
    '192.0.2.8',
    '192.0.2.9',
    '2001:db8::/32',
  ]);
});

test('a map is the same in another order, and another with another word, priority or length', () => {
  const map = source.priorityMap;
  expect(isSameMap(map, { WARN: 'medium', CRITICAL: 'critical' })).toBe(true);
  expect(isSameMap(map, { ...map, WARN: 'low' })).toBe(false);
  expect(isSameMap(map, { CRITICAL: 'critical' })).toBe(false);
  expect(isSameMap(map, { CRITICAL: 'critical', INFO: 'medium' })).toBe(false);
});

test('a new word is medium and in capitals, and one that is there stays as it is', () => {
  expect(withWord(source.priorityMap, ' fatal ')).toEqual({ ...source.priorityMap, FATAL: 'medium' });
  expect(withWord(source.priorityMap, 'critical')).toBe(source.priorityMap);
  expect(withWord(source.priorityMap, '  ')).toBe(source.priorityMap);
  expect(withoutWord(source.priorityMap, 'WARN')).toEqual({ CRITICAL: 'critical' });
});
