import { expect, test } from 'vitest';
import { countPreview, previewOf } from '../../../renderer/sources/priority-preview.ts';
import type { DeliveryLevels, FiredLevel, PriorityRules } from '../../../shared/fired-level.ts';

const rules: PriorityRules = { priorityMap: { CRITICAL: 'critical', INFO: 'low' }, noData: 'open' };
const delivery = (...fired: readonly FiredLevel[]): DeliveryLevels => ({
  id: 'D1',
  receivedAt: 5,
  fired: [...fired],
});
const level = (word: string | null): FiredLevel => ({ level: word, noData: false });
const noData: FiredLevel = { level: 'CRITICAL', noData: true };

test('each word of a delivery becomes what the rules of before and after say', () => {
  const after: PriorityRules = { ...rules, priorityMap: { CRITICAL: 'medium', INFO: 'low' } };
  const lines = previewOf([delivery(level('CRITICAL'), level('CRITICAL'), level('INFO'))], rules, after);
  expect(lines).toEqual([
    { id: 'D1', at: 5, word: 'CRITICAL', times: 2, before: 'critical', after: 'medium' },
    { id: 'D1', at: 5, word: 'INFO', times: 1, before: 'low', after: 'low' },
  ]);
  expect(countPreview(lines)).toEqual({ all: 3, changed: 2 });
});

test('words that no map knows, and none at all, are medium', () => {
  const lines = previewOf([delivery(level('STRANGE'), level(null))], rules, { ...rules, priorityMap: {} });
  expect(lines.map(({ before, after }) => [before, after])).toEqual([
    ['medium', 'medium'],
    ['medium', 'medium'],
  ]);
});

test('missing data follows its own rule, not the level of the alert rule', () => {
  const become = (after: PriorityRules['noData']): unknown =>
    previewOf([delivery(noData)], rules, { ...rules, noData: after })[0];
  expect(become('open')).toMatchObject({ word: 'NODATA', before: 'medium', after: 'medium' });
  expect(become('list')).toMatchObject({ after: 'low' });
  expect(become('ignore')).toMatchObject({ after: 'ignored' });
});
