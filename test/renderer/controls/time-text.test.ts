import { describe, expect, test } from 'vitest';
import { agoText, durationText, momentText } from '../../../renderer/controls/time-text.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('ages', () => {
  test.each([
    [0, '<1 min'],
    [59_999, '<1 min'],
    [minute, '1 min'],
    [59 * minute + 59_999, '59 min'],
    [hour, '1 hr'],
    [23 * hour, '23 hr'],
    [24 * hour, '1 day'],
    [72 * hour, '3 days'],
  ])('%d ms is %s', (ms, text) => {
    expect(durationText('en', ms)).toBe(text);
  });

  test('a sender whose clock runs ahead is just now, not minus two minutes', () => {
    expect(durationText('en', -2 * minute)).toBe('<1 min');
    expect(agoText('en', 10 * minute, 8 * minute)).toBe('just now');
  });

  test('Chinese ages read as Chinese', () => {
    expect(durationText('zh-CN', 3 * minute)).toBe('3分钟');
    expect(agoText('zh-CN', 0, 2 * hour)).toBe('2小时前');
  });

  test('today has no date, another day has one', () => {
    const at = new Date(2026, 4, 6, 3, 5).getTime();
    expect(momentText('en', at, new Date(2026, 4, 6, 23, 0).getTime())).toBe('03:05');
    expect(momentText('en', at, new Date(2026, 4, 7, 1, 0).getTime())).toBe('May 6, 03:05');
  });
});
